using System;
using System.IO;
using System.Text;
using GmmTools.Estimation;
using GmmTools.Files;
using GmmTools.Mixtures;

namespace GmmTools.Serialization;

/// <summary>Mixtures and fits in files: JSON in UTF-8 without a byte order mark.</summary>
public static class MixtureFile
{
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a mixture; an existing file is replaced as a whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mixture">The mixture.</param>
    public static void Save(string path, GaussianMixture mixture) => Save(path, MixtureJsonWriter.Write(mixture));

    /// <summary>Writes a fit; an existing file is replaced as a whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="fit">A fit that has a mixture.</param>
    public static void Save(string path, EmFit fit) => Save(path, MixtureJsonWriter.Write(fit));

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>A <see cref="GaussianMixture"/>, or an <see cref="EmFit"/> where the file holds one.</returns>
    /// <exception cref="MixtureFileException">The file holds none that can be used; the message names file and place.</exception>
    public static object Load(string path) => Load(path, MixtureJsonReader.Read);

    /// <summary>Reads a file, whatever it holds.</summary>
    internal static object Load(string path, Func<byte[], object> read)
    {
        try
        {
            return read(ReadAll(path));
        }
        catch (GmmToolsException exception)
        {
            throw new MixtureFileException(exception.ErrorId, $"'{path}': {exception.Message}", path, exception);
        }
    }

    private static byte[] ReadAll(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (stream.Length > MixtureJsonReader.MaxBytes)
        {
            throw new MixtureFileException(
                "MixtureFileTooLarge",
                FormattableString.Invariant($"The file has {Counted.Of(stream.Length, "byte")}, more than a mixture may have ({MixtureJsonReader.MaxBytes}). Check that it is one."),
                path);
        }

        using MemoryStream content = new((int)stream.Length);
        stream.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>Writes a text; an existing file is replaced as a whole.</summary>
    internal static void Save(string path, string text)
    {
        byte[] bytes = Encoding.GetBytes(text);
        OutputFile.Write(path, stream => stream.Write(bytes, 0, bytes.Length));
    }
}

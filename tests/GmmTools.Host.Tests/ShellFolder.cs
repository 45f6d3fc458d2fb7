using System;
using System.IO;
using System.Text;
using GmmTools.Host.Tests.Hosting;

namespace GmmTools.Host.Tests;

/// <summary>A temporary folder for the scripts and files of one test.</summary>
internal sealed class ShellFolder : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The folder.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("GmmTools-shell-").FullName;

    /// <summary>The path of a file in the folder.</summary>
    /// <param name="name">Its name, with slashes between folders.</param>
    public string Locate(string name) => Path.Combine(Root, name.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>Writes a file and gives its path.</summary>
    /// <param name="name">Its name, with slashes between folders.</param>
    /// <param name="text">What it holds.</param>
    public string Write(string name, string text)
    {
        string path = Locate(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text, Utf8);
        return path;
    }

    /// <summary>Copies the example scripts and data to where they are in the repository.</summary>
    public void CopyExamples()
    {
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(ModuleFiles.Data("faithful.csv"))!))
        {
            string copy = Locate("src/Examples/" + Path.GetFileName(file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Root, true);
}

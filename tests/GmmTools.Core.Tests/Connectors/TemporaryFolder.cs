using System;
using System.IO;
using System.Text;

namespace GmmTools.Core.Tests.Connectors;

/// <summary>A folder of its own for the files of one test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gmmtools-csv-");

    public string FullName => _folder.FullName;

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Writes a file in UTF-8 without a mark, or as given.</summary>
    public string Write(string name, string content, Encoding? encoding = null)
    {
        File.WriteAllText(PathOf(name), content, encoding ?? new UTF8Encoding(false));
        return PathOf(name);
    }

    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(PathOf(name), content);
        return PathOf(name);
    }

    public void Dispose() => _folder.Delete(true);
}

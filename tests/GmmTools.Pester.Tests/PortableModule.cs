using System;
using System.IO;
using System.Linq;

namespace GmmTools.Pester.Tests;

/// <summary>A copy of the module without the fast engine, as Windows PowerShell and PowerShell 7.4 find it.</summary>
internal sealed class PortableModule : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("GmmTools-portable-");

    /// <summary>Makes the copy.</summary>
    public PortableModule()
    {
        File.Copy(PesterTools.Manifest, Manifest);
        foreach (string folder in new[] { "bin", "en-US" })
        {
            Copy(Path.Combine(Path.GetDirectoryName(PesterTools.Manifest)!, folder), Path.Combine(_folder.FullName, folder));
        }
    }

    /// <summary>The manifest of the copy.</summary>
    public string Manifest => Path.Combine(_folder.FullName, "GmmTools.psd1");

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (UnauthorizedAccessException)
        {
            // Windows keeps files that are loaded; the system cleans its temporary folder
        }
    }

    private static void Copy(string source, string target)
    {
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(source, file);
            if (!relative.Split(Path.DirectorySeparatorChar).Contains("net10.0"))
            {
                string copy = Path.Combine(target, relative);
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }
    }
}

using System;
using System.IO;
using System.Linq;
using System.Reflection;

namespace GmmTools.Host.Tests.Hosting;

/// <summary>The module under test: as built, or a copy without the fast engine.</summary>
internal static class ModuleFiles
{
    private static readonly Lazy<string> ModuleFolder = new(PrepareModule);

    /// <summary>The engine that the module must choose here: net10.0 or netstandard2.0.</summary>
    public static string Engine { get; } = Metadata("Engine");

    /// <summary>Root of the repository.</summary>
    public static string RepositoryRoot { get; } = Path.GetFullPath(Metadata("RepositoryRoot"));

    /// <summary>The manifest to import.</summary>
    public static string Manifest => Path.Combine(ModuleFolder.Value, "GmmTools.psd1");

    /// <summary>Folder of the module.</summary>
    public static string Folder => ModuleFolder.Value;

    /// <summary>Path of one of the example data sets.</summary>
    public static string Data(string name) => Path.Combine(RepositoryRoot, "src", "Examples", name);

    /// <summary>Folder of what a project was built to.</summary>
    /// <param name="project">Name of a project under src.</param>
    /// <param name="framework">The framework it was built for.</param>
    public static string BuildOutput(string project, string framework) =>
        Path.Combine(RepositoryRoot, "src", project, "bin", Metadata("Configuration"), framework);

    private static string Metadata(string key) => typeof(ModuleFiles).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key)
        .Value!;

    private static string PrepareModule()
    {
        if (Engine == "net10.0")
        {
            return RepositoryRoot;
        }

        string copy = Directory.CreateTempSubdirectory("GmmTools-portable-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Delete(copy);
        File.Copy(Path.Combine(RepositoryRoot, "GmmTools.psd1"), Path.Combine(copy, "GmmTools.psd1"));
        foreach (string folder in new[] { "bin", "en-US" })
        {
            CopyPortable(Path.Combine(RepositoryRoot, folder), Path.Combine(copy, folder));
        }

        return copy;
    }

    private static void CopyPortable(string source, string target)
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

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, true);
        }
        catch (UnauthorizedAccessException)
        {
            // Windows keeps loaded assemblies; the temporary folder is cleaned by the system
        }
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;

namespace GmmTools.Loading;

/// <summary>Which engine fits the running .NET, and which files belong to it.</summary>
internal sealed class EngineLayout
{
    private const int FirstFastMajor = 10;
    private const string FastFolder = "net10.0";
    private const string PortableFolder = "netstandard2.0";

    private readonly Dictionary<string, string> _engine;
    private readonly Dictionary<string, string> _dependencies;

    private EngineLayout(string engineFolder, string dependencyFolder)
    {
        _engine = FindAssemblies(engineFolder);
        foreach (KeyValuePair<string, string> compiled in FindAssemblies(Path.Combine(engineFolder, PlatformName())))
        {
            _engine[compiled.Key] = compiled.Value;
        }

        _dependencies = FindAssemblies(dependencyFolder);
    }

    /// <summary>The layout of a module whose cmdlet assembly stands in the given folder.</summary>
    /// <param name="moduleFolder">Folder of GmmTools.dll.</param>
    /// <param name="frameworkMajor">Major version of the running .NET; 4 on .NET Framework.</param>
    public static EngineLayout Find(string moduleFolder, int frameworkMajor)
    {
        bool fast = frameworkMajor >= FirstFastMajor && Directory.Exists(Path.Combine(moduleFolder, FastFolder));
        string framework = fast ? FastFolder : PortableFolder;
        return new EngineLayout(Path.Combine(moduleFolder, framework), Path.Combine(moduleFolder, "deps", framework));
    }

    /// <summary>The file of one of our own assemblies, or null.</summary>
    /// <param name="simpleName">Name of the assembly without version and extension.</param>
    public string? FindEngine(string simpleName) => _engine.TryGetValue(simpleName, out string? path) ? path : null;

    /// <summary>The file of an assembly that we borrow from others, or null.</summary>
    /// <param name="simpleName">Name of the assembly without version and extension.</param>
    public string? FindDependency(string simpleName) => _dependencies.TryGetValue(simpleName, out string? path) ? path : null;

    /// <summary>Whether an assembly at the given place is one of ours or one that we brought.</summary>
    /// <param name="location">Path of the assembly.</param>
    public bool Contains(string location)
    {
        string simpleName = Path.GetFileNameWithoutExtension(location);
        return IsAt(FindEngine(simpleName), location) || IsAt(FindDependency(simpleName), location);
    }

    /// <summary>The folder of assemblies that bring machine code for this platform; it cannot be loaded on any other.</summary>
    private static string PlatformName()
    {
        string system = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "windows"
            : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "osx"
            : "linux";
        return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
    }

    private static bool IsAt(string? expected, string location) =>
        expected is not null && string.Equals(expected, Path.GetFullPath(location), StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, string> FindAssemblies(string folder)
    {
        Dictionary<string, string> found = new(StringComparer.OrdinalIgnoreCase);
        if (Directory.Exists(folder))
        {
            foreach (string path in Directory.GetFiles(folder, "*.dll"))
            {
                found[Path.GetFileNameWithoutExtension(path)] = Path.GetFullPath(path);
            }
        }

        return found;
    }
}

using System;
using System.IO;
using System.Linq;
using System.Reflection;

namespace GmmTools.Pester.Tests;

/// <summary>The pinned Pester, and the folders of the repository.</summary>
internal static class PesterTools
{
    /// <summary>Root of the repository.</summary>
    public static string RepositoryRoot { get; } = Path.GetFullPath(Metadata("RepositoryRoot"));

    /// <summary>The manifest of the module under test: the one that a build leaves in the root, or that of an unpacked package.</summary>
    public static string Manifest { get; } =
        Path.Combine(RepositoryRoot, Environment.GetEnvironmentVariable("GMMTOOLS_TESTED_MANIFEST") is { Length: > 0 } other ? other : "GmmTools.psd1");

    /// <summary>Where packages are restored to.</summary>
    public static string Packages { get; } = Metadata("Packages");

    /// <summary>Version of the Pester that is expected to run.</summary>
    public static string PesterVersion { get; } = Metadata("PesterVersion");

    /// <summary>Pester's manifest.</summary>
    public static string PesterManifest { get; } = Path.Combine(Packages, "pester", PesterVersion, "tools", "Pester.psd1");

    /// <summary>Folder of the test files.</summary>
    public static string SuiteFolder { get; } = Path.Combine(RepositoryRoot, "tests", "Pester");

    /// <summary>Folder of the module with a later version, for tests of updates.</summary>
    public static string LaterModule { get; } = Path.GetFullPath(Metadata("LaterModule"));

    /// <summary>The configuration that was built.</summary>
    public static string Configuration { get; } = Metadata("Configuration");

    private static string Metadata(string key) => typeof(PesterTools).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key)
        .Value!;
}

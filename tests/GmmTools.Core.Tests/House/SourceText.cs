using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace GmmTools.Core.Tests.House;

/// <summary>The sources of the module, for tests of how they are written.</summary>
internal static class SourceText
{
    /// <summary>The folder src.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The paths of all files in C#.</summary>
    public static IEnumerable<string> Files() => Directory.EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "GmmTools.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new FileNotFoundException("GmmTools.sln was not found above the tests."), "src");
    }
}

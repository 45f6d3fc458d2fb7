using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace GmmTools.Host.Tests.Hosting;

/// <summary>The help pages that are about no single command.</summary>
internal static class HelpTopics
{
    private const string Extension = ".help.txt";

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names() => Directory
        .EnumerateFiles(Path.Combine(ModuleFiles.RepositoryRoot, "en-US"), "about_*" + Extension)
        .Select(path => Path.GetFileName(path)[..^Extension.Length])
        .Order();

    /// <summary>The lines of a page.</summary>
    /// <param name="name">Its name.</param>
    public static string[] ReadLines(string name) => File.ReadAllLines(Path.Combine(ModuleFiles.RepositoryRoot, "en-US", name + Extension));
}

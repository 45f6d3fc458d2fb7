using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace GmmTools.Benchmarks.Mutation;

/// <summary>
/// A copy of the repository in which one room at a time is open to changes. All else is closed by a comment that Stryker heeds: it would put its
/// switches into every line of the library otherwise, which makes the loops of the kernels some ten times as slow.
/// </summary>
internal sealed class MutationCopy : IDisposable
{
    private const string Closed = "// Stryker disable all";

    private readonly string _root = Directory.CreateTempSubdirectory("gmmtools-mutation").FullName;

    /// <summary>Copies what git knows or would take.</summary>
    public MutationCopy()
    {
        string names = ChildProcess.Execute("git", RepositoryFiles.Root, "ls-files", "-z", "--cached", "--others", "--exclude-standard");
        foreach (string name in names.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(name => File.Exists(Original(name))))
        {
            string target = Path.Combine(_root, name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Original(name), target);
        }

        ChildProcess.Execute(ChildProcess.DotNet, Tests, "tool", "restore");
    }

    /// <summary>The folder of the tests.</summary>
    public string Tests => Path.Combine(_root, "tests", "GmmTools.Core.Tests");

    /// <summary>Where Stryker writes.</summary>
    public string Output => Path.Combine(_root, "StrykerOutput");

    /// <summary>Closes all but one room.</summary>
    /// <param name="room">The room.</param>
    public void Open(MutationRoom room)
    {
        LeaveTests(room);
        string library = Path.Combine("src", room.Project);
        string open = Path.Combine(library, room.Folder) + Path.DirectorySeparatorChar;
        foreach (string path in Directory.EnumerateFiles(Path.Combine(_root, library), "*.cs", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(_root, path);
            if (!File.Exists(Original(name)))
            {
                continue;
            }

            string text = File.ReadAllText(Original(name));
            string wanted = name.StartsWith(open, StringComparison.Ordinal) ? text : text.Insert(Math.Max(0, text.IndexOf("namespace ", StringComparison.Ordinal)), Closed + "\n");
            if (File.ReadAllText(path) != wanted)
            {
                File.WriteAllText(path, wanted);
            }
        }
    }

    /// <summary>Leaves the test classes of a room, and those that they take something from: for each change the test runner looks through all that
    /// there are.</summary>
    private void LeaveTests(MutationRoom room)
    {
        string folder = Path.GetRelativePath(_root, Tests);
        string[] others = [.. Directory.EnumerateFiles(Original(folder), "*Tests.cs", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Original(folder), path))];
        HashSet<string> wanted = [.. others.Where(name => room.Tests.Any(part => FullName(name).Contains(part, StringComparison.Ordinal)))];
        for (int before = 0; before < wanted.Count;)
        {
            before = wanted.Count;
            string text = string.Concat(wanted.Select(name => File.ReadAllText(Path.Combine(Original(folder), name))));
            wanted.UnionWith(others.Where(name => text.Contains(Path.GetFileNameWithoutExtension(name) + ".", StringComparison.Ordinal)));
        }

        foreach (string name in others)
        {
            string path = Path.Combine(Tests, name);
            File.Delete(path);
            if (wanted.Contains(name))
            {
                File.Copy(Path.Combine(Original(folder), name), path);
            }
        }
    }

    private static string FullName(string file) => "." + Path.ChangeExtension(file, null).Replace(Path.DirectorySeparatorChar, '.') + ".";

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static string Original(string name) => Path.Combine(RepositoryFiles.Root, name);
}

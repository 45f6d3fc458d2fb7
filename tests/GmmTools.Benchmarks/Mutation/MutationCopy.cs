using System;
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

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static string Original(string name) => Path.Combine(RepositoryFiles.Root, name);
}

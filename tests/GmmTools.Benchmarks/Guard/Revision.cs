using System;
using System.IO;

namespace GmmTools.Benchmarks.Guard;

/// <summary>A build of the repository: the working tree, or an earlier revision in a folder of its own that is removed at the end.</summary>
internal sealed class Revision : IDisposable
{
    private readonly bool _isTemporary;

    private Revision(string name, string folder, bool isTemporary)
    {
        Name = name;
        Folder = folder;
        _isTemporary = isTemporary;
    }

    /// <summary>What it is called in the report.</summary>
    public string Name { get; }

    /// <summary>The root of its files.</summary>
    public string Folder { get; }

    /// <summary>The manifest of its module.</summary>
    public string Manifest => Path.Combine(Folder, "GmmTools.psd1");

    /// <summary>Its benchmark program, which times iterations when it is told to serve.</summary>
    public string Program => Path.Combine(Folder, "tests", "GmmTools.Benchmarks", "bin", "Release", "net10.0", "GmmTools.Benchmarks.dll");

    /// <summary>Builds the working tree.</summary>
    public static Revision BuildWorkingTree() => new Revision("working tree", RepositoryFiles.Root, isTemporary: false).Build();

    /// <summary>Checks out and builds an earlier revision.</summary>
    /// <param name="name">A tag, a branch or a commit.</param>
    /// <exception cref="InvalidOperationException">git knows no such revision, or it does not build.</exception>
    public static Revision CheckOut(string name)
    {
        string folder = Path.Combine(Directory.CreateTempSubdirectory("gmmtools-guard").FullName, "tree");
        ChildProcess.Execute("git", RepositoryFiles.Root, "worktree", "add", "--detach", folder, name);
        Revision revision = new(name, folder, isTemporary: true);
        try
        {
            return revision.Build();
        }
        catch
        {
            revision.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_isTemporary)
        {
            ChildProcess.Execute("git", RepositoryFiles.Root, "worktree", "remove", "--force", Folder);
            Directory.Delete(Path.GetDirectoryName(Folder)!, recursive: true);
        }
    }

    private Revision Build()
    {
        ChildProcess.Execute(ChildProcess.DotNet, Folder, "build", Path.Combine("src", "GmmTools"), "-c", "Release", "--nologo", "-v", "q");

        // the program that runs cannot be overwritten, and is the working tree's
        if (_isTemporary)
        {
            ChildProcess.Execute(ChildProcess.DotNet, Folder, "build", Path.Combine("tests", "GmmTools.Benchmarks"), "-c", "Release", "--nologo", "-v", "q");
        }

        return this;
    }
}

using System.Collections.Generic;
using System.IO;
using System.Management.Automation;

namespace GmmTools.Binding;

/// <summary>Paths as PowerShell means them: relative to its location, with its drives and wildcards.</summary>
internal static class FilePaths
{
    private const string FileSystem = "FileSystem";

    /// <summary>The files that paths stand for.</summary>
    /// <param name="session">The session.</param>
    /// <param name="paths">The paths.</param>
    /// <param name="literal">Whether they are taken as they are, without wildcards.</param>
    /// <exception cref="CommandException">There is no such file, or it is none of the file system.</exception>
    public static IReadOnlyList<string> Resolve(SessionState session, IEnumerable<string> paths, bool literal)
    {
        List<string> files = [];
        foreach (string path in paths)
        {
            IEnumerable<string> found = literal
                ? [session.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _)]
                : session.Path.GetResolvedProviderPathFromPSPath(path, out provider);
            CheckFileSystem(path, provider);
            int before = files.Count;
            files.AddRange(found);
            if (files.Count == before)
            {
                throw new CommandException(
                    "PathNotFound", $"No file matches '{path}'. Check the path.", path);
            }
        }

        return files;
    }

    /// <summary>The file that is to be written.</summary>
    /// <param name="session">The session.</param>
    /// <param name="path">Its path, without wildcards.</param>
    /// <param name="force">Whether a read-only file is replaced.</param>
    /// <param name="noClobber">Whether no file is replaced.</param>
    /// <param name="remedy">What the user may do to replace a file all the same.</param>
    /// <exception cref="CommandException">It may not be written.</exception>
    public static string ResolveTarget(
        SessionState session, string path, bool force, bool noClobber, string remedy = "Leave out -NoClobber to replace it")
    {
        string file = session.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        CheckFileSystem(path, provider);
        if (!File.Exists(file))
        {
            return file;
        }

        if (noClobber)
        {
            throw new CommandException(
                "FileExists", $"'{file}' exists already. {remedy}, or choose another path.", file);
        }

        FileAttributes attributes = File.GetAttributes(file);
        if (attributes.HasFlag(FileAttributes.ReadOnly))
        {
            if (!force)
            {
                throw new CommandException(
                    "FileReadOnly", $"'{file}' is read-only. Add -Force to replace it, or choose another path.", file);
            }

            File.SetAttributes(file, attributes & ~FileAttributes.ReadOnly);
        }

        return file;
    }

    /// <summary>A folder that is to hold temporary files.</summary>
    /// <param name="session">The session.</param>
    /// <param name="path">Its path, without wildcards.</param>
    /// <exception cref="CommandException">There is no such folder.</exception>
    public static string ResolveFolder(SessionState session, string path)
    {
        string folder = session.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        CheckFileSystem(path, provider);
        return Directory.Exists(folder)
            ? folder
            : throw new CommandException(
                "PathNotFound", $"There is no folder '{folder}'. Create it, or choose another path.", path);
    }

    private static void CheckFileSystem(string path, ProviderInfo provider)
    {
        if (provider.Name != FileSystem)
        {
            throw new CommandException(
                "NotAFile", $"'{path}' is not a file but something of the {provider.Name} provider. Give the path of a file.", path);
        }
    }
}

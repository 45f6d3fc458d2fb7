using System;
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
    /// <param name="bracketRemedy">What the user may do about brackets in the name of a file.</param>
    /// <exception cref="CommandException">There is no such file (PathNotFound), its brackets are no pattern (InvalidPathPattern), or it is
    /// none of the file system (NotAFile).</exception>
    public static IReadOnlyList<string> Resolve(
        SessionState session, IEnumerable<string> paths, bool literal, string bracketRemedy = "pass a name that contains them to -LiteralPath")
    {
        List<string> files = [];
        foreach (string path in paths)
        {
            IReadOnlyList<string> found = literal
                ? [session.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _)]
                : Expand(session, path, bracketRemedy, out provider);
            CheckFileSystem(path, provider);
            files.AddRange(found.Count > 0 ? found : throw NothingFound(path, bracketRemedy));
        }

        return files;
    }

    /// <summary>The file that is to be written.</summary>
    /// <param name="session">The session.</param>
    /// <param name="path">Its path, without wildcards.</param>
    /// <param name="force">Whether a read-only file is replaced.</param>
    /// <param name="noClobber">Whether no file is replaced.</param>
    /// <exception cref="CommandException">It may not be written.</exception>
    public static string ResolveTarget(
        SessionState session, string path, bool force, bool noClobber)
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
                "FileExists", $"'{file}' already exists. Leave out -NoClobber to replace it, or choose another path.", file);
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

    private static IReadOnlyList<string> Expand(SessionState session, string path, string bracketRemedy, out ProviderInfo provider)
    {
        try
        {
            // a list only when all of it has been found: the pattern may fail on the way
            return [.. session.Path.GetResolvedProviderPathFromPSPath(path, out provider)];
        }
        catch (RuntimeException exception) when (IsPatternError(exception))
        {
            throw InvalidPattern(path, bracketRemedy, exception);
        }
    }

    /// <summary>PowerShell finds nothing for some patterns that cannot be read, and raises an error for others.</summary>
    private static CommandException NothingFound(string path, string bracketRemedy)
    {
        try
        {
            foreach (string part in path.Split('/', '\\'))
            {
                _ = new WildcardPattern(part).IsMatch(string.Empty);
            }
        }
        catch (WildcardPatternException exception)
        {
            return InvalidPattern(path, bracketRemedy, exception);
        }

        string hint = path.IndexOfAny(['[', ']']) < 0 ? string.Empty : $"; [ and ] are wildcards: {bracketRemedy}";
        return new CommandException("PathNotFound", $"No file matches '{path}'. Check the path{hint}.", path);
    }

    private static CommandException InvalidPattern(string path, string bracketRemedy, Exception exception) => new(
        "InvalidPathPattern", $"'{path}' is not a valid pattern. [ and ] are wildcards: {bracketRemedy}.", path, exception);

    /// <summary>PowerShell wraps the error when a provider raises it.</summary>
    private static bool IsPatternError(Exception? exception) =>
        exception is WildcardPatternException || (exception is not null && IsPatternError(exception.InnerException));

    private static void CheckFileSystem(string path, ProviderInfo provider)
    {
        if (provider.Name != FileSystem)
        {
            throw new CommandException(
                "NotAFile", $"'{path}' is not a file but an item of the {provider.Name} provider. Give the path of a file.", path);
        }
    }
}

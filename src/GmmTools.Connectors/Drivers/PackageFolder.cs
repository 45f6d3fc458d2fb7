using System;
using System.IO;
using System.Linq;
using System.Threading;

namespace GmmTools.Connectors.Drivers;

/// <summary>A folder of packages: side by side, or as NuGet keeps them, in a folder for each version in a folder for each package.</summary>
/// <param name="path">The folder.</param>
internal sealed class PackageFolder(string path) : PackageSource
{
    /// <summary>The folder in which NuGet keeps what it has fetched; it need not exist.</summary>
    public static string OfNuGet => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named
        ? named
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <inheritdoc/>
    public override byte[] Read(LockedPackage package, CancellationToken stop)
    {
        string[] places = [Path.Combine(path, package.FileName), Path.Combine(path, package.Id, package.Version, package.FileName)];
        try
        {
            string? file = places.FirstOrDefault(File.Exists) ?? FindInAnyCase(package);
            return file is null ? throw NotFound(package, path) : File.ReadAllBytes(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DriverException("SourceNotReachable", $"The package {package} cannot be read from '{path}': {exception.Message}", path, exception);
        }
    }

    /// <summary>A package that was saved from a page of the gallery has capitals in its name.</summary>
    private string? FindInAnyCase(LockedPackage package) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*.nupkg").FirstOrDefault(file => Path.GetFileName(file).Equals(package.FileName, StringComparison.OrdinalIgnoreCase))
        : null;
}

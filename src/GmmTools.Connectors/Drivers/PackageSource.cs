using System;
using System.Threading;

namespace GmmTools.Connectors.Drivers;

/// <summary>Where packages come from.</summary>
internal abstract class PackageSource : IDisposable
{
    /// <summary>The feed that is asked when no other source is named.</summary>
    public const string DefaultFeed = "https://api.nuget.org/v3/index.json";

    /// <summary>The source that a text stands for: the address of a feed, or else a folder.</summary>
    /// <param name="source">The address or the path.</param>
    public static PackageSource Open(string source) => IsFeed(source) ? new PackageFeed(source) : new PackageFolder(source);

    /// <summary>Whether a source is a feed, and no folder.</summary>
    /// <param name="source">The address or the path.</param>
    public static bool IsFeed(string source) => Uri.TryCreate(source, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https";

    /// <summary>The bytes of a package.</summary>
    /// <param name="package">The package.</param>
    /// <param name="stop">Ends the transfer.</param>
    /// <exception cref="DriverException">PackageNotFound, SourceNotReachable.</exception>
    public abstract byte[] Read(LockedPackage package, CancellationToken stop);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the source holds.</summary>
    /// <param name="disposing">Always true.</param>
    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>The failure of a source without a package.</summary>
    /// <param name="package">The package.</param>
    /// <param name="source">The source.</param>
    protected static DriverException NotFound(LockedPackage package, string source) =>
        new DriverException("PackageNotFound", $"'{source}' has no package {package}: '{package.FileName}' was looked for.", package.FileName);
}

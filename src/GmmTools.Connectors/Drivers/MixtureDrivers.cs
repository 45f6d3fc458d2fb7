using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace GmmTools.Connectors.Drivers;

/// <summary>Drivers of databases: which there are, fetching and loading them.</summary>
public static class MixtureDrivers
{
    /// <summary>The names of the drivers that can be fetched.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. DriverLock.Drivers.Select(driver => driver.Name)];

    /// <summary>What would be fetched for a driver, such as Npgsql 10.0.3.</summary>
    /// <param name="name">The name of the driver.</param>
    public static string Describe(string name)
    {
        LockedDriver driver = DriverLock.Find(name);
        return $"{driver.Package} {driver.Version}";
    }

    /// <summary>The packages that a driver is made from, such as npgsql.10.0.3.nupkg.</summary>
    /// <param name="name">The name of the driver.</param>
    /// <param name="framework">The .NET that it is for: net8.0 or net10.0.</param>
    /// <param name="platform">The platform that it is for, such as win-x64.</param>
    /// <exception cref="DriverException">There is none for this platform (DriverNotSupported).</exception>
    public static IReadOnlyList<string> FindPackages(string name, string framework, string platform) =>
        [.. new DriverPlatform(framework, platform).Choose(DriverLock.Find(name)).Select(file => file.Package.FileName).Distinct()];

    /// <summary>Whether a source of packages is a feed, and no folder.</summary>
    /// <param name="source">The address or the path.</param>
    public static bool IsFeed(string source) => PackageSource.IsFeed(source);

    /// <summary>Whether a driver is loaded, or can be without fetching anything.</summary>
    /// <param name="name">The name of the driver.</param>
    /// <exception cref="DriverException">It cannot run here (DriverNotSupported).</exception>
    public static bool IsHere(string name)
    {
        LockedDriver driver = DriverLock.Find(name);
        return DriverLoader.IsBuiltIn(driver) || DriverLoader.FindLoaded(driver) is not null || DriverStore.OfUser.Has(driver);
    }

    /// <summary>Fetches a driver into the folder of the user.</summary>
    /// <param name="name">The name of the driver.</param>
    /// <param name="source">The index of a feed, or a folder with packages; null for what NuGet has kept on this machine, and else its public feed.</param>
    /// <param name="report">Hears which package is being fetched.</param>
    /// <param name="stop">Ends the work.</param>
    /// <exception cref="DriverException">It cannot be fetched (SourceNotReachable, PackageNotFound, PackageHashMismatch), kept (DriverNotWritable), or run here
    /// (DriverNotSupported).</exception>
    public static void Fetch(string name, string? source, Action<string> report, CancellationToken stop) =>
        DriverStore.OfUser.Fetch(DriverLock.Find(name), source, report, stop);

    /// <summary>Loads a driver that is here, once in a process.</summary>
    /// <param name="name">The name of the driver.</param>
    /// <exception cref="DriverException">It was not fetched (DriverMissing), or cannot be loaded (DriverNotLoaded, DriverNotSupported).</exception>
    public static MixtureDriver Load(string name)
    {
        LockedDriver driver = DriverLock.Find(name);
        return DriverLoader.IsBuiltIn(driver)
            ? DriverLoader.LoadBuiltIn(driver)
            : DriverLoader.FindLoaded(driver)
            ?? (DriverStore.OfUser.Has(driver)
                ? DriverLoader.Load(driver, DriverStore.OfUser.FolderOf(driver), DriverPlatform.Current.Choose(driver))
                : throw new DriverException("DriverMissing", $"The driver {driver.Name} has not been fetched.", driver.Name)
                {
                    Remedy = new Remedy("ImportDriver", driver.Name),
                });
    }
}

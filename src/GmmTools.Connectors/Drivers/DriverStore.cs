using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;

namespace GmmTools.Connectors.Drivers;

/// <summary>
/// The folder of the user that holds the drivers that were fetched: one folder for each driver, version and platform, in which all files lie side by side, so that
/// the operating system finds the native ones beside those that call them.
/// </summary>
/// <param name="root">The folder.</param>
/// <param name="platform">The platform.</param>
internal sealed class DriverStore(string root, DriverPlatform platform)
{
    /// <summary>Names another folder.</summary>
    private const string Variable = "GMMTOOLS_DRIVER_PATH";

    /// <summary>The store of the user who runs this process.</summary>
    public static DriverStore OfUser => new(
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
            ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "GmmTools", "drivers"),
        DriverPlatform.Current);

    /// <summary>Where a driver is kept.</summary>
    /// <param name="driver">The driver.</param>
    public string FolderOf(LockedDriver driver) => Path.Combine(root, driver.Name, $"{driver.Version}-{platform.Framework}-{platform.Name}");

    /// <summary>Whether all files of a driver are there.</summary>
    /// <param name="driver">The driver.</param>
    /// <exception cref="DriverException">DriverNotSupported.</exception>
    public bool Has(LockedDriver driver)
    {
        string folder = FolderOf(driver);
        return platform.Choose(driver).All(file => File.Exists(Path.Combine(folder, file.Name)));
    }

    /// <summary>Fetches a driver: each package is taken only if its SHA-512 is the one of the lock, and nothing is kept unless all are.</summary>
    /// <param name="driver">The driver.</param>
    /// <param name="source">A feed or a folder; null for what NuGet has kept, and else its public feed.</param>
    /// <param name="report">Hears which package is being fetched.</param>
    /// <param name="stop">Ends the work.</param>
    /// <exception cref="DriverException">It cannot be fetched or kept.</exception>
    public void Fetch(LockedDriver driver, string? source, Action<string> report, CancellationToken stop)
    {
        IReadOnlyList<LockedFile> files = platform.Choose(driver);
        string folder = FolderOf(driver);
        string staging = Path.Combine(root, $".{driver.Name}-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(staging);
            using PackageSource origin = PackageSource.Open(source ?? PackageSource.DefaultFeed);
            using PackageSource? kept = source is null ? new PackageFolder(PackageFolder.OfNuGet) : null;
            foreach (IGrouping<LockedPackage, LockedFile> group in files.GroupBy(file => file.Package))
            {
                stop.ThrowIfCancellationRequested();
                report(group.Key.ToString());
                byte[] package = ReadKept(kept, group.Key, stop) ?? ReadChecked(origin, source ?? PackageSource.DefaultFeed, group.Key, stop);
                Extract(package, group, staging);
            }

            Settle(staging, folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DriverException(
                "DriverNotWritable", $"The driver {driver.Name} cannot be kept in '{folder}': {exception.Message}", folder, exception);
        }
        catch (DriverException exception) when (exception.ErrorId is "SourceNotReachable" or "PackageNotFound")
        {
            exception.Remedy = new Remedy("BringPackages", string.Join(", ", files.Select(file => file.Package.FileName).Distinct()));
            throw;
        }
        finally
        {
            Remove(staging);
        }
    }

    /// <summary>What NuGet has kept spares the transfer, but only if it is the same package; null otherwise.</summary>
    private static byte[]? ReadKept(PackageSource? kept, LockedPackage package, CancellationToken stop)
    {
        try
        {
            byte[]? content = kept?.Read(package, stop);
            return content is not null && HashOf(content) == package.Hash ? content : null;
        }
        catch (DriverException)
        {
            return null;
        }
    }

    private static byte[] ReadChecked(PackageSource source, string sourceName, LockedPackage package, CancellationToken stop)
    {
        byte[] content = source.Read(package, stop);
        string hash = HashOf(content);
        return hash == package.Hash
            ? content
            : throw new DriverException(
                "PackageHashMismatch",
                $"'{package.FileName}' of '{sourceName}' is not the package that was expected: its SHA-512 begins with {hash.Substring(0, 16)}, not with {package.Hash.Substring(0, 16)}. Nothing was kept.",
                package.FileName);
    }

    private static string HashOf(byte[] content)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData(content);
        return string.Concat(hash.GetHashAndReset().Select(value => value.ToString("x2", CultureInfo.InvariantCulture)));
    }

    private static void Extract(byte[] package, IEnumerable<LockedFile> files, string folder)
    {
        using ZipArchive archive = new(new MemoryStream(package), ZipArchiveMode.Read);
        foreach (LockedFile file in files)
        {
            using Stream content = archive.GetEntry(file.Path)!.Open();
            using FileStream target = new(Path.Combine(folder, file.Name), FileMode.CreateNew);
            content.CopyTo(target);
        }
    }

    /// <summary>Puts a complete folder in its place; another session may have done so in the meantime.</summary>
    private static void Settle(string staging, string folder)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        if (Directory.Exists(folder))
        {
            // incomplete, or complete by another session; a file that is in use cannot be removed on Windows
            Directory.Delete(folder, recursive: true);
        }

        Directory.Move(staging, folder);
    }

    private static void Remove(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // what is left over harms nobody
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace GmmTools.Connectors.Drivers;

/// <summary>Which files of a driver belong to a platform.</summary>
/// <param name="Framework">The .NET of the lock that fits, such as net10.0; null for .NET Framework.</param>
/// <param name="Name">The platform, such as linux-x64.</param>
internal sealed record DriverPlatform(string? Framework, string Name)
{
    private const int FirstModernMajor = 5;
    private const int FirstFastMajor = 10;

    /// <summary>The platform that this process runs on.</summary>
    public static DriverPlatform Current { get; } = new(FindFramework(Environment.Version.Major), FindName());

    /// <summary>The files of a driver here.</summary>
    /// <param name="driver">The driver.</param>
    /// <exception cref="DriverException">It cannot run here (DriverNotSupported).</exception>
    public IReadOnlyList<LockedFile> Choose(LockedDriver driver)
    {
        if (Framework is null)
        {
            throw new DriverException("DriverNotSupported", $"The driver {driver.Name} cannot be fetched for .NET Framework.", driver.Name);
        }

        LockedFile[] files = [.. driver.Files.Where(file => file.Framework == Framework && (file.Platforms.Count == 0 || file.Platforms.Contains(Name)))];
        return DriverLock.Platforms.Contains(Name)
            ? files
            : throw new DriverException(
                "DriverNotSupported", $"There is no driver {driver.Name} for {Name}, only for {string.Join(", ", DriverLock.Platforms)}.", driver.Name);
    }

    private static string? FindFramework(int major) => major < FirstModernMajor ? null : major < FirstFastMajor ? "net8.0" : "net10.0";

    private static string FindName()
    {
        // .NET says what it was built for, an unusual C library included; .NET Framework does not
        string? known = typeof(RuntimeInformation).GetProperty("RuntimeIdentifier")?.GetValue(null) as string;
        string system = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "win"
            : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "osx"
            : known?.StartsWith("linux", StringComparison.Ordinal) == true ? known.Substring(0, known.LastIndexOf('-'))
            : "linux";
#pragma warning disable CA1308 // a platform is written in small letters
        return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
#pragma warning restore CA1308
    }
}

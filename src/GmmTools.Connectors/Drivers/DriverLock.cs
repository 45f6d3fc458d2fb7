using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace GmmTools.Connectors.Drivers;

/// <summary>
/// The drivers that can be fetched, with every file of every package and the SHA-512 of each package: nothing else is ever fetched. The file
/// drivers.lock is made by Update-DriverLock.ps1.
/// </summary>
internal static class DriverLock
{
    private static readonly Lazy<(IReadOnlyList<LockedDriver> Drivers, IReadOnlyList<string> Platforms)> Content = new(Read);

    /// <summary>The drivers by name.</summary>
    public static IReadOnlyList<LockedDriver> Drivers => Content.Value.Drivers;

    /// <summary>The platforms that were locked.</summary>
    public static IReadOnlyList<string> Platforms => Content.Value.Platforms;

    /// <summary>The driver of a name, in any case of letters.</summary>
    /// <param name="name">The name.</param>
    public static LockedDriver Find(string name) => Drivers.Single(driver => driver.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static (IReadOnlyList<LockedDriver> Drivers, IReadOnlyList<string> Platforms) Read()
    {
        using Stream stream = typeof(DriverLock).Assembly.GetManifestResourceStream("drivers.lock")!;
        using StreamReader reader = new(stream);
        Dictionary<string, LockedPackage> packages = new(StringComparer.Ordinal);
        List<LockedDriver> drivers = [];
        List<LockedFile> files = [];
        string[] platforms = [];
        while (reader.ReadLine() is string line)
        {
            string[] words = line.Split([' '], 5);
            switch (words[0])
            {
                case "platforms":
                    platforms = words[1].Split(',');
                    break;
                case "package":
                    packages.Add($"{words[1]} {words[2]}", new LockedPackage(words[1], words[2], words[3]));
                    break;
                case "driver":
                    files = [];
                    drivers.Add(new LockedDriver(words[1], words[2], words[3], words[4], files));
                    break;
                case "file":
                    string[] place = words[4].Split([' '], 2);
                    files.Add(new LockedFile(words[1], words[2] == "*" ? [] : words[2].Split(','), packages[$"{words[3]} {place[0]}"], place[1]));
                    break;
            }
        }

        return (drivers, platforms);
    }
}

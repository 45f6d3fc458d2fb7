using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using GmmTools.Connectors.Drivers;
using GmmTools.Core.Tests.House;
using Xunit;

namespace GmmTools.Core.Tests.Connectors.Remote;

public sealed partial class DriverLockTests
{
    [Fact]
    public void Drivers_have_the_versions_that_the_tests_of_databases_use()
    {
        string packages = File.ReadAllText(Path.Combine(SourceText.Root, "Directory.Packages.props"));
        string[] tested = [.. Package().Matches(packages).Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}")];
        string[] locked = [.. DriverLock.Drivers.Select(driver => $"{driver.Package} {driver.Version}")];
        string[] both = [.. tested.Where(package => DriverLock.Drivers.Any(driver => package.StartsWith(driver.Package + " ", System.StringComparison.Ordinal)))];
        Assert.Empty(both.Except(locked));
        Assert.True(locked.Intersect(tested).Count() >= 3, "Npgsql, DuckDB and Sqlite are tested.");
    }

    [Fact]
    public void Each_driver_has_the_library_of_its_factory_on_every_platform_and_a_hash_for_each_package()
    {
        foreach (LockedDriver driver in DriverLock.Drivers)
        {
            string library = driver.FactoryType.Split(", ")[1] + ".dll";
            foreach (string framework in new[] { "net8.0", "net10.0" })
            {
                foreach (string platform in DriverLock.Platforms)
                {
                    LockedFile[] files = [.. new DriverPlatform(framework, platform).Choose(driver)];
                    Assert.Contains(library, files.Select(file => file.Name));
                    Assert.Equal(files.Length, files.Select(file => file.Name).Distinct().Count());
                    Assert.All(files, file => Assert.Matches("^[0-9a-f]{128}$", file.Package.Hash));
                }
            }
        }
    }

    [GeneratedRegex("""<PackageVersion Include="([^"]+)" Version="([^"]+)" />""")]
    private static partial Regex Package();
}

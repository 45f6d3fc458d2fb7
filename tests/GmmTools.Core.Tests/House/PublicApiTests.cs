using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using GmmTools.Connectors.Databases;
using GmmTools.Mixtures;
using GmmTools.Plots.Figures;
using PublicApiGenerator;
using Xunit;

namespace GmmTools.Core.Tests.House;

/// <summary>
/// What others can call is written down in House/PublicApi: nothing is added, changed or taken away without somebody having seen it. After a change that
/// is meant, GMMTOOLS_WRITE_GOLDEN=1 writes the files anew, and the changelog says what changed.
/// </summary>
public sealed class PublicApiTests
{
    private const string Folder = "House/PublicApi";

    private static readonly Dictionary<string, Assembly> Libraries = new()
    {
        ["Core"] = typeof(GaussianMixture).Assembly,
        ["Connectors"] = typeof(DatabaseObservations).Assembly,
        ["Plots"] = typeof(Figure).Assembly,
    };

    [Theory]
    [InlineData("Core")]
    [InlineData("Connectors")]
    [InlineData("Plots")]
    public void A_library_offers_what_is_written_down(string name)
    {
        string offered = Libraries[name].GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("GMMTOOLS_WRITE_GOLDEN") == "1")
        {
            File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "../../../", Folder, name + ".txt"), offered, new UTF8Encoding(false));
            return;
        }

        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, Folder, name + ".txt")).ReplaceLineEndings("\n"), offered);
    }

    [Fact]
    public void The_changelog_names_every_command()
    {
        string root = Path.Combine(AppContext.BaseDirectory, "../../../../..");
        string changelog = File.ReadAllText(Path.Combine(root, "CHANGELOG.md"));
        Match exported = Regex.Match(File.ReadAllText(Path.Combine(root, "GmmTools.psd1")), @"CmdletsToExport\s*=\s*@\((?<names>[^)]*)\)");
        string[] commands = [.. Regex.Matches(exported.Groups["names"].Value, "'(?<name>[^']+)'").Select(match => match.Groups["name"].Value)];
        Assert.Contains("Invoke-EmFit", commands);
        Assert.DoesNotContain(commands, command => !changelog.Contains($"`{command}", StringComparison.Ordinal));
    }
}

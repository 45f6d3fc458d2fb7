using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

public sealed class ViewTests : IDisposable
{
    private const string Copy = "[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($it))";

    private readonly RecordingHost _host = new();
    private readonly ModuleSession _session;
    private readonly object _rows = ModuleSession.ReadCsv("faithful.csv");

    public ViewTests() => _session = new ModuleSession(_host);

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("$fit", "K Model Rows LogLik df BIC ICL Iter Status")]
    [InlineData("$fit.Mixture", "K Model Parameters Columns")]
    [InlineData("$fit.Mixture.Components[0]", "# Weight Mean ± standard deviation")]
    [InlineData("$fit.Starts[0]", "Start Initialization LogLik Iterations StopReason Collapses")]
    [InlineData("$rows | Measure-MixtureLikelihood $fit", "Rows LogLik PerRow Parameters BIC AIC ICL")]
    [InlineData("Compare-GaussianMixture $fit $fit", "Parameter Reference Difference Deviation")]
    [InlineData("Merge-MixtureComponent $fit", "Clusters Entropy Drop MergedRows Overlap Elbow Components")]
    [InlineData("Find-MixtureOutlier $fit -LevelOnly", "FalseAlarmRate LogDensity StandardError Method Sample")]
    [InlineData("$fit | Get-MixtureComponent", "# Weight Mean ± standard deviation")]
    public void Objects_and_their_copies_have_a_table(string script, string header)
    {
        foreach (string shown in new[] { "$it", Copy })
        {
            string text = Show($"$it = {script}; {shown}");

            Assert.Contains(header, text.Split('\n').Select(Squeeze));
            Assert.All(text.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 120, line));
        }
    }

    [Fact]
    public void The_table_of_a_fit_can_be_read_aloud()
    {
        string[] lines = [.. InvariantNumbers(Show("$fit")).Split('\n').Select(Squeeze)];

        Assert.Contains(lines, line => line.StartsWith("2 VVV 272 -1130.264 11 2322.192 2323.581", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("$it")]
    [InlineData(Copy)]
    public void The_status_tells_what_became_of_a_fit(string shown)
    {
        string fitted = Show($"$it = $fit; {shown}");
        string failed = Show($"$it = @($rows[0..5] | Invoke-EmFit -ComponentCount 1, 9 -WarningAction SilentlyContinue)[1]; {shown}");

        Assert.Matches("2323\\.581 +[0-9]+ Converged", InvariantNumbers(fitted));
        Assert.Contains("not fitted: 6 rows cannot", failed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$it")]
    [InlineData(Copy)]
    public void The_summary_tells_the_counts_the_fit_the_sizes_and_the_parameters(string shown)
    {
        string text = Show($"$it = $fit; [GmmTools.Output.FitSummary]::Format(({shown}))");

        string[] lines = [.. InvariantNumbers(text).Split('\n').Select(Squeeze)];
        Assert.Contains("VVV (ellipsoidal, varying volume, shape and orientation), 2 components, 272", lines);
        Assert.Contains("-1130.264 272 11 2322.192 2323.581", lines);
        Assert.Contains(lines, line => line.StartsWith("Converged after ", StringComparison.Ordinal));
        Assert.Contains("Weight 0.6441 0.3559", lines);
        Assert.Contains("Expected rows 175.2 96.8", lines);
        Assert.Contains("eruptions 4.2897 2.0364", lines);
        Assert.Contains(lines, line => line.StartsWith("eruptions, waiting 0.94", StringComparison.Ordinal));
        Assert.All(text.Split('\n'), line => Assert.True(line.TrimEnd().Length < 80, line));
    }

    [Theory]
    [InlineData("$it")]
    [InlineData(Copy)]
    public void The_summary_of_a_failure_says_why(string shown)
    {
        string text = Show($"$it = @($rows[0..5] | Invoke-EmFit -ComponentCount 1, 9 -WarningAction SilentlyContinue)[1]; [GmmTools.Output.FitSummary]::Format(({shown}))");

        Assert.Contains("Not fitted: 6 rows cannot determine 9 components.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Components_are_shown_with_the_names_of_the_columns() =>
        Assert.Contains("0.6441 eruptions 4.2897 ± 0.4123, waiting 79.968 ± 6.004", InvariantNumbers(Show("$fit | Get-MixtureComponent")), StringComparison.Ordinal);

    [Fact]
    public void Comparisons_are_grouped_by_pair() =>
        Assert.Contains("Components: 1 and 1, Hellinger distance 0.0000", InvariantNumbers(Show("Compare-GaussianMixture $fit $fit")), StringComparison.Ordinal);

    [Fact]
    public void Every_type_of_the_module_that_a_command_gives_has_a_table_and_a_list_and_so_has_its_copy()
    {
        XDocument views = XDocument.Load(Path.Combine(ModuleFiles.RepositoryRoot, "src", "GmmTools", "GmmTools.format.ps1xml"));
        ILookup<string, string> controls = views.Descendants("View")
            .SelectMany(view => view.Descendants("TypeName").Select(type => (Type: type.Value, Control: view.Elements().Single(element => element.Name.LocalName.EndsWith("Control", StringComparison.Ordinal)).Name.LocalName)))
            .ToLookup(pair => pair.Type, pair => pair.Control);
        using PowerShell shell = _session.Create("Get-Command -Module GmmTools | ForEach-Object { $_.OutputType.Name }");
        string[] given = [.. shell.Invoke().Select(name => name.ToString()).Where(name => name.StartsWith("GmmTools.", StringComparison.Ordinal)).Distinct()];

        Assert.NotEmpty(given);
        foreach (string type in given.SelectMany(type => new[] { type, "Deserialized." + type }))
        {
            Assert.Contains("TableControl", controls[type]);
            Assert.Contains("ListControl", controls[type]);
        }
    }

    // numbers are shown in the culture of the session
    private static string InvariantNumbers(string text) => Regex.Replace(
        text, "([0-9])" + Regex.Escape(CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator) + "([0-9])", "$1.$2");

    private static string Squeeze(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Trim();

    private string Show(string script)
    {
        _host.Clear();
        using PowerShell shell = _session.Create($"param($rows) $fit = $rows | Invoke-EmFit -ComponentCount 2; . {{ {script} }} | Out-Default", ("rows", _rows));
        shell.Invoke();
        Assert.Empty(shell.Streams.Error);
        return Regex.Replace(_host.Text, "\x1b\\[[0-9;]*m", string.Empty);
    }
}

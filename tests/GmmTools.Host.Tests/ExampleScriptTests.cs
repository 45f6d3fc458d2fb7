using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>The example scripts run from any folder and print what they are there to show.</summary>
public sealed class ExampleScriptTests
{
    private static readonly string[] Parts = ["(1) ", "(2) ", "(3) ", "(4) ", "(5) ", "(6) ", "(7) "];

    [Theory]
    [InlineData]
    [InlineData("-Seed", "12")]
    public async Task Old_Faithful_has_short_and_long_eruptions(params string[] arguments)
    {
        ShellResult result = await ShellProcess.RunAsync([ModuleFiles.Data("OldFaithful.ps1"), .. arguments]);

        string[] lines = Squeeze(result.AssertClean());
        Assert.Equal("The fit", lines[0]);
        Assert.Equal(2, lines.Count(line => line.StartsWith("2 VVV 272 -1130.264 11 2322.192 2323.581", StringComparison.Ordinal)));
        Assert.Contains("1 0.6441 4.2897 ± 0.4123, 79.968 ± 6.004", lines);
        Assert.Contains("2 0.3559 2.0364 ± 0.263, 54.479 ± 5.805", lines);
        Assert.Contains(lines, line => line.StartsWith("1 VVV 272 -1289.797 5 2607.623", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("3 VVV 272 ", StringComparison.Ordinal));
        Assert.Contains("1 175", lines);
        Assert.Contains("2 97", lines);
    }

    [Fact]
    public async Task Old_Faithful_draws_in_the_terminal_and_into_files()
    {
        using ShellFolder folder = new();
        ShellResult result = await ShellProcess.RunAsync(ModuleFiles.Data("OldFaithful.ps1"), "-PictureFolder", folder.Root);

        string[] lines = result.AssertClean().Lines;
        int start = Array.FindIndex(lines, line => line.StartsWith("Waiting times", StringComparison.Ordinal));
        string drawn = string.Join('\n', lines[start..(start + 25)]);
        Assert.Contains("██", drawn, StringComparison.Ordinal);
        Assert.Contains("█ rows", drawn, StringComparison.Ordinal);
        Assert.Equal(["classification.png", "criterion.png", "density.png"], Pictures(folder));
    }

    [Theory]
    [InlineData]
    [InlineData("-Seed", "3")]
    public async Task The_notebook_goes_through_its_seven_parts(params string[] arguments)
    {
        using ShellFolder folder = new();
        ShellResult result = await ShellProcess.RunAsync([ModuleFiles.Data("Notebook.ps1"), "-PictureFolder", folder.Root, .. arguments]);

        string[] lines = Squeeze(result.AssertClean());
        int[] starts = [.. Parts.Select(part => Array.FindIndex(lines, line => line.StartsWith(part, StringComparison.Ordinal)))];
        Assert.DoesNotContain(-1, starts);
        Assert.Equal(starts.Order(), starts);

        string[] density = lines[starts[1]..starts[2]];
        double[] heights = [.. density.Where(line => Regex.IsMatch(line, @"^-?\d+ \d\.\d{6}$")).Select(line => Column(line, 1))];
        Assert.Equal(21, heights.Length);
        Assert.Contains(heights, height => height > 0.005);
        Assert.Contains(lines[starts[3]..starts[4]], line => line.Contains('█', StringComparison.Ordinal));
        Assert.Equal(
            ["comparison-1.png", "comparison-2.png", "density-1.png", "density-2.png", "fixed-weights.png", "sample-1.png", "sample-2.png", "trace.png"],
            Pictures(folder));
        string[] fits = lines[starts[4]..starts[5]];
        Assert.Equal(2, fits.Count(line => line.StartsWith("2 VVV 10000 ", StringComparison.Ordinal) && line.EndsWith(" Converged", StringComparison.Ordinal)));
        string[] distances = [.. lines[starts[5]..starts[6]].Where(line => line.Contains("Hellinger distance", StringComparison.Ordinal))];
        Assert.Equal(4, distances.Length);
        Assert.All(distances, line => Assert.InRange(Column(line, line.Count(mark => mark == ' ')), 0.0, 0.1));
        string[] known = lines[starts[6]..];
        Assert.Contains(known, line => line.StartsWith("2 VVV 5000 ", StringComparison.Ordinal) && line.EndsWith(" 5000 MaxIteration", StringComparison.Ordinal));
        Assert.Contains("Weight 0.7 0.7 0", known);
        Assert.Contains("Weight 0.3 0.3 0", known);
    }

    [Fact]
    public async Task Iris_is_two_groups_of_one_shape()
    {
        ShellResult result = await ShellProcess.RunAsync(ModuleFiles.Data("ChooseModel.ps1"));

        string[] lines = Squeeze(result.AssertClean());
        Assert.Contains(lines, line => line.StartsWith("2 VEV 150 -215.726 26 561.728", StringComparison.Ordinal));
        Assert.Contains("Model 1 2 3 4 5 6 7 8 9", lines);
        Assert.Contains(lines, line => line.StartsWith("VEV 830.0 561.7 562.6 ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("VEV (ellipsoidal, equal shape", StringComparison.Ordinal));
        Assert.Contains("2, setosa 50", lines);
        Assert.All(result.Lines, line => Assert.True(line.Length <= 120, line));
    }

    [Fact]
    public async Task Without_a_driver_of_a_database_it_is_said_where_to_get_one()
    {
        ShellResult result = await ShellProcess.RunAsync(ModuleFiles.Data("InDatabase.ps1"));

        Assert.Contains("DuckDB.NET.Data.Full", Assert.Single(result.AssertClean().Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_incident_in_the_log_is_found()
    {
        ShellResult result = await ShellProcess.RunAsync(ModuleFiles.Data("LatencyOutliers.ps1"));

        string[] lines = Squeeze(result.AssertClean());
        Assert.Contains("12 of 12 affected requests were found.", lines);
        Assert.Contains(lines, line => Regex.IsMatch(line, "^[0-5] of 2148 others were reported as well; 2[.,]1 false alarms are expected\\.$"));
        Assert.Contains(lines, line => line.EndsWith("finds 0 of them.", StringComparison.Ordinal));
        Assert.Contains("10h 12", lines);
    }

    [Fact]
    public async Task The_log_is_what_its_script_makes()
    {
        using ShellFolder folder = new();
        ShellResult result = await ShellProcess.RunAsync(ModuleFiles.Data("New-LatencyLog.ps1"), folder.Locate("latency.csv"));

        result.AssertClean();
        Assert.Equal(File.ReadAllLines(ModuleFiles.Data("latency.csv")), File.ReadAllLines(folder.Locate("latency.csv")));
    }

    [Fact]
    public async Task A_file_beyond_the_memory_limit_gives_the_same_fit()
    {
        ShellResult result = await ShellProcess.RunAsync(ModuleFiles.Data("LargerThanMemory.ps1"));

        string[] lines = Squeeze(result.AssertClean());
        Assert.StartsWith("400,000 rows of four columns: 30 MB in the file, 13 MB as numbers, of which 4 MB may stay", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("3 VVV 400000 -3333424.211", StringComparison.Ordinal));
        Assert.Contains("Parameters that differ: 0", lines);
        Assert.Equal(400_000.0, lines[^3..].Sum(line => Column(line, 1)));
    }

    [Fact]
    public async Task A_curve_predicts_the_wait_better_than_a_line()
    {
        ShellResult result = await ShellProcess.RunAsync(ModuleFiles.Data("Regression.ps1"));

        string[] lines = Squeeze(result.AssertClean());
        Assert.Contains("one component, which is a straight line: wrong by 6.07 minutes (root mean square), 128 of 136 within two standard errors", lines);
        Assert.Contains("2 components: wrong by 5.74 minutes (root mean square), 128 of 136 within two standard errors", lines);
        Assert.Equal(8, lines.Count(line => Regex.IsMatch(line, @"^\d\.\d min +\d+\.\d \+- \d\.\d -+\*-+$")));
    }

    [Fact]
    public void Scripts_are_ASCII_since_Windows_PowerShell_reads_them_in_its_own_encoding()
    {
        string[] scripts =
        [
            Path.Combine(ModuleFiles.RepositoryRoot, "GmmTools.psd1"),
            Path.Combine(ModuleFiles.RepositoryRoot, "build.ps1"),
            .. Directory.EnumerateFiles(Path.GetDirectoryName(ModuleFiles.Data("iris.csv"))!, "*.ps1"),
        ];

        Assert.All(scripts, script => Assert.True(File.ReadAllText(script).All(char.IsAscii), script));
    }

    private static string[] Pictures(ShellFolder folder) =>
        [.. Directory.EnumerateFiles(folder.Root).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    private static double Column(string line, int index) => double.Parse(line.Split(' ')[index], CultureInfo.InvariantCulture);

    private static string[] Squeeze(ShellResult result) =>
        [.. result.Lines.Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Where(line => line.Length > 0)];
}

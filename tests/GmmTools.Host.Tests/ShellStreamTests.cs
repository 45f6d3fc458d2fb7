using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

public sealed class ShellStreamTests
{
    private static readonly string Faithful = ShellProcess.Quote(ModuleFiles.Data("faithful.csv"));

    [Theory]
    [InlineData("Write-Output 'x'", "x", "")]
    [InlineData("Write-Host 'x'", "x", "")]
    [InlineData("'x' | Out-Default", "x", "")]
    [InlineData("Write-Information 'x' -InformationAction Continue", "x", "")]
    [InlineData("Write-Information 'x'", "", "")]
    [InlineData("Write-Warning 'x'", "", "WARNING: x")]
    [InlineData("$WarningPreference = 'SilentlyContinue'; Write-Warning 'x'", "", "")]
    [InlineData("Write-Verbose 'x'", "", "")]
    [InlineData("Write-Verbose 'x' -Verbose", "", "VERBOSE: x")]
    [InlineData("$VerbosePreference = 'Continue'; Write-Verbose 'x'", "", "VERBOSE: x")]
    [InlineData("Write-Debug 'x'", "", "")]
    [InlineData("$DebugPreference = 'Continue'; Write-Debug 'x'", "", "DEBUG: x")]
    [InlineData("Write-Error 'x'", "", "Write-Error: x")]
    [InlineData("Write-Error 'x' 2>&1 | ForEach-Object { \"caught $_\" }", "caught x", "")]
    [InlineData("Write-Warning 'x' 3>&1 | ForEach-Object { \"caught $_\" }", "caught x", "")]
    [InlineData("Write-Progress -Activity 'x' -Status 'y' -PercentComplete 50", "", "")]
    [InlineData("'Fünf ± Ω € 数'", "Fünf ± Ω € 数", "")]
    [InlineData("Write-Warning 'Ω'", "", "WARNING: Ω")]
    [InlineData("\"$([char]0x1b)[31mx$([char]0x1b)[0m\"", "x", "")]
    public async Task Results_go_to_standard_output_and_all_else_to_standard_error(string command, string output, string error)
    {
        ShellResult result = await ShellProcess.RunAsync("-Command", command);

        result.AssertExit(0);
        Assert.Equal(output, string.Join('\n', result.Lines));
        Assert.Equal(error, string.Join('\n', ShellResult.SplitLines(result.Error)));
        Assert.DoesNotContain('\u001b', result.Output + result.Error);
    }

    [Fact]
    public async Task Output_before_and_after_a_message_is_whole()
    {
        ShellResult result = await ShellProcess.RunAsync("-Command", "1..2000 | ForEach-Object { $_; if ($_ % 500 -eq 0) { Write-Warning $_ } }");

        result.AssertExit(0);
        Assert.Equal(Enumerable.Range(1, 2000).Select(i => $"{i}"), result.Lines);
        Assert.Equal(["WARNING: 500", "WARNING: 1000", "WARNING: 1500", "WARNING: 2000"], ShellResult.SplitLines(result.Error));
    }

    [Fact]
    public async Task A_fit_is_shown_by_the_view_of_the_module()
    {
        ShellResult result = await ShellProcess.RunAsync(
            "-Command", $"$fit = Import-Csv {Faithful} | Invoke-EmFit -Property eruptions, waiting -ComponentCount 2; $fit | Out-Default; $fit.Mixture.Components");

        string[] lines = [.. result.AssertClean().Lines.Select(Squeeze)];
        Assert.Equal("K Model Rows LogLik df BIC ICL Iter Status", lines[0]);
        Assert.StartsWith("2 VVV 272 -1130.264 11 2322.192 2323.581", lines[2], StringComparison.Ordinal);
        Assert.Contains("# Weight Mean ± standard deviation", lines);
        Assert.Contains("1 0.6441 4.2897 ± 0.4123, 79.968 ± 6.004", lines);
        Assert.Contains("2 0.3559 2.0364 ± 0.263, 54.479 ± 5.805", lines);
    }

    [Fact]
    public async Task Warnings_of_a_fit_leave_its_result_alone()
    {
        ShellResult result = await ShellProcess.RunAsync(
            "-Command", $"Import-Csv {Faithful} | Invoke-EmFit -ComponentCount 2 -MaxIteration 2 | ForEach-Object {{ $_.Converged }}");

        result.AssertExit(0);
        Assert.Equal(["False"], result.Lines);
        Assert.Contains("WARNING: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_module_of_this_repository_is_loaded_and_no_other()
    {
        ShellResult result = await ShellProcess.RunAsync(
            "-Command", "Get-Module -Name * | Where-Object { $_.Name -notlike 'Microsoft.PowerShell*' } | ForEach-Object { $_.Name; $_.ModuleBase }");

        string[] lines = result.AssertClean().Lines;
        Assert.Equal(2, lines.Length);
        Assert.Equal("GmmTools", lines[0]);
        Assert.Equal(Path.TrimEndingDirectorySeparator(ModuleFiles.RepositoryRoot), lines[1]);
    }

    private static string Squeeze(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}

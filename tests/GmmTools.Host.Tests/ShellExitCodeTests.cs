using System;
using System.Threading.Tasks;
using Xunit;

namespace GmmTools.Host.Tests;

public sealed class ShellExitCodeTests : IDisposable
{
    private readonly ShellFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_script_that_runs_to_its_end_gives_0()
    {
        ShellResult result = await RunScriptAsync("'one'\n2");

        Assert.Equal(["one", "2"], result.AssertClean().Lines);
    }

    [Theory]
    [InlineData("'before'; exit 3; 'after'", 3)]
    [InlineData("function f { exit 7 }\n'before'; f; 'after'", 7)]
    [InlineData("'before'; exit; 'after'", 0)]
    [InlineData("Write-Error 'bad' -ErrorAction SilentlyContinue; 'before'; 1..5 | ForEach-Object { exit $_ }", 1)]
    public async Task Exit_ends_the_script_with_its_code(string script, int exitCode)
    {
        ShellResult result = await RunScriptAsync(script);

        result.AssertExit(exitCode);
        Assert.Equal(["before"], result.Lines);
        Assert.Equal(string.Empty, result.Error);
    }

    [Fact]
    public async Task Exit_in_an_inner_script_ends_only_that_script()
    {
        _folder.Write("inner.ps1", "exit 4");
        ShellResult result = await RunScriptAsync("& \"$PSScriptRoot/inner.ps1\"; \"inner gave $LASTEXITCODE\"");

        Assert.Equal(["inner gave 4"], result.AssertClean().Lines);
    }

    [Theory]
    [InlineData("'before'\nthrow 'boom'\n'after'", "boom")]
    [InlineData("'before'\nWrite-Error 'boom' -ErrorAction Stop\n'after'", "boom")]
    [InlineData("$ErrorActionPreference = 'Stop'\n'before'\nNo-SuchCommand\n'after'", "No-SuchCommand")]
    [InlineData("'before'\n[int]::Parse('x')[0].Foo()\nthrow [InvalidOperationException]::new('boom')", "boom")]
    [InlineData("'before'\n$ErrorActionPreference = 'Stop'\nInvoke-EmFit -InputObject 1, 2, 3 -ComponentCount 0\n'after'", "ComponentCount")]
    public async Task An_uncaught_error_gives_1_and_its_message(string script, string message)
    {
        ShellResult result = await RunScriptAsync(script);

        result.AssertExit(1);
        Assert.Equal(["before"], result.Lines);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_uncaught_error_says_where_it_is()
    {
        ShellResult result = await RunScriptAsync("'before'\nthrow 'boom'");

        Assert.Contains("script.ps1:2", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Write-Error 'bad'; 'after'", "bad")]
    [InlineData("No-SuchCommand; 'after'", "No-SuchCommand")]
    [InlineData("Invoke-EmFit -InputObject 1, 2, 'x' -ComponentCount 1; 'after'", "x")]
    public async Task An_error_that_does_not_end_the_script_gives_0(string script, string message)
    {
        ShellResult result = await RunScriptAsync(script);

        result.AssertExit(0);
        Assert.Equal(["after"], result.Lines);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caught_error_is_not_shown()
    {
        ShellResult result = await RunScriptAsync("try { throw 'boom' } catch { \"caught $_\" } finally { 'finally' }");

        Assert.Equal(["caught boom", "finally"], result.AssertClean().Lines);
    }

    [Fact]
    public async Task A_script_that_does_not_parse_gives_1_and_runs_nothing()
    {
        ShellResult result = await RunScriptAsync("'before'\nif (");

        result.AssertExit(1);
        Assert.Equal(string.Empty, result.Output);
        Assert.Contains("script.ps1:2", result.Error, StringComparison.Ordinal);
        Assert.Contains("ParserError", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing.ps1")]
    [InlineData("-File", "missing.ps1")]
    [InlineData("-File", "missing.ps1", "-Name", "x")]
    public async Task A_missing_script_gives_64_and_its_name(params string[] arguments)
    {
        ShellResult result = await ShellProcess.RunInAsync(_folder.Root, arguments);

        result.AssertExit(64);
        Assert.Equal(string.Empty, result.Output);
        Assert.Contains("missing.ps1", Assert.Single(ShellResult.SplitLines(result.Error)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_script_gives_64()
    {
        _folder.Write("script.txt", "'before'");
        ShellResult result = await ShellProcess.RunInAsync(_folder.Root, "script.txt");

        result.AssertExit(64);
        Assert.Equal(string.Empty, result.Output);
        Assert.Contains(".ps1", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--")]
    [InlineData("-File")]
    [InlineData("-Command")]
    [InlineData("-Bad", "x")]
    public async Task Wrong_usage_gives_64_and_the_usage(params string[] arguments)
    {
        ShellResult result = await ShellProcess.RunAsync(arguments);

        result.AssertExit(64);
        Assert.Equal(string.Empty, result.Output);
        Assert.Contains("usage:", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Help")]
    [InlineData("--help")]
    [InlineData("-?")]
    public async Task Help_is_a_result(string option)
    {
        ShellResult result = await ShellProcess.RunAsync(option);

        Assert.Contains("usage:", result.AssertClean().Lines);
    }

    private Task<ShellResult> RunScriptAsync(string text) =>
        ShellProcess.RunInAsync(_folder.Root, _folder.Write("script.ps1", text));
}

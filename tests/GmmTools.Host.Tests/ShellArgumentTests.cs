using System;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace GmmTools.Host.Tests;

public sealed class ShellArgumentTests : IDisposable
{
    private const string Declared = """
        [CmdletBinding()]
        param(
            [switch] $Flag,
            [Parameter(Position = 0)] [string] $Name = 'none',
            [Parameter(Position = 1)] [double] $Number = 0,
            [ValidateSet('red', 'blue')] [string] $Colour = 'red')
        "$Flag <$Name> $Number $Colour"
        Write-Verbose 'detail'
        """;

    private readonly ShellFolder _folder = new();

    public ShellArgumentTests()
    {
        _folder.Write("declared.ps1", Declared);
        _folder.Write("loose.ps1", "\"$($args.Count): $($args -join '|')\"");
        _folder.Write("places/place.ps1", "$PSScriptRoot; $PSCommandPath; $PWD.Path; . $PSScriptRoot/other.ps1");
        _folder.Write("places/other.ps1", "\"other in $(Split-Path $PSScriptRoot -Leaf)\"");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("False <none> 0 red")]
    [InlineData("True <none> 0 red", "-Flag")]
    [InlineData("True <none> 0 red", "-flag:$true")]
    [InlineData("False <none> 0 red", "-Flag:$false")]
    [InlineData("True <two words> 5 red", "-Flag", "-Name", "two words", "-Number", "5")]
    [InlineData("False <q> 1.5 blue", "-Name:q", "-Number:1.5", "-Colour:", "blue")]
    [InlineData("False <x> -5 red", "x", "-5")]
    [InlineData("True <x> 1000 blue", "-Colour", "blue", "x", "-Flag", "1e3")]
    [InlineData("False <it's $HOME \"quoted\"; exit 9> 0 red", "it's $HOME \"quoted\"; exit 9")]
    [InlineData("False <> 0 red", "-Name", "")]
    [InlineData("True <none> 7 red", "-F", "-Nu", "7")]
    [InlineData("False <C:\\data\\x.csv> 0 red", "C:\\data\\x.csv")]
    public async Task Words_become_parameters(string expected, params string[] words)
    {
        ShellResult result = await ShellProcess.RunInAsync(_folder.Root, ["declared.ps1", .. words]);

        Assert.Equal([expected], result.AssertClean().Lines);
    }

    [Fact]
    public async Task Common_parameters_work()
    {
        ShellResult result = await ShellProcess.RunInAsync(_folder.Root, "declared.ps1", "-Verbose");

        result.AssertExit(0);
        Assert.Equal(["False <none> 0 red"], result.Lines);
        Assert.Equal(["VERBOSE: detail"], ShellResult.SplitLines(result.Error));
    }

    [Theory]
    [InlineData("Number", "-Number", "many")]
    [InlineData("Nope", "-Nope", "1")]
    [InlineData("Colour", "-Colour", "green")]
    [InlineData("Name", "-Name")]
    [InlineData("third", "first", "2", "third")]
    public async Task Words_that_do_not_fit_give_1_and_run_nothing(string message, params string[] words)
    {
        ShellResult result = await ShellProcess.RunInAsync(_folder.Root, ["declared.ps1", .. words]);

        result.AssertExit(1);
        Assert.Equal(string.Empty, result.Output);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0:")]
    [InlineData("3: a|-5|b c", "a", "-5", "b c")]
    [InlineData("4: -Name|x||--", "-Name", "x", "", "--")]
    public async Task A_script_without_parameters_gets_its_words(string expected, params string[] words)
    {
        ShellResult result = await ShellProcess.RunInAsync(_folder.Root, ["loose.ps1", .. words]);

        Assert.Equal([expected], result.AssertClean().Lines);
    }

    [Theory]
    [InlineData("loose.ps1", "a")]
    [InlineData("-File", "loose.ps1", "a")]
    [InlineData("-f", "./loose.ps1", "a")]
    [InlineData("--", "loose.ps1", "a")]
    [InlineData("--", "-file", "loose.ps1", "a")]
    public async Task A_script_is_named_with_or_without_an_option(params string[] arguments)
    {
        ShellResult result = await ShellProcess.RunInAsync(_folder.Root, arguments);

        Assert.Equal(["1: a"], result.AssertClean().Lines);
    }

    [Fact]
    public async Task A_script_knows_its_place_and_the_current_directory()
    {
        ShellResult result = await ShellProcess.RunInAsync(_folder.Root, "places/place.ps1");

        string[] lines = result.AssertClean().Lines;
        Assert.Equal(4, lines.Length);
        Assert.EndsWith("places", lines[0], StringComparison.Ordinal);
        Assert.Equal(Path.Combine(lines[0], "place.ps1"), lines[1]);
        Assert.Equal(Path.GetDirectoryName(lines[0]), lines[2]);
        Assert.Equal("other in places", lines[3]);
    }

    [Fact]
    public async Task A_command_is_text_that_may_come_in_several_words()
    {
        ShellResult joined = await ShellProcess.RunInAsync(_folder.Root, "-Command", "$x = 2;", "$x * 21");
        ShellResult brief = await ShellProcess.RunInAsync(_folder.Root, "-c", "./loose.ps1 a 'b c'; $PWD.Path | Split-Path -Leaf");

        Assert.Equal(["42"], joined.AssertClean().Lines);
        Assert.Equal(["2: a|b c", Path.GetFileName(_folder.Root)], brief.AssertClean().Lines);
    }

    [Theory]
    [InlineData("'before'; exit 5; 'after'", 5, "")]
    [InlineData("'before'; throw 'boom'", 1, "boom")]
    [InlineData("'before'; Write-Error 'bad'", 0, "bad")]
    public async Task A_command_ends_as_a_script_does(string command, int exitCode, string message)
    {
        ShellResult result = await ShellProcess.RunAsync("-Command", command);

        result.AssertExit(exitCode);
        Assert.Equal(["before"], result.Lines);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_does_not_parse_gives_1()
    {
        ShellResult result = await ShellProcess.RunAsync("-Command", "'before'; 1 +");

        result.AssertExit(1);
        Assert.Equal(string.Empty, result.Output);
        Assert.Contains("ParserError", result.Error, StringComparison.Ordinal);
    }
}

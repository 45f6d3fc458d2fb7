using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace GmmTools.Core.Tests.House;

/// <summary>The libraries do not know that a PowerShell module shows their messages: it adds what to do in its own words.</summary>
public sealed partial class LibraryMessageTests
{
    private static readonly string Source = Path.GetFullPath(Path.Combine(Here(), "../../../src"));

    [Fact]
    public void No_text_names_a_parameter_or_a_command()
    {
        string[] texts = [.. Literals()];
        Assert.True(texts.Length > 500, "The sources of the libraries are to be read.");
        Assert.DoesNotContain(texts, ParameterOrCommand().IsMatch);
    }

    [Theory]
    [InlineData("Add -Culture de-DE.", true)]
    [InlineData("-LogAxis", true)]
    [InlineData("Choose one with Get-MixtureMarginal.", true)]
    [InlineData("filter with Where-Object", true)]
    [InlineData("an M-step of a Newton-Raphson, UTF-8, -1 or - well - less", false)]
    public void Parameters_and_commands_are_recognized(string text, bool expected) =>
        Assert.Equal(expected, ParameterOrCommand().IsMatch(text));

    /// <summary>A remedy without words would be a failure of its own on top of that of the user.</summary>
    [Fact]
    public void The_commands_have_words_for_each_remedy_and_for_no_other()
    {
        string catalogue = File.ReadAllText(Path.Combine(Source, "GmmTools/Errors/ErrorCatalogue.Remedies.cs"));
        string[] known = [.. Entry().Matches(catalogue).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(known);
        HashSet<string> texts = [.. Literals()];
        Assert.Subset(texts, new HashSet<string>(known));
        IEnumerable<string> used = Files().SelectMany(file => Use().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value));
        Assert.Empty(used.Except(known));
    }

    private static IEnumerable<string> Files() => new[] { "GmmTools.Core", "GmmTools.Connectors", "GmmTools.Plots" }
        .SelectMany(library => Directory.GetFiles(Path.Combine(Source, library), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Split('/', '\\').Contains("obj"));

    /// <summary>The texts in quotes, without the comments.</summary>
    private static IEnumerable<string> Literals() => Files().SelectMany(File.ReadLines)
        .Where(line => !line.TrimStart().StartsWith("//", System.StringComparison.Ordinal))
        .SelectMany(line => Literal().Matches(line).Select(match => match.Groups[1].Value));

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex(@"""((?:[^""\\]|\\.)*)""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"(?:^| )-[A-Z][a-z]+|\b(?:Add|Compare|ConvertTo|Export|Find|ForEach|Get|Import|Invoke|Measure|Merge|New|Out|Select|Show|Sort|Update|Where|Write)-[A-Z][a-z]+")]
    private static partial Regex ParameterOrCommand();

    [GeneratedRegex("""\["(\w+)"\] =""")]
    private static partial Regex Entry();

    [GeneratedRegex("""new Remedy\("(\w+)""")]
    private static partial Regex Use();
}

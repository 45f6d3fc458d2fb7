using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace GmmTools.Core.Tests.House;

/// <summary>One row is "1 row", in every message.</summary>
public partial class CountedTests
{
    [Theory]
    [InlineData(0, "row", "0 rows")]
    [InlineData(1, "row", "1 row")]
    [InlineData(2, "training row", "2 training rows")]
    [InlineData(1, "covariance matrix", "1 covariance matrix")]
    [InlineData(3, "covariance matrix", "3 covariance matrices")]
    public void Things_are_counted(long count, string noun, string expected) => Assert.Equal(expected, Counted.Of(count, noun));

    [Fact]
    public void Large_numbers_are_grouped_and_verbs_agree()
    {
        Assert.Equal("1,234,567 rows", Counted.Grouped(1_234_567, "row"));
        Assert.Equal("1 row", Counted.Grouped(1, "row"));
        Assert.Equal("1 row is", Counted.Of(1, "row", "is", "are"));
        Assert.Equal("2 rows are", Counted.Of(2, "row", "is", "are"));
    }

    /// <summary>What is left has more than one for certain: limits, and weights that are no whole numbers.</summary>
    [Fact]
    public void No_message_counts_things_by_itself()
    {
        string[] lines = [.. SourceText.Files().SelectMany(file => File.ReadLines(file).Select(line => Path.GetFileName(file) + ": " + line.Trim()))];

        IEnumerable<string> found = lines.Where(line => ByHand().IsMatch(line) && !Certain().IsMatch(line));

        Assert.True(lines.Length > 10_000, "The sources were not found.");
        Assert.Empty(found);
    }

    [GeneratedRegex(@"\.(Count|Length|Dimension|\w+Count)\} ([a-z]+ )?(rows|columns|components|cells|weights|means|numbers|names|labels|iterations|items)\b|== 1 \? ""(row|column|component|cell|time)""")]
    private static partial Regex ByHand();

    [GeneratedRegex("Max|: ///|at most|Of \\{mixture\\.ComponentCount\\}|\\.Check\\(|\\{weights\\.Count\\} components of|_present\\.Length")]
    private static partial Regex Certain();
}

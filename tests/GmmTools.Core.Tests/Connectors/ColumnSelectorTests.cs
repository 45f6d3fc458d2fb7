using System;
using System.Globalization;
using System.Linq;
using GmmTools.Connectors.Cells;
using GmmTools.Core.Tests.Support;
using GmmTools.Observations;
using Xunit;

namespace GmmTools.Core.Tests.Connectors;

public sealed class ColumnSelectorTests
{
    private static readonly string[] People = ["Id", "Height", "Weight", "Age", "a[1]", "a1", string.Empty];

    [Theory]
    [InlineData("Height,Weight", "1,2")]
    [InlineData("Weight,Height", "2,1")]
    [InlineData("hEIGHT", "1")]
    [InlineData("*eight", "1,2")]
    [InlineData("weight,*eight", "2,1")]
    [InlineData("Height,Height,HEIGHT", "1")]
    [InlineData("?ge", "3")]
    [InlineData("[g-i]*", "0,1")]
    [InlineData("[ai]*", "0,3,4,5")]
    [InlineData("*", "0,1,2,3,4,5")]
    [InlineData("a[1]", "4")]
    [InlineData("a[12]", "5")]
    [InlineData("a`[1]", "4")]
    [InlineData("a`[*", "4")]
    [InlineData("*h*e*", "1")]
    [InlineData("H*t", "1")]
    public void Names_and_wildcards_find_columns_in_the_order_asked_for(string patterns, string expected)
    {
        int[] found = ColumnSelector.Resolve(People, patterns.Split(','));
        Assert.Equal(expected, string.Join(",", found));
    }

    [Theory]
    [InlineData("a*b*c", "aXbYbZc", true)]
    [InlineData("a*b*c", "aXbYbZcd", false)]
    [InlineData("[z-a]", "b", false)]
    [InlineData("[a-]", "-", true)]
    [InlineData("x[", "x[", true)]
    [InlineData("x[]", "x[]", true)]
    [InlineData("??", "x", false)]
    [InlineData("x?", "x", false)]
    [InlineData("x**", "x", true)]
    [InlineData("`*", "x", false)]
    public void Wildcards_match_as_in_PowerShell(string pattern, string text, bool expected) =>
        Assert.Equal(expected, new Wildcard(pattern).IsMatch(text));

    [Fact]
    public void A_long_wildcard_does_not_take_for_ever()
    {
        string pattern = string.Concat(Enumerable.Repeat("a*", 50)) + "b";
        Assert.False(new Wildcard(pattern).IsMatch(new string('a', 5000)));
    }

    [Fact]
    public void An_unknown_name_lists_the_columns_nearest_first()
    {
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(
            () => ColumnSelector.Resolve(["Id", "Age", "Weight", "Height"], ["Id", "Heigth"]));
        Assert.Equal("UnknownProperty", error.ErrorId);
        Assert.Equal("Heigth", error.OffendingValue);
        Assert.StartsWith(
            "There is no column 'Heigth'. Did you mean 'Height'? The columns are: Height, Weight,", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_like_no_other_is_not_guessed_at()
    {
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(
            () => ColumnSelector.Resolve(["Id", "Age"], ["Temperature"], "people.csv"));
        Assert.StartsWith("'people.csv' has no column 'Temperature'. The columns are: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wildcard_that_matches_nothing_is_an_error()
    {
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(() => ColumnSelector.Resolve(People, ["x*"]));
        Assert.Equal("UnknownProperty", error.ErrorId);
        Assert.StartsWith("There is no column that matches 'x*'.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_many_columns_is_cut()
    {
        string[] names = [.. Enumerable.Range(1, 1000).Select(i => string.Create(CultureInfo.InvariantCulture, $"column{i}"))];
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(() => ColumnSelector.Resolve(names, ["colunm777"]));
        Assert.Contains("Did you mean 'column777'?", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(" and 980 more.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_columns_of_one_name_are_an_error_when_chosen()
    {
        string[] names = ["x", "y", "X"];
        Assert.Equal([1], ColumnSelector.Resolve(names, ["y"]));
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(() => ColumnSelector.Resolve(names, ["y", "x"]));
        Assert.Equal("DuplicateProperty", error.ErrorId);
        error = Assert.Throws<InvalidObservationException>(() => ColumnSelector.SelectNumeric(names, [[1, 2, 3]], new CellParser(), [], null));
        Assert.Equal("DuplicateProperty", error.ErrorId);
    }

    [Fact]
    public void By_default_the_numeric_columns_are_chosen()
    {
        int[] found = ColumnSelector.SelectNumeric(
            ["Name", "Height", "", "Flag", "Weight", "Note", "Later"], [["Ann", "1.85", "0", true, 70, null]], new CellParser(), [], null);
        Assert.Equal([1, 4], found);
    }

    [Theory]
    [InlineData("$1")]
    [InlineData("1 234")]
    [InlineData("1,234.50")]
    [InlineData("1%")]
    [InlineData("(1)")]
    [InlineData("\u22121")]
    [InlineData("1\u202F234,5")]
    public void A_column_of_numbers_that_are_not_read_is_not_left_out_without_a_word(string cell)
    {
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(
            () => ColumnSelector.SelectNumeric(["x", "y"], [[null, 1], ["", 2], [cell, 3]], new CellParser(), [], "a.csv"));
        Assert.Equal("TextInNumericColumn", error.ErrorId);
        Assert.Equal("x", error.Column);
        Assert.Equal(3, error.Row);
    }

    [Theory]
    [InlineData("setosa")]
    [InlineData("2026-03-02")]
    [InlineData("10:30")]
    [InlineData("1.2.3")]
    [InlineData("A 12")]
    [InlineData("12 Main Street")]
    [InlineData("(none)")]
    public void A_column_of_text_is_left_out(string cell) =>
        Assert.Equal([1], ColumnSelector.SelectNumeric(["x", "y"], [[cell, 1], [null, 2]], new CellParser(), [], null));

    [Fact]
    public void No_numeric_column_is_an_error()
    {
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(
            () => ColumnSelector.SelectNumeric(["Name", "Town"], [["Ann", ""]], new CellParser(), [], null));
        Assert.Equal("NoNumericColumns", error.ErrorId);
        Assert.Contains("Name, Town", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_of_decimal_commas_is_not_left_out_without_a_word()
    {
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(
            () => ColumnSelector.SelectNumeric(["Id", "Height"], [["1", "1,85"]], new CellParser(), [], null));
        Assert.Equal("TextInNumericColumn", error.ErrorId);
        Assert.Equal("Height", error.Column);
        Assert.Equal("UseCulture de-DE", Remedies.Of(error));
    }

    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("HEIGHT", "height", 0)]
    [InlineData("flaw", "lawn", 2)]
    [InlineData("Heigth", "Height", 1)]
    [InlineData("ca", "abc", 3)]
    public void Distances_count_the_slips(string first, string second, int expected)
    {
        Assert.Equal(expected, NearestNames.Distance(first, second));
        Assert.Equal(expected, NearestNames.Distance(second, first));
    }
}

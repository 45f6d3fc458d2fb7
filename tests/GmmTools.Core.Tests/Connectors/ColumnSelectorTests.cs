using System;
using System.Collections.Generic;
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
    [Theory]
    [InlineData("a", "b", false)]
    [InlineData("a", "aa", true)]
    [InlineData("ab", "cd", false)]
    [InlineData("Time", "Name", false)]
    [InlineData("abcdef", "abcdxy", true)]
    [InlineData("abcde", "abcxy", false)]
    [InlineData("abcdefgh", "ab", false)]
    public void Names_that_differ_in_a_third_of_the_shorter_one_are_guessed_at(string name, string wanted, bool expected) =>
        Assert.Equal(expected, NearestNames.IsPlausible(name, wanted));

    [Fact]
    public void The_first_hundred_characters_of_names_are_compared()
    {
        string start = new('x', 99);
        Assert.Equal(1, NearestNames.Distance(start + "a", start + "b"));
        Assert.Equal(0, NearestNames.Distance(start + "xa", start + "xb"));
    }

    [Theory]
    [InlineData("[a-c]", "abcC", "dD-")]
    [InlineData("[a-cx]", "bx", "dw")]
    [InlineData("[xa-c]", "xb", "yd")]
    [InlineData("[-a]", "-a", "b")]
    [InlineData("`?", "?", "x`")]
    [InlineData("`", "`", "x")]
    public void Sets_hold_characters_and_ranges(string pattern, string matching, string others)
    {
        Assert.All(matching, character => Assert.True(new Wildcard(pattern).IsMatch(character.ToString())));
        Assert.All(others, character => Assert.False(new Wildcard(pattern).IsMatch(character.ToString())));
    }

    [Fact]
    public void Companions_are_no_columns_of_the_rows()
    {
        CompanionColumns companions = CompanionColumns.Resolve(["x", "w", "label", "y", "z"], "W", ["l*", "y"], ["x"]);
        Assert.Equal(1, companions.Weight);
        Assert.Equal([2, 3], companions.Extra);
        Assert.Equal([0, 4], companions.Without([0, 1, 2, 3, 4]));
        Assert.Equal(["a", false, false, false, 3], companions.Hide(["a", 1, "b", 2, 3]));
        CompanionColumns others = companions.OtherThan([0, 3]);
        Assert.Equal(1, others.Weight);
        Assert.Equal([2], others.Extra);
        Assert.Equal([0, 3, 4], others.Without([0, 1, 2, 3, 4]));
        CompanionColumns unweighted = CompanionColumns.Resolve(["x", "w"], null, ["x"], ["w"]);
        Assert.Null(unweighted.Weight);
        Assert.Equal([1], unweighted.Without([0, 1]));
        Assert.Equal([0, 1], CompanionColumns.None.Without([0, 1]));
    }

    [Fact]
    public void Weights_are_a_column_of_their_own_and_no_wildcard()
    {
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(() => ColumnSelector.ResolveWeight(["x", "w"], "w", ["x", "W"]));
        Assert.Equal(("WeightIsProperty", "w"), (error.ErrorId, error.Column));
        Assert.Equal("Column 'w' cannot hold the weights and be fitted as well.", error.Message);
        Assert.Equal(1, ColumnSelector.ResolveWeight(["x", "w"], "W", ["*"]));
        error = Assert.Throws<InvalidObservationException>(() => ColumnSelector.ResolveWeight(["x", "w"], "w*", ["x"], "a.csv"));
        Assert.StartsWith("'a.csv' has no column that matches 'w*'. The columns are:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_are_left_out_by_name_or_wildcard()
    {
        Assert.Equal([0], ColumnSelector.Resolve(People, ["[ahiw]*"], ["a*", "?eight"], null));
        Assert.Equal([1, 2], ColumnSelector.Resolve(People, ["?eight"], ["x*"], null));
        Assert.Equal([1], ColumnSelector.Resolve(People, ["Height"], [], null));
        Assert.Equal([2], ColumnSelector.SelectNumeric(["a", "b", "c"], [[1, 2, 3]], new CellParser(), ["a", "B"], null));
        InvalidObservationException none = Assert.Throws<InvalidObservationException>(() => ColumnSelector.Resolve(People, ["Id", "Age"], ["Id", "a*"], "a.csv"));
        Assert.Equal("NoColumns", none.ErrorId);
        Assert.Equal("'a.csv' has no column left: all chosen columns are excluded by Id, a*. Exclude fewer.", none.Message);
        Assert.Equal(new[] { "Id", "a*" }, none.OffendingValue);
        InvalidObservationException slip = Assert.Throws<InvalidObservationException>(() => ColumnSelector.Resolve(People, ["Id"], ["Heigth"], null));
        Assert.StartsWith("There is no column 'Heigth'. Did you mean 'Height'?", slip.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_of_missing_cells_alone_are_undecided()
    {
        object?[][] rows = [["", 1, null, "NA", "x"], ["NaN", null, null]];
        Assert.Equal(["a", "c", "d"], ColumnSelector.FindUndecided(["a", "b", "c", "d", "e", ""], rows, new CellParser(), []));
        Assert.Equal(["a", "d"], ColumnSelector.FindUndecided(["a", "b", "c", "d", "e", ""], rows, new CellParser(), ["c"]));
    }

    [Fact]
    public void Columns_without_numbers_are_named_as_left_out()
    {
        Assert.Equal(["b", "e"], ColumnSelector.FindLeftOut(["a", "b", "", "d", "e", "f"], [0, 1, 2, 3, 4], [0], ["d"]));
        string[] names = [.. Enumerable.Range(1, 21).Select(i => "c" + i.ToString(CultureInfo.InvariantCulture))];
        string twenty = string.Join(", ", names.Take(20));
        Assert.Equal($"columns without a number in the first 100 rows are left out: {twenty}.", ColumnSelector.DescribeLeftOut([.. names.Take(20)]));
        Assert.Equal($"columns without a number in the first 100 rows are left out: {twenty} and 1 more.", ColumnSelector.DescribeLeftOut(names));
    }

    [Fact]
    public void All_unknown_names_are_told_at_once()
    {
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(() => ColumnSelector.Resolve(["x", " ", "y"], ["xx", "y", "yy"]));
        Assert.Equal("There are no columns 'xx', 'yy'. The columns are: x, y.", error.Message);
        Assert.Equal("xx", error.Column);
        Assert.Equal(["xx", "yy"], Assert.IsAssignableFrom<IEnumerable<string>>(error.OffendingValue));
        error = Assert.Throws<InvalidObservationException>(() => ColumnSelector.Resolve(["x"], ["a", "b"], "a.csv"));
        Assert.Equal("'a.csv' has no columns 'a', 'b'. The columns are: x.", error.Message);
        error = Assert.Throws<InvalidObservationException>(() => ColumnSelector.Resolve([], ["a"]));
        Assert.Equal("There is no column 'a'. There are no columns at all.", error.Message);
        Assert.Equal("a", error.OffendingValue);
    }

    [Fact]
    public void Columns_of_one_name_are_told_with_a_remedy()
    {
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(() => ColumnSelector.Resolve(["x", "X"], ["x"], "a.csv"));
        Assert.Equal("'a.csv' has more than one column 'X'.", error.Message);
        Assert.Equal(("X", (object)"X", "RenameOrChooseColumns"), (error.Column, error.OffendingValue, Remedies.Of(error)));
        error = Assert.Throws<InvalidObservationException>(() => ColumnSelector.SelectNumeric(["Name"], [["Ann"]], new CellParser(), [], "a.csv"));
        Assert.Equal("'a.csv' has no column with a number in the first rows. The columns are: Name.", error.Message);
    }

    [Theory]
    [InlineData("Height", "Height")]
    [InlineData("a_1", "a_1")]
    [InlineData("1a", "'1a'")]
    [InlineData("_a", "'_a'")]
    [InlineData("a b", "'a b'")]
    [InlineData("O'Neil", "'O''Neil'")]
    [InlineData("", "''")]
    public void Names_are_written_as_arguments(string name, string expected) => Assert.Equal(expected, CellText.AsArgument(name));

    [Fact]
    public void Cells_of_more_than_forty_characters_are_cut()
    {
        string forty = new('x', 40);
        Assert.Equal($"'{forty}'", CellText.Quote(forty));
        Assert.Equal($"'{forty}…'", CellText.Quote(forty + "y"));
        Assert.Equal("'1.5'", CellText.Quote(1.5));
        Assert.Equal("''", CellText.Quote((object?)null));
    }

    [Fact]
    public void Rows_are_named_with_their_file_and_line()
    {
        Assert.Equal("Row 17", new RowLocation(17).ToString());
        Assert.Equal("Row 17 (line 18)", new RowLocation(17, line: 18).ToString());
        Assert.Equal("Row 17 of 'people.csv' (line 18)", new RowLocation(17, "people.csv", 18).ToString());
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Estimation.Fitting;
using GmmTools.Observations.Intake;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

public class ColumnChoiceTests
{
    private static readonly string[] Names = ["a", "b", "c", "d"];

    [Fact]
    public void A_constant_column_is_left_out()
    {
        ColumnChoice choice = Choose(50, (a, b) => [7, a, b, -1]);

        Assert.Equal([1, 2], choice.Kept);
        Assert.Equal(["a", "d"], choice.Constant);
    }

    [Fact]
    public void A_column_that_equals_another_is_left_out_and_says_which()
    {
        ColumnChoice choice = Choose(50, (a, b) => [a, b, a, a]);

        Assert.Equal([0, 1], choice.Kept);
        Assert.Equal([new("c", "a"), new("d", "a")], choice.Repeated);
        Assert.Empty(choice.Dependent);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(5000)]
    public void A_column_that_differs_once_from_another_of_its_range_is_kept(int count)
    {
        int row = 0;
        ColumnChoice choice = Choose(count, (a, b) => [a, ++row == count / 2 ? 0.5 : a, b, b * b]);

        Assert.Equal([0, 1, 2, 3], choice.Kept);
        Assert.Empty(choice.Repeated);
    }

    [Theory]
    [InlineData(50, true)]
    [InlineData(5000, true)]
    [InlineData(5000, false)]
    public void A_linear_combination_is_left_out_where_covariances_are_whole(int count, bool whole)
    {
        ColumnChoice choice = Choose(count, (a, b) => [a, b, (3 * a) - (2 * b) + 1, a * b], whole);

        Assert.Equal(whole ? [0, 1, 3] : [0, 1, 2, 3], choice.Kept);
        Assert.Equal(whole ? ["c"] : [], choice.Dependent);
    }

    [Theory]
    [InlineData(50, 1e-6, true)]
    [InlineData(5000, 1e-6, true)]
    [InlineData(50, 1e-3, false)]
    [InlineData(5000, 1e-3, false)]
    public void A_column_that_differs_from_a_combination_by_little_is_left_out(int count, double noise, bool leftOut)
    {
        ColumnChoice choice = Choose(count, (a, b) => [a, b, a + b + (noise * Math.Sin(1e4 * a)), a * b]);

        Assert.Equal(leftOut, choice.Dependent.Contains("c"));
    }

    [Fact]
    public void Combinations_in_the_first_rows_alone_are_none()
    {
        int row = 0;
        ColumnChoice choice = Choose(5000, (a, b) => [a, b, ++row > 4000 ? a * a : a + b, a * b]);

        Assert.Equal([0, 1, 2, 3], choice.Kept);
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    public void Combinations_are_not_looked_for_in_fewer_rows_than_columns(int count, int found) =>
        Assert.Equal(found, Choose(count, (a, b) => [a, b, a - b, a * b]).Dependent.Count);

    [Fact]
    public void Gaps_of_a_copy_are_those_of_its_original()
    {
        int row = 0;
        ColumnChoice same = Choose(60, (a, b) => ++row % 3 == 0 ? [double.NaN, b, double.NaN, a * b] : [a, b, a, a * b]);
        row = 0;
        ColumnChoice other = Choose(60, (a, b) => ++row % 3 == 0 ? [a, b, double.NaN, a * b] : [a, b, a, a * b], whole: false);

        Assert.Equal("c", Assert.Single(same.Repeated).Key);
        Assert.Empty(other.Repeated);
    }

    [Fact]
    public void Complete_rows_tell_of_combinations_but_not_that_a_column_is_constant()
    {
        int row = 0;
        ColumnChoice choice = Choose(80, (a, b) => ++row % 4 == 0 ? [a, double.NaN, b, a * b] : [a, b, a + b, 3]);

        Assert.Equal(["c"], choice.Dependent);
        Assert.Equal([0, 1, 3], choice.Kept);
    }

    [Fact]
    public void Rows_of_which_nothing_is_left_are_omitted_and_counted()
    {
        int row = 0;
        RowTable table = Read(60, (a, b) => ++row % 10 == 0 ? [1, double.NaN, double.NaN, 2] : row % 10 == 1 ? [1, double.NaN, b, 2] : [1, a, b, 2]);
        ColumnChoice choice = ColumnChoice.Of(table.Observations, true, false, 1, CancellationToken.None);
        RowTable left = choice.Apply(false, table.Intake, null, CancellationToken.None);

        Assert.Equal(["b", "c"], left.Observations.Property);
        Assert.Equal(54, left.Observations.Count);
        Assert.Equal(6, left.Intake.OmittedCount);
        Assert.Equal(6, left.Intake.IncompleteCount);
        Assert.Equal(60, left.Intake.ReadCount);
        Assert.Equal(MissingValuePolicy.Marginalize, left.Intake.Policy);
    }

    [Theory]
    [InlineData(20, 200, true)]
    [InlineData(21, 200, false)]
    [InlineData(20, 199, false)]
    public void Columns_of_few_values_in_many_rows_are_codes(int values, int count, bool found)
    {
        int row = 0;
        IReadOnlyList<KeyValuePair<string, int>> codes = ColumnChoice.FindCodes(
            Read(count, (a, b) => [a, ++row % values, row % 7 == 0 ? double.NaN : b, row % 5 == 0 ? double.NaN : a * b]).Observations, CancellationToken.None);

        Assert.Equal(found ? [new("b", values)] : [], codes);
    }

    private static ColumnChoice Choose(int count, Func<double, double, double[]> row, bool whole = true) =>
        ColumnChoice.Of(Read(count, row).Observations, whole, false, 2, CancellationToken.None);

    private static RowTable Read(int count, Func<double, double, double[]> row)
    {
        Random random = new(5);
        RowCollector collector = new(Names, policy: MissingValuePolicy.Marginalize);
        for (int i = 0; i < count; i++)
        {
            collector.Add(row(random.NextDouble(), random.NextDouble()));
        }

        return new RowTable(collector.Build(), collector.Intake, []);
    }
}

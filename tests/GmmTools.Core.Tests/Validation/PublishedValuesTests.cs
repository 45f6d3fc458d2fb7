using System;
using System.Globalization;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Validation;
using Xunit;

namespace GmmTools.Core.Tests.Validation;

/// <summary>Published values that users can check on their machines.</summary>
public sealed class PublishedValuesTests
{
    private static readonly PublishedValueCheck[] Checks = CheckAll();

    [Fact]
    public void All_of_them_are_found_here()
    {
        Assert.All(Checks, check => Assert.True(check.Passed, check.Warning));
        Assert.All(Checks, check => Assert.Null(check.Warning));
        Assert.Equal(
            ["NIST StRD", "formula", "mclust 6.0.0 vignette", "mclust 6.0.0 converged", "R 4.2.2 numDeriv"],
            Checks.Select(check => check.Source).Distinct());
    }

    /// <summary>Nothing is green by itself: with the last digit that is required moved by one, each value fails.</summary>
    [Fact]
    public void A_value_that_is_altered_is_not_found()
    {
        foreach ((PublishedValue value, PublishedValueCheck check) in PublishedValues.All.Zip(Checks))
        {
            double unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value.Published))) + 1 - value.RequiredDigits);
            string altered = (value.Published + (1.1 * unit)).ToString("R", CultureInfo.InvariantCulture);
            PublishedValueCheck wrong = new PublishedValues().Check(
                new PublishedValue(value.Source, value.Data, value.Model, value.Quantity, altered, value.RequiredDigits, _ => check.Here, 15));

            Assert.False(wrong.Passed, wrong.ToString());
            Assert.Contains(value.Source, wrong.Warning, StringComparison.Ordinal);
            Assert.Contains($"of {value.RequiredDigits} digits agree", wrong.Warning, StringComparison.Ordinal);
        }
    }

    /// <summary>What must agree is never more than is known, and never so little that it says nothing.</summary>
    [Fact]
    public void Digits_that_must_agree_are_known() =>
        Assert.All(PublishedValues.All, value => Assert.InRange(value.RequiredDigits, 5, value.StatedDigits));

    [Theory]
    [InlineData(1.5, 1.5, 15, 15)]
    [InlineData(-2303.496, -2303.49184, 7, 6)]
    [InlineData(1234.5, 1234.54, 5, 5)]
    [InlineData(1234.5, 1234.56, 5, 4)]
    [InlineData(0.001, 0.00149, 1, 1)]
    [InlineData(9.99, 10.0, 3, 2)]
    [InlineData(1.0, 2.0, 5, 0)]
    [InlineData(1.0, -1.0, 5, 0)]
    [InlineData(1.0, double.NaN, 5, 0)]
    [InlineData(0.0, 0.0, 5, 5)]
    [InlineData(0.0, 1e-300, 5, 0)]
    public void Digits_agree_where_one_number_is_the_other_rounded(double published, double here, int stated, int expected) =>
        Assert.Equal(expected, SignificantDigits.Agreeing(published, here, stated));

    [Fact]
    public void The_data_are_those_of_the_tests_and_the_examples()
    {
        Assert.Equal(TestData.Faithful, ReferenceData.Rows("faithful"));
        Assert.Equal(TestData.Iris, ReferenceData.Rows("iris"));
        Assert.Equal(TestData.Diabetes, ReferenceData.Rows("diabetes"));
        Assert.Equal(["setosa", "versicolor", "virginica"], ReferenceData.Classes("iris").Distinct());
    }

    [Fact]
    public void A_stop_ends_the_work()
    {
        PublishedValues values = new(new CancellationToken(canceled: true));

        Assert.ThrowsAny<OperationCanceledException>(() => values.Check(PublishedValues.All[0]));
        Assert.ThrowsAny<OperationCanceledException>(() => MachineSpeed.Measure(new CancellationToken(canceled: true)).Count());
    }

    [Fact]
    public void The_speed_is_told_beside_the_floor()
    {
        MachineSpeed[] speeds = [.. MachineSpeed.Measure()];

        Assert.Equal(Environment.ProcessorCount == 1 ? 3 : 6, speeds.Length);
        Assert.All(speeds, speed => Assert.True(speed.Milliseconds > 0 && speed.FloorMilliseconds > 0, speed.ToString()));
    }

    private static PublishedValueCheck[] CheckAll()
    {
        PublishedValues values = new();
        return [.. PublishedValues.All.Select(values.Check)];
    }
}

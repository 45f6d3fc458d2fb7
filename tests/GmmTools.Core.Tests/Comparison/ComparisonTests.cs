using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using GmmTools.Comparison;
using GmmTools.Core.Tests.Support;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Dense;
using Xunit;

namespace GmmTools.Core.Tests.Comparison;

/// <summary>Matching components: the assignment, the distance, and both together.</summary>
public sealed class ComparisonTests
{
    [Fact]
    public void The_assignment_is_as_cheap_as_the_best_of_all_permutations() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[0, 2], Gen.Bool, Gen.ULong).Holds((rows, more, ties, seed) =>
        {
            SplitMix64 random = new(seed);
            double[,] cost = TestData.Map(new double[rows, rows + more], (_, _) => ties ? random.NextIndex(3) : (10 * random.NextDouble()) - 5);
            int[] columnOf = LinearAssignment.Solve(cost);
            Assert.Equal(rows, columnOf.Distinct().Count());
            Assert.All(columnOf, column => Assert.InRange(column, 0, rows + more - 1));
            Close.Absolute(Cheapest(cost, 0, []), columnOf.Select((column, row) => cost[row, column]).Sum(), 1e-12, "cost");
        },
        iter: 400);

    [Fact]
    public void More_rows_than_columns_are_refused() =>
        Assert.Throws<ArgumentException>(() => LinearAssignment.Solve(new double[3, 2]));

    [Theory]
    [InlineData(0, 1, 0, 1)]
    [InlineData(0, 1, 3, 1)]
    [InlineData(0, 1, 0, 5)]
    [InlineData(-2, 0.3, 1, 2)]
    [InlineData(0, 1, 1000, 1)]
    public void The_distance_in_one_dimension_has_its_closed_form(double firstMean, double firstSd, double secondMean, double secondSd)
    {
        double sum = (firstSd * firstSd) + (secondSd * secondSd);
        double coefficient = Math.Sqrt(2 * firstSd * secondSd / sum) * Math.Exp(-Math.Pow(firstMean - secondMean, 2) / (4 * sum));
        double distance = Hellinger.Distance(Single(firstMean, firstSd), 0, Single(secondMean, secondSd), 0);
        Close.Absolute(Math.Sqrt(1 - coefficient), distance, 1e-8, "distance");
        Close.Absolute(1 - coefficient, distance * distance, 1e-15, "squared distance");
    }

    [Fact]
    public void The_distance_is_symmetric_and_does_not_depend_on_units() =>
        Gen.Select(Gen.Int[1, 5], Gen.ULong).Holds((dimension, seed) =>
        {
            GaussianMixture mixture = RandomMixture.Draw(2, dimension, 2, seed);

            // powers of two: others round the covariances, which tells nearly singular ones apart
            double[] scale = [.. Enumerable.Range(0, dimension).Select(j => Math.Pow(2, (10 * j) - 13))];
            MixtureParameters plain = mixture.ToParameters();
            MixtureParameters scaled = Starts.Map(mixture, scale, 0).ToParameters();
            double distance = Hellinger.Distance(plain, 0, plain, 1);
            Assert.InRange(distance, 0, 1);
            Close.Absolute(distance, Hellinger.Distance(plain, 1, plain, 0), 1e-9, "turned round");
            Close.Absolute(distance * distance, Math.Pow(Hellinger.Distance(scaled, 0, scaled, 1), 2), 1e-14, "in other units");
        },
        iter: 200);

    [Fact]
    public void A_mixture_is_matched_with_itself_in_whatever_order() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 4], Gen.ULong).Holds((componentCount, dimension, seed) =>
        {
            GaussianMixture drawn = RandomMixture.Draw(componentCount, dimension, 10, seed);
            GaussianMixture reference = GaussianMixture.Create(
                Starts.EqualWeights(componentCount),
                [.. drawn.Components.Select(component => component.Mean)],
                [.. drawn.Components.Select(component => component.Covariance)]);
            GaussianMixture permuted = Starts.Permute(reference, new SplitMix64(seed).NextPermutation(componentCount));
            MixtureComparison comparison = MixtureComparison.Compare(reference, permuted);
            Assert.Equal(componentCount, comparison.Pairs.Count);
            foreach (ComponentPair pair in comparison.Pairs)
            {
                Assert.Equal(pair.Reference!.Mean, pair.Difference!.Mean);
                Assert.Equal(pair.Reference.Covariance, pair.Difference.Covariance);
                Close.Absolute(0, pair.Distance, 1e-6, "distance");
            }
        },
        iter: 200);

    [Theory]
    [InlineData(3, 2)]
    [InlineData(2, 3)]
    [InlineData(1, 4)]
    public void Components_without_a_match_stand_last(int referenceCount, int differenceCount)
    {
        GaussianMixture reference = Line(referenceCount);
        GaussianMixture difference = Line(differenceCount);
        MixtureComparison comparison = MixtureComparison.Compare(reference, difference);
        int matched = Math.Min(referenceCount, differenceCount);
        Assert.Equal(Math.Max(referenceCount, differenceCount), comparison.Pairs.Count);
        Assert.All(comparison.Pairs.Take(matched), pair => Assert.Equal(pair.Reference!.Mean, pair.Difference!.Mean));
        Assert.All(comparison.Pairs.Skip(matched), pair => Assert.True(double.IsNaN(pair.Distance)));
        Assert.All(comparison.Pairs.Skip(matched), pair => Assert.Null(referenceCount > differenceCount ? pair.Difference : pair.Reference));
        Assert.All(comparison.Pairs.Skip(matched), pair => Assert.NotNull(referenceCount > differenceCount ? pair.Reference : pair.Difference));
        IEnumerable<int> used = comparison.Pairs.Where(pair => pair.Difference is not null).Select(pair => pair.Difference!.Component);
        Assert.Equal(Enumerable.Range(1, differenceCount), used.Order());
    }

    [Fact]
    public void The_component_that_is_left_over_need_not_be_the_last()
    {
        GaussianMixture three = Line(3);
        GaussianMixture two = GaussianMixture.Create(Starts.EqualWeights(2), [[20.0], [10.0]], [Starts.Diagonal(1), Starts.Diagonal(1)]);
        MixtureComparison comparison = MixtureComparison.Compare(three, two);
        Assert.Equal([10.0, 20, 0], comparison.Pairs.Select(pair => pair.Reference!.Mean[0]));
        Assert.Equal([10.0, 20], comparison.Pairs.Take(2).Select(pair => pair.Difference!.Mean[0]));
        Assert.Null(comparison.Pairs[2].Difference);
    }

    [Fact]
    public void Mixtures_of_other_columns_are_refused()
    {
        InvalidMixtureException exception = Assert.Throws<InvalidMixtureException>(
            () => MixtureComparison.Compare(RandomMixture.Draw(2, 2, 5, 1), RandomMixture.Draw(2, 3, 5, 1)));
        Assert.Equal("DimensionMismatch", exception.ErrorId);
    }

    /// <summary>Components at 0, 10, 20, ..: those of a shorter line are the first of a longer one.</summary>
    private static GaussianMixture Line(int componentCount) => GaussianMixture.Create(
        Starts.EqualWeights(componentCount),
        [.. Enumerable.Range(0, componentCount).Select(k => new[] { 10.0 * k })],
        [.. Enumerable.Range(0, componentCount).Select(_ => Starts.Diagonal(1))]);

    private static MixtureParameters Single(double mean, double sd) =>
        GaussianMixture.Create([1], [[mean]], [Starts.Diagonal(sd * sd)]).ToParameters();

    /// <summary>The least cost by trying everything.</summary>
    private static double Cheapest(double[,] cost, int row, HashSet<int> taken)
    {
        if (row == cost.GetLength(0))
        {
            return 0;
        }

        double least = double.PositiveInfinity;
        for (int column = 0; column < cost.GetLength(1); column++)
        {
            if (taken.Add(column))
            {
                least = Math.Min(least, cost[row, column] + Cheapest(cost, row + 1, taken));
                taken.Remove(column);
            }
        }

        return least;
    }
}

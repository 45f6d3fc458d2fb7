using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Seams;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Views;
using Xunit;

namespace GmmTools.Core.Tests.Observations;

public sealed class CombinedObservationsTests
{
    private static readonly double[,] Rows = TestData.Draw(900, 3, 1, 11);

    [Fact]
    public void A_toy_source_and_rows_in_memory_fit_as_their_whole()
    {
        CombinedObservations combined = new([Toy(0, 300), Memory(300, 900)]);
        InMemoryObservations whole = TestData.Observations(Rows);
        Assert.Equal((whole.Count, whole.TotalWeight), (combined.Count, combined.TotalWeight));
        Assert.Equal((whole.Minimum[0], whole.Maximum[0]), (combined.Minimum[0], combined.Maximum[0]));
        Assert.False(combined.HasGaps);
        Assert.True(combined.CanEnumerate);
        Assert.Equal(whole.EnumerateRows().Select(row => row[0]), combined.EnumerateWeighted().Select(pair => pair.Row[0]));
        foreach (bool standardize in new[] { false, true })
        {
            EmOptions options = new() { ComponentCount = 3, Seed = 2, Standardize = standardize };
            EmFit expected = new EmEstimator(options).Fit(whole);
            EmFit fit = new EmEstimator(options).Fit(combined);
            Close.Relative(expected.LogLikelihood, fit.LogLikelihood, 1e-12, "log-likelihood");
            Assert.Equal(expected.IterationCount, fit.IterationCount);
        }
    }

    [Fact]
    public void The_sums_are_the_same_bits_for_any_number_of_threads()
    {
        MixtureParameters mixture = Mixture();
        CombinedObservations combined = new([Memory(0, 100), Toy(100, 500), Memory(500, 900)]);
        SufficientStatistics one = PartialObservationsTests.Compute(combined, mixture, 1);
        SufficientStatistics three = PartialObservationsTests.Compute(combined, mixture, 3);
        SufficientStatistics whole = PartialObservationsTests.Compute(TestData.Observations(Rows), mixture, 1);
        Assert.Equal(one.Scatters, three.Scatters);
        Assert.Equal(one.LogLikelihood, three.LogLikelihood);
        Assert.Equal(900, one.TotalWeight);
        Close.Relative(whole.LogLikelihood, one.LogLikelihood, 1e-13, "log-likelihood");
        Close.Relative(whole.Entropy, one.Entropy, 1e-12, "entropy");
    }

    [Fact]
    public void The_least_probable_rows_of_the_parts_are_merged()
    {
        MixtureParameters mixture = Mixture();
        IReadOnlyList<ImprobableRow> expected = TestData.Observations(Rows).FindLeastProbable(mixture, 40, 1, CancellationToken.None);
        IReadOnlyList<ImprobableRow> found = new CombinedObservations([Memory(0, 400), Toy(400, 900)]).FindLeastProbable(mixture, 40, 2, CancellationToken.None);
        Assert.Equal(expected.Select(row => row.Values), found.Select(row => row.Values));
    }

    [Fact]
    public void Parts_with_and_without_gaps_fit_as_their_whole()
    {
        double[,] rows = TestData.Draw(400, 2, 3, 5);
        double[,] gaps = Gaps.Punch(TestData.Draw(400, 2, 3, 5, 2), 0.2, 6);
        double[,] all = new double[800, 3];
        Array.Copy(gaps, 0, all, 0, gaps.Length);
        Array.Copy(rows, 0, all, gaps.Length, rows.Length);
        CombinedObservations combined = new([Gaps.Collect(gaps), TestData.Observations(rows)]);
        Assert.True(combined.HasGaps);
        MixtureParameters mixture = RandomMixture.Draw(2, 3, 4, 3).ToParameters();
        mixture.TryFactorize();
        IObservations whole = Gaps.Collect(all);
        Close.Relative(
            PartialObservationsTests.Compute(whole, mixture, 1).LogLikelihood,
            PartialObservationsTests.Compute(combined, mixture, 1).LogLikelihood,
            1e-12,
            "log-likelihood");
        Assert.Equal(
            whole.FindLeastProbable(mixture, 30, 1, CancellationToken.None).Select(row => row.Values),
            combined.FindLeastProbable(mixture, 30, 1, CancellationToken.None).Select(row => row.Values));
        EmOptions options = new() { ComponentCount = 2, Seed = 1 };
        Close.Relative(new EmEstimator(options).Fit(whole).LogLikelihood, new EmEstimator(options).Fit(combined).LogLikelihood, 1e-6, "fit");
    }

    [Fact]
    public void A_sample_has_of_each_part_what_it_weighs()
    {
        CombinedObservations combined = new([Toy(0, 300), Memory(300, 900)]);
        InMemoryObservations sample = combined.Sample(90, 4, CancellationToken.None);
        Assert.Equal(90, sample.Count);
        HashSet<double> first = [.. Enumerable.Range(0, 300).Select(i => Rows[i, 0])];
        Assert.Equal(30, sample.EnumerateRows().Count(row => first.Contains(row[0])));
        Assert.Equal(900, combined.Sample(900, 4, CancellationToken.None).Count);

        // rows without weights stand for as many as they were drawn from, next to some that have weights
        InMemoryObservations heavy = TestData.Chunked(TestData.Column(1, 2, 3), null, [100, 200, 300]);
        InMemoryObservations mixed = new CombinedObservations([Toy(0, 300), heavy]).Sample(60, 4, CancellationToken.None);
        Assert.Equal(900, mixed.TotalWeight, 1e-9);
        Assert.Equal(20, mixed.Count - 3);
        Assert.Equal([100.0, 200, 300], mixed.EnumerateWeighted().Where(pair => pair.Weight > 50).Select(pair => pair.Weight));
    }

    [Fact]
    public void The_parts_are_told_apart_in_a_checkpoint()
    {
        CombinedObservations combined = new([Toy(0, 300), Toy(300, 900)]);
        IReadOnlyList<KeyValuePair<string, string>> description = combined.Describe(CancellationToken.None);
        Assert.Equal(["the number of parts", "sum of part 1", "sum of part 2"], description.Select(pair => pair.Key));
    }

    [Fact]
    public void Parts_that_do_not_go_together_are_refused()
    {
        Assert.Equal("NoRows", Assert.Throws<InvalidObservationException>(() => new CombinedObservations([])).ErrorId);
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(
            () => new CombinedObservations([Toy(0, 10), InMemoryObservations.FromMatrix(Rows, ["other"])]));
        Assert.Equal("PartMismatch", error.ErrorId);
        Assert.Equal(2, error.OffendingValue);
    }

    private static ToyRows Toy(int first, int end) => new([.. Enumerable.Range(first, end - first).Select(i => Rows[i, 0])]);

    private static InMemoryObservations Memory(int first, int end) =>
        TestData.Observations(TestData.Column([.. Enumerable.Range(first, end - first).Select(i => Rows[i, 0])]));

    private static MixtureParameters Mixture()
    {
        MixtureParameters mixture = RandomMixture.Draw(3, 1, 4, 7).ToParameters();
        mixture.TryFactorize();
        return mixture;
    }
}

using System;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Chunks;
using GmmTools.Observations.Intake;
using GmmTools.Observations.Views;
using GmmTools.Scoring;
using Xunit;

namespace GmmTools.Core.Tests.Observations;

/// <summary>Views of rows wherever they are: filtered ones count what they keep, labelled ones give a row to the component that is known.</summary>
public sealed class ViewTests
{
    private const int Count = 3000;
    private static readonly double[,] Rows = TestData.Draw(Count, 3, 3, 4);
    private static readonly int[] Labels = [.. Enumerable.Range(0, Count).Select(i => i % 5 == 0 ? i % 3 : -1)];

    public static TheoryData<string> Sources => ["memory", "weighted", "file", "gaps", "parts", "scaled"];

    [Theory]
    [MemberData(nameof(Sources))]
    public void Labelled_rows_belong_to_their_component(string source)
    {
        using RowStorage storage = new(0);
        double[,] values = source == "gaps" ? Gaps.Punch(Rows, 0.2, 5) : Rows;
        IObservations rows = Create(source, storage);
        MixtureParameters mixture = Mixture(source);
        double[][] used = [.. rows.EnumerateWeighted().Select(entry => entry.Row.ToArray())];
        double[] weights = [.. rows.EnumerateWeighted().Select(entry => entry.Weight)];
        int[] labels = [.. Enumerable.Range(0, Count).Where(i => !TestData.Row(values, i).All(double.IsNaN)).Select(i => Labels[i])];
        SufficientStatistics actual = Compute(rows.Label(labels), mixture, 2);
        SufficientStatistics expected = SumRows(used, weights, labels, mixture);
        Close.Relative(expected.LogLikelihood, actual.LogLikelihood + ScaleOf(source, expected), 1e-11, "log-likelihood");
        Close.Relative(expected.Entropy, actual.Entropy, 1e-10, "entropy");
        Close.AllRelative(expected.Weights, actual.Weights, 1e-11, "weights");
        Assert.True(Math.Abs(Compute(rows, mixture, 2).LogLikelihood - actual.LogLikelihood) > 10);
        Assert.Equal(actual.Scatters, Compute(rows.Label(labels), mixture, 1).Scatters);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_filtered_view_has_the_rows_that_it_keeps_with_their_weights(string source)
    {
        using RowStorage storage = new(0);
        IObservations rows = Create(source, storage);
        double middle = (rows.Minimum[0] + rows.Maximum[0]) / 2;
        IObservations view = rows.Filter((number, row) => number % 2 == 0 && !(row[0] > middle));
        (double[] Row, double Weight)[] expected = [.. rows.EnumerateWeighted()
            .Select(entry => (entry.Row.ToArray(), entry.Weight))
            .Where((entry, i) => i % 2 == 0 && !(entry.Item1[0] > middle))];
        Assert.Equal(expected, view.EnumerateWeighted().Select(entry => (entry.Row.ToArray(), entry.Weight)));
        Assert.Equal(expected.Length, view.Count);
        Close.Relative(expected.Sum(entry => entry.Weight), view.TotalWeight, 1e-14, "total weight");
        Assert.Equal("NoRows", Assert.Throws<InvalidObservationException>(() => rows.Filter((_, _) => false)).ErrorId);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Labels_stay_with_their_rows_in_other_views_and_in_samples(string source)
    {
        using RowStorage storage = new(0);
        IObservations rows = Create(source, storage);
        int[] labels = [.. Labels.Take((int)rows.Count)];
        IObservations labelled = rows.Label(labels);
        int known = labels.Where((label, i) => label >= 0 && i % 2 == 0).Count();
        Assert.Equal(known, labelled.Filter((number, _) => number % 2 == 0).Sample(int.MaxValue, 1, CancellationToken.None).EnumerateLabels().Count(label => label >= 0));
        int few = labelled.Sample(500, 1, CancellationToken.None).EnumerateLabels().Count(label => label >= 0);
        Assert.InRange(few, 70, 130);
        string[] described = [.. labelled.Describe(CancellationToken.None).Select(pair => pair.Value)];
        Assert.NotEqual(described, rows.Label([.. labels.Select(_ => -1)]).Describe(CancellationToken.None).Select(pair => pair.Value));
    }

    [Fact]
    public void A_fit_of_labelled_rows_keeps_each_component_where_its_label_is()
    {
        double[,] rows = TestData.Column([.. Enumerable.Range(0, 400).Select(i => (i % 2 * 1.5) + Math.Sin(i))]);
        int[] labels = [.. Enumerable.Range(0, 400).Select(i => i % 4 < 2 ? i % 2 : -1)];
        GaussianMixture start = GaussianMixture.Create([0.51, 0.49], [[0.5], [0.6]], [new[,] { { 1.0 } }, new[,] { { 1.0 } }]);
        EmOptions options = new() { ComponentCount = 2, InitialMixture = start };
        EmFit fit = new EmEstimator(options).Fit(TestData.Observations(rows).Label(labels));
        double[] means = [.. fit.Mixture.Components.Select(component => component.Mean[0]).Order()];
        Close.Absolute(0, means[0], 0.15, "mean of the first label");
        Close.Absolute(1.5, means[1], 0.15, "mean of the second label");
    }

    [Fact]
    public void Wrong_labels_are_refused()
    {
        InMemoryObservations rows = TestData.Observations(TestData.Column(1, 2, 3));
        Assert.Throws<ArgumentException>(() => rows.Label([0, 1]));
        Assert.Equal("InvalidRowLabel", Assert.Throws<InvalidObservationException>(() => rows.Label([0, -2, 1])).ErrorId);
        EmEstimator estimator = new(new EmOptions { ComponentCount = 2, ThreadCount = 2 });
        Assert.Equal("LabelBeyondComponents", Assert.Throws<RowLabelException>(() => estimator.Fit(rows.Label([0, 2, 1]))).ErrorId);
        MixtureParameters mixture = Starts.Spread(TestData.Column(1, 2, 3), 2).Parameters;
        Assert.Equal("LabelBeyondComponents", Assert.Throws<RowLabelException>(() => Compute(rows.Label([0, 2, 1]), mixture, 1)).ErrorId);
    }

    private static IObservations Create(string source, RowStorage storage)
    {
        switch (source)
        {
            case "memory": return TestData.Observations(Rows);
            case "weighted": return TestData.Chunked(Rows, 512, [.. Enumerable.Range(0, Count).Select(i => 1.0 + (i % 3))]);
            case "gaps": return Gaps.Collect(Gaps.Punch(Rows, 0.2, 5));
            case "parts": return new CombinedObservations([Part(0, 1000), Part(1000, 2000)]);
            case "scaled": return new ScaledObservations(TestData.Observations(Rows), new ColumnScales([2, 0.5, 4]));
        }

        RowCollector collector = new(["a", "b", "c"], storage: storage);
        for (int i = 0; i < Count; i++)
        {
            collector.Add(TestData.Row(Rows, i));
        }

        return Assert.IsType<MappedObservations>(collector.Build());
    }

    private static InMemoryObservations Part(int first, int count) => TestData.Observations(TestData.Pick(Rows, [.. Enumerable.Range(first, count)]));

    private static MixtureParameters Mixture(string source)
    {
        MixtureParameters mixture = Starts.Spread(Rows, 3).Parameters.ToShape(CovarianceShape.Full);
        mixture = source == "scaled" ? new ColumnScales([2, 0.5, 4]).Divided(mixture) : mixture;
        Assert.Equal(-1, mixture.TryFactorize());
        return mixture;
    }

    /// <summary>Log-likelihoods of divided columns are those of the columns as they were.</summary>
    private static double ScaleOf(string source, SufficientStatistics statistics) =>
        source == "scaled" ? statistics.TotalWeight * new ColumnScales([2, 0.5, 4]).LogVolume : 0;

    private static SufficientStatistics Compute(IObservations rows, MixtureParameters mixture, int threads)
    {
        SufficientStatistics statistics = new(mixture.ComponentCount, mixture.Dimension, mixture.Shape);
        using IExpectationStep step = rows.PrepareExpectation(mixture.ComponentCount, mixture.Shape, threads);
        step.Compute(mixture, statistics, CancellationToken.None);
        return statistics;
    }

    /// <summary>Responsibilities of the scorer; those of a labelled row are replaced, and what is left of its density is the component's part.</summary>
    private static SufficientStatistics SumRows(double[][] rows, double[] weights, int[] labels, MixtureParameters mixture)
    {
        // the mixture sorts its components: their order has to be that of the parameters here
        GaussianMixture sorted = new(mixture);
        MixtureScorer scorer = new(sorted);
        SufficientStatistics sums = new(mixture.ComponentCount, mixture.Dimension, mixture.Shape);
        for (int i = 0; i < rows.Length; i++)
        {
            double score = scorer.Score(rows[i]);
            int place = Array.IndexOf([.. sorted.SourceOrder], labels[i]);
            double share = place < 0 ? 1 : scorer.Responsibilities[place];
            sums.LogLikelihood += weights[i] * (score + Math.Log(share));
            sums.TotalWeight += weights[i];
            for (int k = 0; k < mixture.ComponentCount; k++)
            {
                double r = place < 0 ? scorer.Responsibilities[k] : k == place ? 1 : 0;
                sums.Weights[sorted.SourceOrder[k]] += weights[i] * r;
                sums.Entropy -= r > 0 ? weights[i] * r * Math.Log(r) : 0;
            }
        }

        return sums;
    }
}

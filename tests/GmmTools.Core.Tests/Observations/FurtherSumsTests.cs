using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;
using GmmTools.Numerics.Vectors;
using GmmTools.Observations;
using GmmTools.Observations.Views;
using Xunit;

namespace GmmTools.Core.Tests.Observations;

/// <summary>A link whose rows count for something gets its sums from any source of rows that kernels read.</summary>
public sealed class FurtherSumsTests
{
    private static readonly double[,] Rows = TestData.Draw(7000, 3, 3, 4);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_step_runs_the_kernels_of_the_terms_and_passes_their_sums_on(int threads)
    {
        MixtureParameters mixture = Mixture();
        SufficientStatistics expected = Plain(mixture);
        SufficientStatistics actual = Compute(TestData.Observations(Rows), mixture, threads, mixture.Terms.Link.FurtherSums);
        Close.Relative(expected.LogLikelihood, actual.LogLikelihood, 1e-11, "log-likelihood");
        Close.AllRelative(expected.Weights, actual.Weights, 1e-11, "weights");
        Close.AllRelative(expected.MomentWeights, actual.MomentWeights, 1e-11, "weights in the moments");
        Close.AllRelative(expected.Scatters, actual.Scatters, 1e-9, "scatters");
        Assert.All(expected.MomentWeights, (weight, k) => Assert.True(weight < 0.9 * expected.Weights[k]));
    }

    [Fact]
    public void Parts_add_the_further_sums_up()
    {
        MixtureParameters mixture = Mixture();
        FurtherSums further = mixture.Terms.Link.FurtherSums | FurtherSums.BackgroundWeight;
        mixture.Background = UniformBackground.OfBox([-20, -20, -20], [20, 20, 20]);
        mixture.BackgroundWeight = 0.1;
        mixture.FillBackground();
        IObservations[] parts = [.. new[] { (0, 3000), (3000, 4000) }.Select(part =>
            TestData.Observations(TestData.Pick(Rows, [.. Enumerable.Range(part.Item1, part.Item2)])))];
        SufficientStatistics whole = Compute(TestData.Observations(Rows), mixture, 2, further);
        SufficientStatistics sum = Compute(new CombinedObservations(parts), mixture, 2, further);
        Close.AllRelative(whole.LogMomentWeights, sum.LogMomentWeights, 1e-11, "logarithms of the weights");
        Close.AllRelative(whole.MomentWeights, sum.MomentWeights, 1e-11, "weights in the moments");
        Close.Relative(whole.BackgroundWeight, sum.BackgroundWeight, 1e-11, "weight of the background");
        Assert.True(sum.BackgroundWeight > 100);
    }

    [Fact]
    public void One_step_serves_one_link_after_the_other()
    {
        MixtureParameters linked = Mixture();
        MixtureParameters normal = linked.Clone();
        normal.Terms.Link = LinkKind.Normal;
        using IExpectationStep step = TestData.Observations(Rows).PrepareExpectation(3, CovarianceShape.Full, 2);
        SufficientStatistics first = new(3, 3, CovarianceShape.Full, FurtherSums.MomentWeights);
        step.Compute(linked, first, CancellationToken.None);
        SufficientStatistics second = new(3, 3, CovarianceShape.Full);
        step.Compute(normal, second, CancellationToken.None);
        Assert.Equal(Compute(TestData.Observations(Rows), normal, 2, FurtherSums.None).Scatters, second.Scatters);
        Assert.NotEqual(first.LogLikelihood, second.LogLikelihood);
    }

    [Fact]
    public void Scores_follow_the_link_of_the_terms()
    {
        MixtureParameters mixture = Mixture();
        double[] row = TestData.Row(Rows, 0);
        RowScores few = new KernelScorer(3).Score(new RowChunk(row, 1, null), mixture.Terms, false);
        RowScores many = new KernelScorer(3).Score(TestData.Observations(Rows).Chunks[0], mixture.Terms, false);
        Close.Relative(new RowScorer<SlowLink>(mixture.Terms).Score(row), few.LogDensities[0], 1e-14, "a row");
        Close.Relative(few.LogDensities[0], many.LogDensities[0], 1e-12, "a row of many");
    }

    private static MixtureParameters Mixture()
    {
        MixtureParameters mixture = Starts.Spread(Rows, 3).Parameters.ToShape(CovarianceShape.Full);
        Assert.Equal(-1, mixture.TryFactorize());
        mixture.Terms.Link = LinkKind.Of<SlowLink>();
        return mixture;
    }

    private static SufficientStatistics Plain(MixtureParameters mixture)
    {
        SufficientStatistics sum = new(3, 3, CovarianceShape.Full, FurtherSums.MomentWeights);
        sum.Clear(mixture.Means);
        foreach (RowChunk chunk in TestData.Observations(Rows).Chunks)
        {
            new ScalarExpectationKernel<SlowLink>(3).Accumulate(chunk, mixture.Terms, sum);
        }

        return sum;
    }

    private static SufficientStatistics Compute(IObservations rows, MixtureParameters mixture, int threads, FurtherSums further)
    {
        SufficientStatistics statistics = new(3, 3, CovarianceShape.Full, further);
        using IExpectationStep step = rows.PrepareExpectation(3, CovarianceShape.Full, threads);
        step.Compute(mixture, statistics, CancellationToken.None);
        return statistics;
    }

    /// <summary>l = c − q/4, whose rows count for ½ each.</summary>
    private readonly struct SlowLink : ILink
    {
        public bool WeighsRows => true;

        public void Take(LogTerms terms, int component)
        {
        }

        public double LogDensity(double offset, double squaredDistance) => offset - (0.25 * squaredDistance);

        public double Weight(double squaredDistance, out double logWeight)
        {
            logWeight = System.Math.Log(0.5);
            return 0.5;
        }

        public TVector LogDensity<TOps, TVector>(TVector offset, TVector squaredDistance, out TVector weight, out TVector logWeight)
            where TOps : struct, IVectorOperations<TVector> where TVector : struct
        {
            weight = TOps.Create(0.5);
            logWeight = TOps.Create(System.Math.Log(0.5));
            return TOps.MultiplyAdd(squaredDistance, TOps.Create(-0.25), offset);
        }
    }
}

using System;
using GmmTools.Core.Tests.Support;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;
using GmmTools.Numerics.Vectors;
using Xunit;

namespace GmmTools.Core.Tests.Seams;

/// <summary>A guest at the seam of the kernels: l = c − log(1 + q), whose rows count for 2/(1 + q).</summary>
public sealed class ToyLinkTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void The_fastest_kernel_and_the_plain_one_agree(int dimension)
    {
        double[,] rows = TestData.Draw(300, 3, dimension, 4);
        MixtureParameters mixture = Starts.Spread(rows, 3).Parameters.ToShape(CovarianceShape.Full);
        Assert.Equal(-1, mixture.TryFactorize());
        RowChunk chunk = TestData.Observations(rows).Chunks[0];
        SufficientStatistics expected = Accumulate(new ScalarExpectationKernel<ToyLink>(dimension), chunk, mixture);
        SufficientStatistics actual = Accumulate(ExpectationKernel.Create<ToyLink>(3, dimension, CovarianceShape.Full), chunk, mixture);
        Close.Relative(expected.LogLikelihood, actual.LogLikelihood, 1e-12, "log-likelihood");
        Close.AllRelative(expected.Weights, actual.Weights, 1e-11, "weights");
        Close.AllRelative(expected.MomentWeights, actual.MomentWeights, 1e-11, "weights in the moments");
        Close.AllRelative(expected.LogMomentWeights, actual.LogMomentWeights, 1e-11, "logarithms of the weights");
        Close.AllRelative(expected.Scatters, actual.Scatters, 1e-8, "scatters");
        Assert.All(expected.MomentWeights, (weight, k) => Assert.NotEqual(expected.Weights[k], weight));
    }

    private static SufficientStatistics Accumulate(ExpectationKernel kernel, RowChunk rows, MixtureParameters mixture)
    {
        SufficientStatistics statistics = new(3, mixture.Dimension, mixture.Shape, FurtherSums.MomentWeights);
        kernel.Accumulate(rows, mixture.Terms, statistics);
        return statistics;
    }

    private readonly struct ToyLink : ILink
    {
        public bool WeighsRows => true;

        public void Take(LogTerms terms, int component)
        {
        }

        public double LogDensity(double offset, double squaredDistance) => offset - Math.Log(1 + squaredDistance);

        public double Weight(double squaredDistance, out double logWeight)
        {
            logWeight = Math.Log(2) - Math.Log(1 + squaredDistance);
            return 2 / (1 + squaredDistance);
        }

        public TVector LogDensity<TOps, TVector>(TVector offset, TVector squaredDistance, out TVector weight, out TVector logWeight)
            where TOps : struct, IVectorOperations<TVector> where TVector : struct
        {
            TVector log = TOps.Log(TOps.Add(TOps.Create(1), squaredDistance));
            weight = TOps.Divide(TOps.Create(2), TOps.Add(TOps.Create(1), squaredDistance));
            logWeight = TOps.Subtract(TOps.Create(Math.Log(2)), log);
            return TOps.Subtract(offset, log);
        }
    }
}

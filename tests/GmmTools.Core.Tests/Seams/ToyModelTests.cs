using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Iteration;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Estimation.Models;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using Xunit;

namespace GmmTools.Core.Tests.Seams;

/// <summary>A guest at the seam of the estimator: components of variance 1, whose means alone are estimated, and no coordinates.</summary>
public sealed class ToyModelTests
{
    /// <summary>Two unit matrices, packed.</summary>
    private static readonly double[] Unit = [1, 0, 1, 1, 0, 1];

    [Fact]
    public void A_model_of_its_own_is_iterated_like_any_other()
    {
        double[,] rows = TestData.Faithful;
        InMemoryObservations observations = TestData.Observations(rows);
        PooledMoments pooled = PooledMoments.Compute(observations, CovarianceShape.Full, 1, CancellationToken.None);
        using EmRunner runner = new(observations, pooled, new UnitModel(), new RunRules(), 1);
        RunLimits limits = new(1e-10, 500, CancellationToken.None, CancellationToken.None);
        MixtureParameters start = Starts.Spread(rows, 2).Parameters.ToShape(CovarianceShape.Full);
        Unit.CopyTo(start.Covariances, 0);
        EmRun run = runner.Run(start, limits, null, null);
        Assert.Equal(StopReason.Converged, run.StopReason);
        Assert.Equal(Unit, run.Mixture.Covariances);
        for (int i = 1; i < run.LogLikelihoodTrace.Count; i++)
        {
            Close.AtLeast(run.LogLikelihoodTrace[i - 1], run.LogLikelihoodTrace[i], 1e-9, "log-likelihood");
        }

        // spheres of variance 1 so far apart divide the rows like 2-means
        double[] ends = [.. Enumerable.Range(0, 2).Select(k => run.Mixture.Means[(2 * k) + 1]).OrderBy(mean => mean)];
        Assert.InRange(ends[0], 54, 56);
        Assert.InRange(ends[1], 79, 81);
    }

    private sealed class UnitModel() : EstimationModel(MaximizationStep.Create(CovarianceModel.VVV), 2)
    {
        public override bool HasCoordinates => false;

        public override void Maximize(
            SufficientStatistics statistics, MixtureParameters? previous, MixtureParameters result, double[]? fixedWeights)
        {
            MaximizationStep.MaximizeLocations(statistics, previous, result, fixedWeights);
            Unit.CopyTo(result.Covariances, 0);
        }
    }
}

using System;
using System.Threading;
using GmmTools.Estimation.Models;
using GmmTools.Mixtures;
using GmmTools.Observations;
using Xunit;

namespace GmmTools.Core.Tests.Estimation.Models;

public sealed class CovarianceFloorTests
{
    /// <summary>A few rows bound the floor; what the bound decides without the scales of all rows is what these decide.</summary>
    [Theory]
    [InlineData(CovarianceModel.VVV, 0)]
    [InlineData(CovarianceModel.VVV, 0.05)]
    [InlineData(CovarianceModel.VVI, 0.01)]
    [InlineData(CovarianceModel.VVI, 0.5)]
    [InlineData(CovarianceModel.VII, 0.1)]
    public void TheScalesChangeNothingThatTheirBoundDecides(CovarianceModel model, double step)
    {
        int decided = 0;
        for (int seed = 1; seed <= 20; seed++)
        {
            InMemoryObservations rows = Draw(seed, step);
            for (int power = -24; power <= 2; power++)
            {
                PooledMoments fresh = PooledMoments.Compute(rows, model.Shape(), 1, CancellationToken.None);
                PooledMoments known = PooledMoments.Compute(rows, model.Shape(), 1, CancellationToken.None);
                _ = known.Scales;
                MixtureParameters mixture = Shrunk(known, Math.Pow(4, power));
                bool expected = new CovarianceFloor(known, model, 1e-10).IsBelow(mixture, 0);

                Assert.Equal(expected, new CovarianceFloor(fresh, model, 1e-10).IsBelow(mixture, 0));
                decided += fresh.HasScales ? 0 : 1;
            }
        }

        // covariances down to a tenth of the pooled one need no look at the rows at all, and that was always so
        Assert.True(decided > 20 * 4, $"only {decided} decisions were made without the scales");
    }

    private static MixtureParameters Shrunk(PooledMoments pooled, double factor)
    {
        MixtureParameters mixture = new(1, pooled.Dimension, pooled.Shape);
        mixture.Weights[0] = 1;
        for (int i = 0; i < pooled.Covariance.Length; i++)
        {
            mixture.Covariances[i] = factor * pooled.Covariance[i];
        }

        return mixture;
    }

    private static InMemoryObservations Draw(int seed, double step)
    {
        Random random = new(seed);
        ObservationsBuilder builder = new(["x", "y"]);
        for (int i = 0; i < 400; i++)
        {
            double x = 20 * random.NextDouble() * random.NextDouble();
            double y = (0.5 * x) + random.NextDouble();
            builder.Add([Round(x), Round(y)]);
        }

        return builder.Build();

        double Round(double value) => step == 0 ? value : step * Math.Round(value / step);
    }
}

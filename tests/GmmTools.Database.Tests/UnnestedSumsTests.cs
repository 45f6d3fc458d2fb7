using System;
using System.Data.Common;
using System.Linq;
using System.Threading;
using GmmTools.Connectors.Databases;
using GmmTools.Database.Tests.Support;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using Xunit;

namespace GmmTools.Database.Tests;

/// <summary>Sums that DuckDB takes by component, over the rows that each has a share in.</summary>
[Collection(EngineCollection.Name)]
public sealed class UnnestedSumsTests(Engines engines)
{
    [Theory]
    [InlineData(3.0, true)]
    [InlineData(200.0, true)]
    [InlineData(1e6, false)]
    public void Components_without_rows_and_far_away_have_their_sums(double place, bool isUnnested)
    {
        double[,] rows = DatabaseFitTests.Draw(2, 4, 400);
        using DbConnection connection = engines.Open("DuckDb");
        using DatabaseObservations table = DatabaseFitTests.Fill(connection, "DuckDb", rows);
        GaussianMixture mixture = GaussianMixture.Create(
            [0.4, 0.35, 0.25], [[-1, 0, 0, 1], [1, 2, 0, -1], [place, place, place, place]], [Covariance(0.5), Covariance(-0.9), Covariance(0.2)]);
        Assert.Equal(isUnnested, table.GetQueries(mixture)[0].Contains("UNNEST", StringComparison.Ordinal));

        SufficientStatistics expected = Sums(InMemoryObservations.FromMatrix(rows), mixture);
        SufficientStatistics found = Sums(table, mixture);

        Assert.Equal(400, found.TotalWeight);
        Assert.Equal(expected.LogLikelihood, found.LogLikelihood, 1e-10 * Math.Abs(expected.LogLikelihood));
        Assert.Equal(expected.Entropy, found.Entropy, 1e-9);
        Assert.Equal(place > 100, found.Weights[2] == 0);
        AssertNear(expected.Weights, found.Weights);
        AssertNear(expected.FirstMoments, found.FirstMoments);
        AssertNear(expected.Scatters, found.Scatters);
    }

    private static void AssertNear(double[] expected, double[] found) =>
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-9 * Math.Max(1, Math.Abs(pair.First))));

    private static SufficientStatistics Sums(IObservations rows, GaussianMixture mixture)
    {
        MixtureParameters parameters = mixture.ToParameters();
        Assert.Equal(-1, parameters.TryFactorize());
        SufficientStatistics statistics = new(3, 4, CovarianceShape.Full);
        using IExpectationStep step = rows.PrepareExpectation(3, CovarianceShape.Full, 1);
        step.Compute(parameters, statistics, CancellationToken.None);
        return statistics;
    }

    private static double[,] Covariance(double correlation)
    {
        double[,] covariance = { { 4, 0, 0, 0 }, { 0, 4, 0, 0 }, { 0, 0, 4, 0 }, { 0, 0, 0, 4 } };
        covariance[0, 1] = covariance[1, 0] = 4 * correlation;
        return covariance;
    }
}

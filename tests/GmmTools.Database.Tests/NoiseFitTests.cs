using System.Data.Common;
using System.Linq;
using GmmTools.Connectors.Databases;
using GmmTools.Connectors.Databases.Dialects;
using GmmTools.Connectors.Databases.Sql;
using GmmTools.Database.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Numerics.Kernels;
using GmmTools.Observations;
using GmmTools.Scoring;
using Xunit;

namespace GmmTools.Database.Tests;

/// <summary>EM with noise in an engine against EM here.</summary>
[Collection(EngineCollection.Name)]
public sealed class NoiseFitTests(Engines engines)
{
    [Theory]
    [MemberData(nameof(Engines.Available), MemberType = typeof(Engines))]
    public void Twenty_iterations_end_where_ours_do(string engine)
    {
        double[,] rows = Rows(600);
        using DbConnection connection = engines.Open(engine);
        using DatabaseObservations table = DatabaseFitTests.Fill(connection, engine, rows);
        foreach (CovarianceModel model in new[] { CovarianceModel.VVV, CovarianceModel.EEE, CovarianceModel.VVI })
        {
            EmOptions options = DatabaseFitTests.Options(3, model, DatabaseFitTests.Start(3, 2));
            options.Noise = true;
            options.NoiseVolume = 4000;
            EmFit here = new EmEstimator(options).Fit(InMemoryObservations.FromMatrix(rows));
            EmFit there = new EmEstimator(options).Fit(table);
            DatabaseFitTests.AssertEqual(here, there, 1e-9);
            Assert.Equal(here.Mixture.Noise!.Weight, there.Mixture.Noise!.Weight, 1e-9);
            Assert.InRange(there.Mixture.Noise.Weight, 0.02, 0.3);
            LikelihoodSummary measured = LikelihoodSummary.Measure(there.Mixture, table, 1, default);
            Assert.Equal(there.LogLikelihood, measured.LogLikelihood, 1e-8);
            Assert.Equal(there.Icl, measured.Icl, 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Engines.Available), MemberType = typeof(Engines))]
    public void Sums_may_be_reproducible_and_the_start_left_out(string engine)
    {
        double[,] rows = Rows(600);
        using DbConnection connection = engines.Open(engine);
        Sql.CreateTable(connection, SqlDialects.Find(engine), "rows_", ["x1", "x2"], rows);
        using DatabaseObservations table = DatabaseObservations.Open(
            connection, new DatabaseOptions { Table = "rows_", Property = ["x*"], Reproducible = true });
        EmOptions options = new() { ComponentCount = 3, Noise = true, NoiseVolume = 4000 };
        EmFit here = new EmEstimator(options).Fit(InMemoryObservations.FromMatrix(rows));
        Assert.Equal(here.LogLikelihood, new EmEstimator(options).Fit(table).LogLikelihood, 1e-3);
        options.InitialMixture = here.Mixture;
        Assert.Equal(here.LogLikelihood, new EmEstimator(options).Fit(table).LogLikelihood, 1e-3);

        // where the rows stay, their box lies along the columns
        options.NoiseVolume = null;
        Assert.Empty(new EmEstimator(options).Fit(table).Mixture.Noise!.Edge);
    }

    /// <summary>The expressions for tables on other servers, which are no derived tables; any engine takes them.</summary>
    [Theory]
    [MemberData(nameof(Engines.Available), MemberType = typeof(Engines))]
    public void Expressions_over_the_columns_alone_share_rows_as_ours(string engine)
    {
        double[,] rows = Rows(100);
        using DbConnection connection = engines.Open(engine);
        MixtureParameters mixture = DatabaseFitTests.Start(2, 2).ToParameters();
        mixture.Weights[0] = mixture.Weights[1] = 0.45;
        mixture.Background = UniformBackground.OfBox([-30, -30], [30, 30]);
        mixture.BackgroundWeight = 0.1;
        Assert.Equal(-1, mixture.TryFactorize());
        FlatResponsibilitySql flat = DatabaseFitTests.FillFlat(connection, engine, rows, mixture);
        double[] Values(string expression) => Sql.Numbers(connection, $"SELECT {expression} FROM {flat.ToSource()} ORDER BY id");
        double[] noise = Values(flat.NoiseResponsibility!);
        double[] entropies = Values(flat.LogTerm);
        double[][] shares = [.. new[] { 0, 1 }.Select(k => Values(flat.Responsibility(k)))];
        RowScorer<NormalLink> scorer = new(mixture.Terms);
        for (int i = 0; i < 100; i++)
        {
            scorer.Score([rows[i, 0], rows[i, 1]]);
            Assert.Equal(scorer.BackgroundResponsibility, noise[i], 1e-11);
            Assert.Equal(scorer.Entropy, entropies[i], 1e-10);
            Assert.All(new[] { 0, 1 }, k => Assert.Equal(scorer.Responsibilities[k], shares[k][i], 1e-11));
        }
    }

    /// <summary>Rows of three components, and every tenth anywhere.</summary>
    private static double[,] Rows(int count)
    {
        double[,] rows = DatabaseFitTests.Draw(3, 2, count);
        for (int i = 0; i < count; i += 10)
        {
            rows[i, 0] = -25 + (50 * (i * 0.6180339887 % 1));
            rows[i, 1] = -25 + (50 * (i * 0.7548776662 % 1));
        }

        return rows;
    }
}

using System;
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
using GmmTools.Observations.Intake;
using GmmTools.Observations.Views;
using GmmTools.Scoring;
using Xunit;

namespace GmmTools.Database.Tests;

/// <summary>EM with components of multivariate t in an engine against EM here, from the same start.</summary>
[Collection(EngineCollection.Name)]
public sealed class StudentFitTests(Engines engines)
{
    private const double Tolerance = 1e-9;

    public static TheoryData<string, string> Cases()
    {
        TheoryData<string, string> cases = [];
        foreach (string engine in Engines.Names)
        {
            foreach (string degrees in (string[])["own", "common", "given", "given for each", "many"])
            {
                cases.Add(engine, degrees);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Twenty_iterations_end_where_ours_do(string engine, string degrees)
    {
        double[,] rows = Rows(600);
        using DbConnection connection = engines.Open(engine);
        using DatabaseObservations table = DatabaseFitTests.Fill(connection, engine, rows);
        foreach (CovarianceModel model in new[] { CovarianceModel.VVV, CovarianceModel.EEE, CovarianceModel.VEV, CovarianceModel.VVI })
        {
            EmOptions options = Options(model, degrees);
            EmFit here = new EmEstimator(options).Fit(InMemoryObservations.FromMatrix(rows));
            EmFit there = new EmEstimator(options).Fit(table);
            AssertEqual(here, there);
            LikelihoodSummary measured = LikelihoodSummary.Measure(there.Mixture, table, 1, default);
            Assert.Equal(there.LogLikelihood, measured.LogLikelihood, 1e-8);
            Assert.Equal(LikelihoodSummary.Measure(there.Mixture, InMemoryObservations.FromMatrix(rows), 1, default).Icl, measured.Icl, 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Engines.Available), MemberType = typeof(Engines))]
    public void Weights_count_and_gaps_are_left_out(string engine)
    {
        double[,] rows = Rows(600);
        InMemoryObservations sound = DatabaseFitTests.Punch(rows, out double[] weights);
        using DbConnection connection = engines.Open(engine);
        Sql.CreateTable(connection, SqlDialects.Find(engine), "rows_", ["x1", "x2"], rows, weights);
        using DatabaseObservations observations = DatabaseObservations.Open(
            connection, new DatabaseOptions { Table = "rows_", Property = ["x*"], WeightProperty = "w", MissingValue = MissingValuePolicy.Omit });
        EmOptions options = Options(CovarianceModel.VVV, "own");
        AssertEqual(new EmEstimator(options).Fit(sound), new EmEstimator(options).Fit(observations));
    }

    [Theory]
    [MemberData(nameof(Engines.Available), MemberType = typeof(Engines))]
    public void Narrow_components_and_those_far_away_cost_no_digits(string engine)
    {
        double[,] rows = Rows(600);
        for (int i = 0; i < 600; i += 2)
        {
            rows[i, 0] = 1e4 + (1e-3 * rows[i, 0]);
        }

        using DbConnection connection = engines.Open(engine);
        using DatabaseObservations table = DatabaseFitTests.Fill(connection, engine, rows);
        EmOptions options = Options(CovarianceModel.VVV, "own");
        options.InitialMixture = GaussianMixture.Create([0.5, 0.5], [[0, 0], [1e4, 0]], [new double[,] { { 9, 0 }, { 0, 9 } }, new double[,] { { 1e-5, 0 }, { 0, 9 } }]);
        options.ComponentCount = 2;
        AssertEqual(new EmEstimator(options).Fit(InMemoryObservations.FromMatrix(rows)), new EmEstimator(options).Fit(table));
    }

    [Theory]
    [MemberData(nameof(Engines.Available), MemberType = typeof(Engines))]
    public void Tables_together_are_fitted_as_their_rows_are(string engine)
    {
        double[,] rows = Rows(600);
        double[][,] halves = [.. new[] { 0, 300 }.Select(first =>
        {
            double[,] half = new double[300, 2];
            Array.Copy(rows, first * 2, half, 0, 600);
            return half;
        })];
        using DbConnection connection = engines.Open(engine);
        Sql.CreateTable(connection, SqlDialects.Find(engine), "rows_", ["x1", "x2"], halves[0]);
        Sql.CreateTable(connection, SqlDialects.Find(engine), "more_", ["x1", "x2"], halves[1]);
        using DatabaseObservations first = DatabaseObservations.Open(connection, new DatabaseOptions { Table = "rows_", Property = ["x*"] });
        using DatabaseObservations second = DatabaseObservations.Open(connection, new DatabaseOptions { Table = "more_", Property = ["x*"] });
        CombinedObservations both = new([first, second]);
        EmOptions options = Options(CovarianceModel.VVV, "common");
        EmFit there = new EmEstimator(options).Fit(both);
        AssertEqual(new EmEstimator(options).Fit(InMemoryObservations.FromMatrix(rows)), there);
        Assert.Equal(there.LogLikelihood, LikelihoodSummary.Measure(there.Mixture, both, 1, default).LogLikelihood, 1e-8);
    }

    [Fact]
    public void A_fit_without_a_start_samples_fits_and_refines()
    {
        double[,] rows = Rows(21_000);
        using DbConnection connection = engines.Open("DuckDb");
        using DatabaseObservations table = DatabaseFitTests.Fill(connection, "DuckDb", rows);
        EmOptions options = new() { ComponentCount = 3, Seed = 1, Tail = Tail.Student };
        EmFit there = new EmEstimator(options).Fit(table);
        Assert.Equal(new EmEstimator(options).Fit(InMemoryObservations.FromMatrix(rows)).LogLikelihood, there.LogLikelihood, 0.05);
        Assert.Equal(StopReason.Converged, there.StopReason);
        Assert.Equal(21_000, there.RowCount);
    }

    [Theory]
    [MemberData(nameof(Engines.Available), MemberType = typeof(Engines))]
    public void Reproducible_sums_are_those_of_the_rows_in_any_order(string engine)
    {
        double[,] rows = Rows(5000);
        double[,] reversed = new double[5000, 2];
        for (int i = 0; i < 5000; i++)
        {
            (reversed[i, 0], reversed[i, 1]) = (rows[4999 - i, 0], rows[4999 - i, 1]);
        }

        EmOptions options = Options(CovarianceModel.VVV, "own");
        EmFit Run(double[,] table)
        {
            using DbConnection connection = engines.Open(engine);
            Sql.CreateTable(connection, SqlDialects.Find(engine), "rows_", ["x1", "x2"], table);
            using DatabaseObservations observations = DatabaseObservations.Open(
                connection, new DatabaseOptions { Table = "rows_", Property = ["x*"], Reproducible = true });
            return new EmEstimator(options).Fit(observations);
        }

        EmFit first = Run(rows);
        EmFit second = Run(reversed);
        AssertEqual(new EmEstimator(options).Fit(InMemoryObservations.FromMatrix(rows)), first);
        Assert.Equal(first.LogLikelihoodTrace, second.LogLikelihoodTrace);
        Assert.Equal(first.Mixture.Components.Select(component => component.DegreesOfFreedom), second.Mixture.Components.Select(component => component.DegreesOfFreedom));
    }

    /// <summary>The expressions for tables on other servers, which are no derived tables; any engine takes them.</summary>
    [Theory]
    [MemberData(nameof(Engines.Available), MemberType = typeof(Engines))]
    public void Expressions_over_the_columns_alone_weigh_rows_as_ours(string engine)
    {
        double[,] rows = Rows(100);
        using DbConnection connection = engines.Open(engine);
        MixtureParameters mixture = DatabaseFitTests.Start(2, 2).ToParameters();
        mixture.DegreesOfFreedom = [3, 1e7];
        Assert.Equal(-1, mixture.TryFactorize());
        FlatResponsibilitySql flat = DatabaseFitTests.FillFlat(connection, engine, rows, mixture);
        double[] Values(string expression) => Sql.Numbers(connection, $"SELECT {expression} FROM {flat.ToSource()} ORDER BY id");
        double[] entropies = Values(flat.LogTerm);
        double[][] shares = [.. new[] { 0, 1 }.Select(k => Values(flat.Responsibility(k)))];
        double[][] weights = [.. new[] { 0, 1 }.Select(k => Values(flat.MomentWeight(k)))];
        double[][] logs = [.. new[] { 0, 1 }.Select(k => Values(flat.Logarithm(k)!))];
        RowScorer<StudentLink> scorer = new(mixture.Terms);
        for (int i = 0; i < 100; i++)
        {
            scorer.Score([rows[i, 0], rows[i, 1]]);
            Assert.Equal(scorer.Entropy, entropies[i], 1e-9);
            Assert.All(new[] { 0, 1 }, k =>
            {
                double share = scorer.Responsibilities[k];
                Assert.Equal(share, shares[k][i], 1e-10);
                Assert.Equal(share * scorer.Weights[k], weights[k][i], 1e-10);
                Assert.Equal(share * (mixture.Terms.LogWeightsAtCentre[k] - scorer.LogWeights[k]), logs[k][i], 1e-10);
            });
        }
    }

    internal static EmOptions Options(CovarianceModel model, string degrees)
    {
        EmOptions options = DatabaseFitTests.Options(3, model, DatabaseFitTests.Start(3, 2));
        options.Tail = Tail.Student;
        options.CommonDegreesOfFreedom = degrees == "common";
        options.DegreesOfFreedom = degrees switch
        {
            "given" => [4],
            "given for each" => [3, 5, 50],
            "many" => [1e6],
            _ => null,
        };
        return options;
    }

    /// <summary>Log-likelihood, weights, means and matrices to 1e-9, and degrees of freedom to 1e-6.</summary>
    internal static void AssertEqual(EmFit expected, EmFit actual)
    {
        DatabaseFitTests.AssertEqual(expected, actual, Tolerance);
        for (int k = 0; k < expected.ComponentCount; k++)
        {
            double degrees = expected.Mixture.Components[k].DegreesOfFreedom!.Value;
            Assert.Equal(degrees, actual.Mixture.Components[k].DegreesOfFreedom!.Value, 1e-6 * degrees);
        }
    }

    /// <summary>Rows of three components, of which every tenth is several times as far out.</summary>
    internal static double[,] Rows(int count)
    {
        double[,] rows = DatabaseFitTests.Draw(3, 2, count);
        for (int i = 0; i < count; i += 10)
        {
            rows[i, 0] += 12 * ((i * 0.6180339887 % 1) - 0.5);
            rows[i, 1] += 12 * ((i * 0.7548776662 % 1) - 0.5);
        }

        return rows;
    }
}

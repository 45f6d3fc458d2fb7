using System;
using System.Data.Common;
using System.Linq;
using GmmTools.Connectors.Databases;
using GmmTools.Connectors.Databases.Dialects;
using GmmTools.Connectors.Databases.Sql;
using GmmTools.Database.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Estimation.Known;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using GmmTools.Sampling;
using Xunit;

namespace GmmTools.Database.Tests;

/// <summary>EM in an engine against EM here, from the same start.</summary>
[Collection(EngineCollection.Name)]
public sealed class DatabaseFitTests(Engines engines)
{
    private const int Rows = 600;
    private const double Tolerance = 1e-9;

    public static TheoryData<string, int, int> Sizes()
    {
        TheoryData<string, int, int> cases = [];
        foreach (string engine in Engines.Names)
        {
            foreach ((int k, int d) in ((int, int)[])[(1, 1), (2, 1), (3, 2), (2, 4), (4, 3)])
            {
                cases.Add(engine, k, d);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Twenty_iterations_end_where_ours_do(string engine, int k, int d)
    {
        double[,] rows = Draw(k, d, Rows);
        using DbConnection connection = engines.Open(engine);
        using DatabaseObservations table = Fill(connection, engine, rows);
        foreach (CovarianceModel model in d == 1 ? CovarianceModels.Univariate : CovarianceModels.All)
        {
            EmOptions options = Options(k, model, Start(k, d));
            AssertEqual(new EmEstimator(options).Fit(InMemoryObservations.FromMatrix(rows)), new EmEstimator(options).Fit(table), Tolerance);
        }
    }

    /// <summary>What is kept, and what is added to variances, is a matter of the M-step alone.</summary>
    [Theory]
    [MemberData(nameof(Engines.Available), MemberType = typeof(Engines))]
    public void Parts_are_kept_and_components_added_as_here(string engine)
    {
        double[,] rows = Draw(3, 2, Rows);
        using DbConnection connection = engines.Open(engine);
        using DatabaseObservations table = Fill(connection, engine, rows);
        EmOptions options = Options(3, CovarianceModel.VVV, Start(3, 2));
        options.Frozen = new FrozenParts([FrozenPart.All, FrozenPart.Mean, FrozenPart.None]);
        AssertEqual(new EmEstimator(options).Fit(InMemoryObservations.FromMatrix(rows)), new EmEstimator(options).Fit(table), Tolerance);
        options.Frozen = null;
        options.RegularizeCovariance = 0.5;
        AssertEqual(new EmEstimator(options).Fit(InMemoryObservations.FromMatrix(rows)), new EmEstimator(options).Fit(table), Tolerance);

        EmOptions grown = new()
        {
            ComponentCount = 3,
            AdditionalComponentCount = 1,
            InitialMixture = Start(2, 2),
            Frozen = new FrozenParts([FrozenPart.Mean, FrozenPart.Mean]),
        };
        EmFit here = new EmEstimator(grown).Fit(InMemoryObservations.FromMatrix(rows));
        EmFit there = new EmEstimator(grown).Fit(table);
        Assert.Equal(here.LogLikelihood, there.LogLikelihood, 1e-3);
        Assert.Equal(here.Mixture.Components[0].Mean, there.Mixture.Components[0].Mean);
    }

    [Theory]
    [MemberData(nameof(Engines.Available), MemberType = typeof(Engines))]
    public void Weights_count_and_gaps_are_left_out(string engine)
    {
        double[,] rows = Draw(2, 2, 300);
        InMemoryObservations sound = Punch(rows, out double[] weights);
        using DbConnection connection = engines.Open(engine);
        Sql.CreateTable(connection, SqlDialects.Find(engine), "rows_", ["x1", "x2"], rows, weights);
        DatabaseOptions table = new() { Table = "rows_", Property = ["x*"], WeightProperty = "w" };
        Assert.Equal("MissingValue", Assert.Throws<InvalidObservationException>(() => DatabaseObservations.Open(connection, table)).ErrorId);
        table.MissingValue = MissingValuePolicy.Omit;
        using DatabaseObservations observations = DatabaseObservations.Open(connection, table);
        Assert.Equal(300, observations.Intake.ReadCount);
        Assert.Equal(43, observations.Intake.OmittedCount);
        EmOptions options = Options(2, CovarianceModel.VVV, Start(2, 2));
        AssertEqual(new EmEstimator(options).Fit(sound), new EmEstimator(options).Fit(observations), Tolerance);
    }

    [Theory]
    [MemberData(nameof(Engines.Available), MemberType = typeof(Engines))]
    public void Data_far_from_the_origin_keeps_its_digits(string engine)
    {
        double[,] rows = Draw(2, 2, 2000);
        double[,] far = new double[2000, 2];
        GaussianMixture start = Start(2, 2);
        MixtureParameters moved = start.ToParameters();
        for (int i = 0; i < 2000; i++)
        {
            // so that near and far rows are the same but for the distance
            (far[i, 0], far[i, 1]) = (rows[i, 0] + 1e9, rows[i, 1] + 1e9);
            (rows[i, 0], rows[i, 1]) = (far[i, 0] - 1e9, far[i, 1] - 1e9);
        }

        for (int i = 0; i < 4; i++)
        {
            moved.Means[i] += 1e9;
        }

        using DbConnection connection = engines.Open(engine);
        using DatabaseObservations table = Fill(connection, engine, far);
        EmFit here = new EmEstimator(Options(2, CovarianceModel.VVV, start)).Fit(InMemoryObservations.FromMatrix(rows));
        EmFit there = new EmEstimator(Options(2, CovarianceModel.VVV, new GaussianMixture(moved))).Fit(table);
        Assert.Equal(here.LogLikelihood, there.LogLikelihood, 1e-6 * Math.Abs(here.LogLikelihood));
        for (int k = 0; k < 2; k++)
        {
            for (int i = 0; i < 2; i++)
            {
                Assert.Equal(here.Mixture.Components[k].Mean[i], there.Mixture.Components[k].Mean[i] - 1e9, 1e-6);
                Assert.Equal(here.Mixture.Components[k].Covariance[i, i], there.Mixture.Components[k].Covariance[i, i], 1e-6 * here.Mixture.Components[k].Covariance[i, i]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Engines.Available), MemberType = typeof(Engines))]
    public void Scales_and_narrow_components_cost_no_digits(string engine)
    {
        // one component of sd 1e-3 at a distance of 1e3, and units of 1e100
        GaussianMixture truth = GaussianMixture.Create([0.5, 0.5], [[0, 0], [1000, 1e-100]], [new double[,] { { 1, 0 }, { 0, 1e-200 } }, new double[,] { { 1e-6, 0 }, { 0, 1e-206 } }]);
        double[,] rows = new MixtureSampler(truth, 3).DrawMatrix(400);
        using DbConnection connection = engines.Open(engine);
        using DatabaseObservations table = Fill(connection, engine, rows);
        EmOptions options = Options(2, CovarianceModel.VVV, truth);
        AssertEqual(new EmEstimator(options).Fit(InMemoryObservations.FromMatrix(rows)), new EmEstimator(options).Fit(table), Tolerance);
    }

    [Theory]
    [MemberData(nameof(Engines.Available), MemberType = typeof(Engines))]
    public void A_fit_without_a_start_samples_fits_and_refines(string engine)
    {
        double[,] rows = Draw(3, 2, 25_000);
        using DbConnection connection = engines.Open(engine);
        using DatabaseObservations table = Fill(connection, engine, rows);
        EmOptions options = new() { ComponentCount = 3, Seed = 1 };
        EmFit there = new EmEstimator(options).Fit(table);
        EmFit here = new EmEstimator(options).Fit(InMemoryObservations.FromMatrix(rows));
        Assert.Equal(here.LogLikelihood, there.LogLikelihood, 0.02);
        Assert.Equal(StopReason.Converged, there.StopReason);
        InMemoryObservations sample = table.Sample(4000, 5, default);
        Assert.InRange(sample.Count, 3500, 4000);
        Assert.Equal(sample.EnumerateRows().Sum(row => row[0]), table.Sample(4000, 5, default).EnumerateRows().Sum(row => row[0]), 1e-9);
        Assert.NotEqual(sample.EnumerateRows().Sum(row => row[0]), table.Sample(4000, 6, default).EnumerateRows().Sum(row => row[0]), 1e-9);
    }

    [Theory]
    [MemberData(nameof(Engines.Available), MemberType = typeof(Engines))]
    public void The_least_probable_rows_are_those_we_find(string engine)
    {
        double[,] rows = Draw(3, 2, 200);
        InMemoryObservations here = InMemoryObservations.FromMatrix(rows);
        using DbConnection connection = engines.Open(engine);
        using DatabaseObservations there = Fill(connection, engine, rows);
        MixtureParameters mixture = Start(3, 2).ToParameters();
        foreach (int count in (int[])[1, 2, 250])
        {
            ImprobableRow[] expected = [.. here.FindLeastProbable(mixture, count, 1, default)];
            ImprobableRow[] found = [.. there.FindLeastProbable(mixture, count, 1, default)];
            Assert.Equal(expected.Select(row => row.Values), found.Select(row => row.Values));
            Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First.LogDensity, pair.Second.LogDensity, 1e-9));
        }

        Assert.False(there.CanEnumerate);
        Assert.Equal("RowsNotEnumerable", Assert.Throws<InvalidObservationException>(there.EnumerateWeighted).ErrorId);
    }

    [Theory]
    [MemberData(nameof(Engines.Available), MemberType = typeof(Engines))]
    public void What_is_beyond_a_limit_is_split(string engine)
    {
        double[,] rows = Draw(4, 3, 200);
        using DbConnection connection = engines.Open(engine);
        Sql.CreateTable(connection, SqlDialects.Find(engine), "rows_", ["x1", "x2", "x3"], rows);
        using DatabaseObservations table = DatabaseObservations.Open(connection, new DatabaseOptions { Table = "rows_", Property = ["x*"], Dialect = new NarrowDialect(SqlDialects.Find(engine)) });
        Assert.True(table.GetQueries(Start(4, 3)).Count >= 4);
        EmOptions options = Options(4, CovarianceModel.VVV, Start(4, 3));
        AssertEqual(new EmEstimator(options).Fit(InMemoryObservations.FromMatrix(rows)), new EmEstimator(options).Fit(table), Tolerance);
    }

    [Theory]
    [MemberData(nameof(Engines.Available), MemberType = typeof(Engines))]
    public void Reproducible_sums_are_those_of_the_rows_in_any_order(string engine)
    {
        double[,] rows = Draw(3, 2, 20_000);
        double[,] reversed = new double[20_000, 2];
        for (int i = 0; i < 20_000; i++)
        {
            (reversed[i, 0], reversed[i, 1]) = (rows[19_999 - i, 0], rows[19_999 - i, 1]);
        }

        EmOptions options = Options(3, CovarianceModel.VVV, Start(3, 2));
        EmFit Run(double[,] table, bool reproducible)
        {
            using DbConnection connection = engines.Open(engine);
            Sql.CreateTable(connection, SqlDialects.Find(engine), "rows_", ["x1", "x2"], table);
            using DatabaseObservations observations = DatabaseObservations.Open(
                connection, new DatabaseOptions { Table = "rows_", Property = ["x*"], Reproducible = reproducible });
            return new EmEstimator(options).Fit(observations);
        }

        EmFit first = Run(rows, true);
        EmFit second = Run(reversed, true);
        AssertEqual(new EmEstimator(options).Fit(InMemoryObservations.FromMatrix(rows)), first, Tolerance);
        Assert.Equal(first.LogLikelihoodTrace, second.LogLikelihoodTrace);
        Assert.Equal(first.Mixture.Components.SelectMany(component => component.Mean), second.Mixture.Components.SelectMany(component => component.Mean));
        if (engine == "Sqlite")
        {
            // it carries the rounding errors of its sums along, so that order hardly matters anyway
            return;
        }

        Assert.NotEqual(Run(rows, false).LogLikelihoodTrace, Run(reversed, false).LogLikelihoodTrace);
    }

    internal static EmOptions Options(int k, CovarianceModel model, GaussianMixture start) => new()
    {
        ComponentCount = k,
        CovarianceModel = model,
        InitialMixture = start,
        MaxIteration = 20,
        Acceleration = AccelerationMethod.None,
        Tolerance = 0,
    };

    internal static GaussianMixture Start(int k, int d)
    {
        MixtureParameters truth = Truth(k, d).ToParameters();
        MixtureParameters start = new(k, d, CovarianceShape.Full);
        for (int i = 0; i < k; i++)
        {
            start.Weights[i] = 1.0 / k;
            for (int j = 0; j < d; j++)
            {
                start.Means[(i * d) + j] = truth.Means[(i * d) + j] + (0.3 * (((i + j) % 3) - 1));
                start.Covariances[start.CovarianceIndex(i, j, j)] = 2 + i;
            }
        }

        return new GaussianMixture(start);
    }

    internal static double[,] Draw(int k, int d, int count) => new MixtureSampler(Truth(k, d), 5).DrawMatrix(count);

    /// <summary>Takes a cell out of every seventh row, and gives weights; returns the rows that are left, as they count here.</summary>
    internal static InMemoryObservations Punch(double[,] rows, out double[] weights)
    {
        int count = rows.GetLength(0);
        weights = [.. Enumerable.Range(0, count).Select(i => (i % 5) * 0.75)];
        ObservationsBuilder builder = new(["x1", "x2"], weighted: true);
        for (int i = 0; i < count; i++)
        {
            if (i % 7 == 0)
            {
                rows[i, i % 2] = double.NaN;
            }
            else if (weights[i] > 0)
            {
                builder.Add([rows[i, 0], rows[i, 1]], weights[i]);
            }
        }

        return builder.Build();
    }

    /// <summary>The expressions for tables on other servers, over a new table of two columns.</summary>
    internal static FlatResponsibilitySql FillFlat(DbConnection connection, string engine, double[,] rows, MixtureParameters mixture)
    {
        SqlDialect dialect = SqlDialects.Find(engine);
        Sql.CreateTable(connection, dialect, "rows_", ["x1", "x2"], rows);
        RowsSource source = new(dialect, new DatabaseOptions { Table = "rows_", Property = ["x*"] });
        source.Choose(["x1", "x2"], null);
        return new FlatResponsibilitySql(dialect, source, ColumnFrame.Create([0, 0], [-30, -30], [30, 30]), mixture);
    }

    internal static DatabaseObservations Fill(DbConnection connection, string engine, double[,] rows)
    {
        string[] columns = [.. Enumerable.Range(1, rows.GetLength(1)).Select(j => FormattableString.Invariant($"x{j}"))];
        Sql.CreateTable(connection, SqlDialects.Find(engine), "rows_", columns, rows);
        return DatabaseObservations.Open(connection, new DatabaseOptions { Table = "rows_", Property = ["x*"] });
    }

    internal static void AssertEqual(EmFit expected, EmFit actual, double tolerance)
    {
        string what = FormattableString.Invariant($"{expected.CovarianceModel}, {expected.ComponentCount} components");
        void Near(double left, double right, double scale, string name) => Assert.True(
            Math.Abs(left - right) <= tolerance * Math.Max(scale, Math.Abs(left)), FormattableString.Invariant($"{what}, {name}: {left:R} and {right:R}"));
        Near(expected.LogLikelihood, actual.LogLikelihood, 0, "log-likelihood");
        Near(expected.Entropy, actual.Entropy, 1, "entropy");
        Assert.Equal(expected.IterationCount, actual.IterationCount);
        Assert.Equal(expected.RowCount, actual.RowCount);
        for (int k = 0; k < expected.ComponentCount; k++)
        {
            GaussianComponent left = expected.Mixture.Components[k];
            GaussianComponent right = actual.Mixture.Components[k];
            Near(left.Weight, right.Weight, 0, "weight");
            for (int i = 0; i < left.Mean.Length; i++)
            {
                Near(left.Mean[i], right.Mean[i], left.StandardDeviation[i], "mean");
                for (int j = 0; j <= i; j++)
                {
                    Near(left.Covariance[i, j], right.Covariance[i, j], left.StandardDeviation[i] * left.StandardDeviation[j], "covariance");
                }
            }
        }
    }

    private static GaussianMixture Truth(int k, int d) => RandomMixture.Draw(k, d, 4, (ulong)((k * 10) + d));
}

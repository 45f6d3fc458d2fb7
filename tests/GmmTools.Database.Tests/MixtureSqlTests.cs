using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Globalization;
using System.Linq;
using GmmTools.Connectors.Databases;
using GmmTools.Connectors.Databases.Dialects;
using GmmTools.Connectors.Databases.Sql;
using GmmTools.Database.Tests.Support;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;
using GmmTools.Sampling;
using Xunit;

namespace GmmTools.Database.Tests;

/// <summary>Every expression is run by the engine it is written for, and compared with what scoring here says.</summary>
[Collection(EngineCollection.Name)]
public sealed class MixtureSqlTests(Engines engines)
{
    private const double Tolerance = 1e-12;

    public static TheoryData<string, int, int, CovarianceShape> Cases()
    {
        TheoryData<string, int, int, CovarianceShape> cases = [];
        foreach (string engine in Engines.Names)
        {
            foreach ((int k, int d) in ((int, int)[])[(1, 1), (1, 3), (2, 1), (3, 2), (8, 8), (40, 3)])
            {
                cases.Add(engine, k, d, CovarianceShape.Full);
                cases.Add(engine, k, d, CovarianceShape.Diagonal);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_engine_scores_as_we_do(string engine, int k, int d, CovarianceShape shape) =>
        AssertScores(engine, Mixture(k, d, shape), 60);

    [Theory]
    [MemberData(nameof(Engines.Available), MemberType = typeof(Engines))]
    public void Five_hundred_components_are_no_exception(string engine) => AssertScores(engine, Mixture(500, 2, CovarianceShape.Full), 8);

    [Theory]
    [MemberData(nameof(Engines.Available), MemberType = typeof(Engines))]
    public void Scales_may_be_extreme(string engine)
    {
        GaussianMixture plain = Mixture(3, 2, CovarianceShape.Full);
        MixtureParameters scaled = plain.ToParameters();
        for (int k = 0; k < 3; k++)
        {
            scaled.Means[2 * k] *= 1e100;
            scaled.Means[(2 * k) + 1] *= 1e-100;
            scaled.Covariances[scaled.CovarianceIndex(k, 0, 0)] *= 1e200;
            scaled.Covariances[scaled.CovarianceIndex(k, 1, 1)] *= 1e-200;
        }

        AssertScores(engine, new GaussianMixture(scaled), 30);
    }

    [Theory]
    [MemberData(nameof(Engines.Available), MemberType = typeof(Engines))]
    public void Data_may_lie_far_from_the_origin(string engine)
    {
        MixtureParameters moved = Mixture(3, 2, CovarianceShape.Full).ToParameters();
        for (int i = 0; i < moved.Means.Length; i++)
        {
            moved.Means[i] += 1e9;
        }

        AssertScores(engine, new GaussianMixture(moved), 30);
    }

    [Theory]
    [MemberData(nameof(Engines.Available), MemberType = typeof(Engines))]
    public void Rows_far_from_every_component_have_a_finite_density(string engine)
    {
        GaussianMixture mixture = Mixture(3, 2, CovarianceShape.Full);
        AssertScores(engine, mixture, new double[,] { { 1e5, -1e5 }, { -1e12, 0 }, { 0, 300 } });
    }

    [Theory]
    [MemberData(nameof(Engines.Available), MemberType = typeof(Engines))]
    public void A_row_with_a_gap_has_null(string engine)
    {
        foreach (int k in (int[])[1, 3])
        {
            GaussianMixture mixture = Mixture(k, 2, CovarianceShape.Full);
            using DbConnection connection = Fill(engine, mixture, new double[,] { { 1, double.NaN }, { double.NaN, 2 }, { 1, 2 } }, out MixtureSql sql);
            foreach (MixtureSqlColumn column in Enum.GetValues<MixtureSqlColumn>())
            {
                foreach (KeyValuePair<string, string> pair in sql.Columns(column, -5))
                {
                    double[] values = Sql.Numbers(connection, $"SELECT {pair.Value} FROM rows_ ORDER BY id");
                    Assert.Equal([true, true, false], values.Select(double.IsNaN));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Engines.Available), MemberType = typeof(Engines))]
    public void Names_may_be_anything(string engine)
    {
        string[] names = ["gx2", "select", "a \"quoted\" name", "`back` [ticked]; --", "größe"];
        AssertScores(engine, Mixture(3, 5, CovarianceShape.Full).WithProperty(names), 10);
    }

    [Theory]
    [MemberData(nameof(Engines.Available), MemberType = typeof(Engines))]
    public void A_component_without_weight_never_wins(string engine)
    {
        MixtureParameters parameters = Mixture(3, 2, CovarianceShape.Full).ToParameters();
        (parameters.Weights[0], parameters.Weights[1], parameters.Weights[2]) = (0.6, 0, 0.4);
        AssertScores(engine, new GaussianMixture(parameters), 20);
        (parameters.Weights[0], parameters.Weights[1], parameters.Weights[2]) = (0, 0, 1);
        AssertScores(engine, new GaussianMixture(parameters), 20);
    }

    [Theory]
    [MemberData(nameof(Engines.Available), MemberType = typeof(Engines))]
    public void A_query_adds_columns_to_those_of_the_table(string engine)
    {
        GaussianMixture mixture = Mixture(2, 2, CovarianceShape.Full);
        using DbConnection connection = Fill(engine, mixture, Rows(mixture, 5), out MixtureSql sql);
        string query = sql.Query("rows_", [.. sql.Columns(MixtureSqlColumn.Responsibility), .. sql.Columns(MixtureSqlColumn.Component)]);
        Sql.Execute(connection, $"CREATE VIEW scored_ AS {query}");
        string[] names = [.. ((string[])["Responsibility_1", "Responsibility_2", "Component"]).Select(SqlDialects.Find(engine).Quote)];
        List<object?[]> rows = Sql.Query(connection, $"SELECT id, {string.Join(", ", names)} FROM scored_ ORDER BY id");
        Sql.Execute(connection, "DROP VIEW scored_");
        Assert.Equal(5, rows.Count);
        Assert.All(rows, row => Assert.Equal(1, (double)row[1]! + (double)row[2]!, 14));
        Assert.All(rows, row => Assert.Equal((double)row[1]! >= 0.5 ? 1 : 2, Convert.ToInt32(row[3], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Literals_and_quotes_are_those_of_each_dialect()
    {
        Assert.Equal("`a\\`b\\\\c`", SqlDialects.Find("clickhouse").Quote("a`b\\c"));
        Assert.Equal("[a]]b].[c d]", SqlDialects.Find("SqlServer").QuoteTable("a]b.c d"));
        Assert.Equal("`a``b`", SqlDialects.Find("MySql").Quote("a`b"));
        Assert.Equal("\"a\"\"b\".\"c.d\"", SqlDialects.Find("Ansi").QuoteTable("a\"b.\"c.d\""));
        Assert.Equal("(-1.5E0D)", SqlDialects.Find("Spark").Number(-1.5));
        Assert.Equal("1E-05", SqlDialects.Find("DuckDb").Number(1e-5));
        foreach (string bad in (string[])["", "a..b", "\"open", "a.\0"])
        {
            Assert.Equal("InvalidIdentifier", Assert.Throws<DatabaseException>(() => SqlDialects.Find("Ansi").QuoteTable(bad)).ErrorId);
        }
    }

    [Fact]
    public void What_an_engine_cannot_take_is_said_before_it_is_asked()
    {
        DatabaseException many = Assert.Throws<DatabaseException>(
            () => new MixtureSql(Mixture(1100, 1, CovarianceShape.Full), SqlDialects.Find("Ansi")));
        Assert.Equal("EngineLimit", many.ErrorId);
        Assert.Contains("1000 columns", many.Message, StringComparison.Ordinal);
        MixtureSql large = new(Mixture(400, 8, CovarianceShape.Full), SqlDialects.Find("ClickHouse"));
        Assert.Contains("200000 characters", Assert.Throws<DatabaseException>(() => large.LogDensity()).Message, StringComparison.Ordinal);
        Assert.Equal(
            "ColumnCountMismatch",
            Assert.Throws<DatabaseException>(() => new MixtureSql(Mixture(2, 2, CovarianceShape.Full), SqlDialects.Find("Ansi"), ["a"])).ErrorId);
        Assert.Equal("UnknownDialect", Assert.Throws<DatabaseException>(() => SqlDialects.Find("Access")).ErrorId);
    }

    [Theory]
    [MemberData(nameof(Engines.Available), MemberType = typeof(Engines))]
    public void Components_of_multivariate_t_are_scored(string engine)
    {
        foreach (int k in new[] { 1, 3 })
        {
            MixtureParameters parameters = Mixture(k, 2, CovarianceShape.Full).ToParameters();
            parameters.DegreesOfFreedom = [.. Enumerable.Range(0, k).Select(j => 2.5 + (9 * j))];
            GaussianMixture mixture = new(parameters);
            double[,] rows = Rows(mixture, 80);
            using DbConnection connection = Fill(engine, mixture, rows, out MixtureSql sql);
            double[] Values(string expression) => Sql.Numbers(connection, $"SELECT {expression} FROM rows_ ORDER BY id");
            RowScorer<StudentLink> scorer = new(mixture.Parameters.Terms);
            double[] densities = Values(sql.LogDensity());
            double[] components = Values(sql.Component());
            double[][] responsibilities = [.. sql.Responsibilities().Select(Values)];
            for (int i = 0; i < 80; i++)
            {
                Assert.Equal(scorer.Score([rows[i, 0], rows[i, 1]]), densities[i], 1e-11);
                Assert.Equal(Array.IndexOf(scorer.Responsibilities, scorer.Responsibilities.Max()) + 1, components[i]);
                Assert.All(Enumerable.Range(0, k), j => Assert.Equal(scorer.Responsibilities[j], responsibilities[j][i], Tolerance));
            }
        }
    }

    /// <summary>Rows that are noise have component 0; rows that lack a column have none, whatever an engine makes of the greatest of null and a number.</summary>
    [Theory]
    [MemberData(nameof(Engines.Available), MemberType = typeof(Engines))]
    public void Noise_is_component_0(string engine)
    {
        foreach (int k in new[] { 1, 3 })
        {
            MixtureParameters parameters = Mixture(k, 2, CovarianceShape.Full).ToParameters();
            for (int j = 0; j < k; j++)
            {
                parameters.Weights[j] *= 0.6;
            }

            parameters.Background = UniformBackground.OfBox([-20, -20], [20, 20]);
            parameters.BackgroundWeight = 0.4;
            GaussianMixture mixture = new(parameters);
            using DbConnection connection = Fill(engine, mixture, Rows(mixture, 80), out MixtureSql sql);
            double[] Values(string expression) => Sql.Numbers(connection, $"SELECT {expression} FROM rows_ ORDER BY id");
            double[,] rows = Rows(mixture, 80);
            RowScorer<NormalLink> scorer = new(mixture.Parameters.Terms);
            double[] densities = Values(sql.LogDensity());
            double[] components = Values(sql.Component());
            double[] probabilities = Values(sql.Probability());
            double[] outliers = Values(sql.Outlier(-6));
            double[][] responsibilities = [.. sql.Responsibilities().Select(Values)];
            Assert.Equal(k + 1, responsibilities.Length);
            Assert.Contains(0, components);
            for (int i = 0; i < 80; i++)
            {
                double expected = scorer.Score([rows[i, 0], rows[i, 1]]);
                double[] shares = [scorer.BackgroundResponsibility, .. scorer.Responsibilities];
                Assert.Equal(expected, densities[i], 1e-11);
                Assert.Equal(Array.IndexOf(shares, shares.Max()), components[i]);
                Assert.Equal(shares.Max(), probabilities[i], Tolerance);
                Assert.Equal(expected < -6 ? 1 : 0, outliers[i]);
                Assert.All(Enumerable.Range(0, k + 1), j => Assert.Equal(shares[j], responsibilities[j][i], Tolerance));
            }

            string lacking = SqlDialects.Find(engine).ToDouble("NULL");
            string[] names = [.. mixture.Property.Select(SqlDialects.Find(engine).Quote)];
            double[] known = Sql.Numbers(
                connection, $"SELECT CASE WHEN {sql.Component()} IS NULL THEN 1 ELSE 0 END FROM (SELECT {names[0]},{lacking} AS {names[1]} FROM rows_) AS t");
            Assert.All(known, value => Assert.Equal(1, value));
        }
    }

    private static GaussianMixture Mixture(int k, int d, CovarianceShape shape) =>
        new(RandomMixture.Draw(k, d, 5, (ulong)((k * 10) + d)).ToParameters().ToShape(shape));

    private static double[,] Rows(GaussianMixture mixture, int count) => new MixtureSampler(mixture, 7).DrawMatrix(count);

    private DbConnection Fill(string engine, GaussianMixture mixture, double[,] rows, out MixtureSql sql)
    {
        SqlDialect dialect = SqlDialects.Find(engine);
        DbConnection connection = engines.Open(engine);
        Sql.CreateTable(connection, dialect, "rows_", mixture.Property, rows);
        sql = new MixtureSql(mixture, dialect);
        return connection;
    }

    private void AssertScores(string engine, GaussianMixture mixture, int count) => AssertScores(engine, mixture, Rows(mixture, count));

    private void AssertScores(string engine, GaussianMixture mixture, double[,] rows)
    {
        using DbConnection connection = Fill(engine, mixture, rows, out MixtureSql sql);
        double[] Values(string expression) => Sql.Numbers(connection, $"SELECT {expression} FROM rows_ ORDER BY id");
        RowScorer<NormalLink> scorer = new(mixture.Parameters.Terms);
        double[] densities = Values(sql.LogDensity());
        double[] components = Values(sql.Component());
        double[] probabilities = Values(sql.Probability());
        double[] outliers = Values(sql.Outlier(densities[0]));
        double[][] responsibilities = [.. sql.Responsibilities().Take(mixture.ComponentCount > 100 ? 1 : 10).Select(Values)];
        Assert.Equal(rows.GetLength(0), densities.Length);
        for (int i = 0; i < densities.Length; i++)
        {
            double expected = scorer.Score([.. Enumerable.Range(0, mixture.Dimension).Select(j => rows[i, j])]);
            Assert.True(
                Math.Abs(expected - densities[i]) <= Tolerance * Math.Max(1, Math.Abs(expected)),
                FormattableString.Invariant($"row {i}: expected {expected:R}, got {densities[i]:R}"));
            Assert.Equal(densities[i] < densities[0] ? 1 : 0, outliers[i]);
            int best = Array.IndexOf(scorer.Responsibilities, scorer.Responsibilities.Max());
            Assert.Equal(best + 1, components[i]);
            Assert.Equal(scorer.Responsibilities[best], probabilities[i], Tolerance);
            for (int k = 0; k < responsibilities.Length; k++)
            {
                Assert.Equal(scorer.Responsibilities[k], responsibilities[k][i], Tolerance);
            }
        }
    }
}

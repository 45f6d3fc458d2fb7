using System.Collections.Generic;
using System.Data.Common;
using System.Linq;
using GmmTools.Classification;
using GmmTools.Connectors.Databases.Dialects;
using GmmTools.Connectors.Databases.Sql;
using GmmTools.Database.Tests.Support;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using GmmTools.Sampling;
using Xunit;

namespace GmmTools.Database.Tests;

/// <summary>The expressions of classifiers, run by the engines that they are written for, and compared with what scoring here says.</summary>
[Collection(EngineCollection.Name)]
public sealed class ClassifierSqlTests(Engines engines)
{
    private const int RowCount = 90;
    private static readonly string[] Names = ["sound", "it's \\ \"broken\"", "größe"];

    [Theory]
    [MemberData(nameof(Engines.Available), MemberType = typeof(Engines))]
    public void An_engine_tells_classes_as_we_do(string engine)
    {
        using DbConnection connection = engines.Open(engine);
        foreach (int componentCount in new[] { 1, 2 })
        {
            AssertClasses(connection, SqlDialects.Find(engine), componentCount);
        }
    }

    [Theory]
    [MemberData(nameof(Engines.Available), MemberType = typeof(Engines))]
    public void A_row_with_a_gap_has_null(string engine)
    {
        MixtureClassifier classifier = Learn(new MixtureSampler(RandomMixture.Draw(6, 3, 4, 5), 7).DrawMatrix(RowCount), 1);
        using DbConnection connection = engines.Open(engine);
        Sql.CreateTable(connection, SqlDialects.Find(engine), "rows_", classifier.Property, new double[,] { { 1, double.NaN, 2 }, { 1, 2, 3 } });
        ClassifierSql sql = new(classifier, SqlDialects.Find(engine));
        List<object?[]> rows = Sql.Query(connection, $"SELECT {sql.Class()}, {sql.Probability()} FROM rows_ ORDER BY id");
        Assert.Equal([null, null], rows[0]);
        Assert.DoesNotContain(null, rows[1]);
    }

    [Fact]
    public void Texts_are_quoted_as_each_dialect_wants_them()
    {
        Assert.Equal("'it''s \\'", SqlDialects.Find("Ansi").Text("it's \\"));
        Assert.Equal("'it''s \\\\'", SqlDialects.Find("MySql").Text("it's \\"));
        Assert.Equal("'it''s \\\\'", SqlDialects.Find("ClickHouse").Text("it's \\"));
        Assert.Equal("'it\\'s \\\\'", SqlDialects.Find("Spark").Text("it's \\"));
        Assert.Equal("N'it''s \\'", SqlDialects.Find("SqlServer").Text("it's \\"));
        Assert.Throws<GmmTools.Connectors.Databases.DatabaseException>(() => SqlDialects.Find("Ansi").Text("a\0"));
    }

    internal static void AssertClasses(DbConnection connection, SqlDialect dialect, int componentCount)
    {
        double[,] rows = new MixtureSampler(RandomMixture.Draw(6, 3, 4, 5), 7).DrawMatrix(RowCount);
        MixtureClassifier classifier = Learn(rows, componentCount);
        Sql.CreateTable(connection, dialect, "rows_", classifier.Property, rows);
        ClassifierSql sql = new(classifier, dialect);
        ClassScores scores = new ClassScorer(classifier).Score(RowBlock.FromRows([.. rows.Cast<double>()], RowCount, 3));

        string?[] classes = [.. Sql.Query(connection, $"SELECT {sql.Class()} FROM rows_ ORDER BY id").Select(row => (string?)row[0])];
        double[] best = Sql.Numbers(connection, $"SELECT {sql.Probability()} FROM rows_ ORDER BY id");
        double[][] all = [.. sql.Probabilities().Select(pair => Sql.Numbers(connection, $"SELECT {pair.Value} FROM rows_ ORDER BY id"))];
        Assert.Equal(3, classes.Distinct().Count());
        for (int i = 0; i < RowCount; i++)
        {
            Assert.Equal(classifier.Classes[scores.Places[i]].Name, classes[i]);
            Assert.Equal(scores.Probabilities[(scores.Places[i] * RowCount) + i], best[i], 1e-12);
            Assert.All(Enumerable.Range(0, 3), c => Assert.Equal(scores.Probabilities[(c * RowCount) + i], all[c][i], 1e-12));
        }

        Assert.Equal(classifier.Classes.Select(one => "Probability_" + one.Name), sql.Probabilities().Select(pair => pair.Key));
    }

    /// <summary>Three classes, by the first column.</summary>
    private static MixtureClassifier Learn(double[,] rows, int componentCount)
    {
        double[] first = [.. Enumerable.Range(0, RowCount).Select(i => rows[i, 0])];
        double[] sorted = [.. first.Order()];
        string[] classes = [.. first.Select(value => Names[value < sorted[30] ? 0 : value < sorted[60] ? 1 : 2])];
        return new ClassifierEstimator(new ClassifierOptions { ComponentCounts = [componentCount], Models = [CovarianceModel.VVV] })
            .Fit(ClassifiedRows.Create(InMemoryObservations.FromMatrix(rows), classes));
    }
}

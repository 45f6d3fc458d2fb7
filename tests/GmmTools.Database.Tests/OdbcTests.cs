using System;
using System.Data;
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
using Xunit;

namespace GmmTools.Database.Tests;

/// <summary>Engines behind drivers of ODBC, which are told from one another by what they say they are.</summary>
[Collection(EngineCollection.Name)]
public sealed class OdbcTests(Engines engines)
{
    [Theory]
    [MemberData(nameof(Engines.OverOdbc), MemberType = typeof(Engines))]
    public void The_engine_is_found_and_the_connection_left_as_it_was(string engine)
    {
        using DbConnection connection = engines.OverOdbcTo(engine);
        Assert.Equal(engine, SqlDialects.Detect(connection).Name);
        Assert.Equal(ConnectionState.Closed, connection.State);
        connection.Open();
        Assert.Equal(engine, SqlDialects.Detect(connection).Name);
        Assert.Equal(ConnectionState.Open, connection.State);
    }

    [Fact]
    public void A_connection_that_cannot_be_opened_is_an_error_of_its_first_query()
    {
        using DbConnection connection = new System.Data.Odbc.OdbcConnection("Driver=/nowhere/none.so");
        Assert.Equal("Ansi", SqlDialects.Detect(connection).Name);
        Assert.Equal("QueryFailed", Assert.Throws<DatabaseException>(() => DatabaseObservations.Open(connection, new DatabaseOptions { Table = "t" })).ErrorId);
    }

    [Theory]
    [MemberData(nameof(Engines.OverOdbc), MemberType = typeof(Engines))]
    public void Twenty_iterations_end_where_ours_do(string engine)
    {
        double[,] rows = DatabaseFitTests.Draw(3, 2, 600);
        using DbConnection connection = Open(engine);
        using DatabaseObservations table = DatabaseFitTests.Fill(connection, engine, rows);
        Assert.Equal(engine, table.Dialect);
        foreach (CovarianceModel model in CovarianceModels.All)
        {
            EmOptions options = DatabaseFitTests.Options(3, model, DatabaseFitTests.Start(3, 2));
            DatabaseFitTests.AssertEqual(new EmEstimator(options).Fit(InMemoryObservations.FromMatrix(rows)), new EmEstimator(options).Fit(table), 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Engines.OverOdbc), MemberType = typeof(Engines))]
    public void Weights_gaps_noise_and_tails_are_ours_too(string engine)
    {
        double[,] rows = StudentFitTests.Rows(600);
        InMemoryObservations sound = DatabaseFitTests.Punch(rows, out double[] weights);
        using DbConnection connection = Open(engine);
        Sql.CreateTable(connection, SqlDialects.Find(engine), "rows_", ["x1", "x2"], rows, weights);
        using DatabaseObservations table = DatabaseObservations.Open(
            connection, new DatabaseOptions { Table = "rows_", Property = ["x*"], WeightProperty = "w", MissingValue = MissingValuePolicy.Omit });
        EmOptions student = StudentFitTests.Options(CovarianceModel.VVV, "own");
        StudentFitTests.AssertEqual(new EmEstimator(student).Fit(sound), new EmEstimator(student).Fit(table));
        EmOptions noise = DatabaseFitTests.Options(3, CovarianceModel.VVV, DatabaseFitTests.Start(3, 2));
        noise.Noise = true;
        noise.NoiseVolume = 4000;
        DatabaseFitTests.AssertEqual(new EmEstimator(noise).Fit(sound), new EmEstimator(noise).Fit(table), 1e-9);
    }

    [Theory]
    [MemberData(nameof(Engines.OverOdbc), MemberType = typeof(Engines))]
    public void Rows_are_scored_and_told_apart_as_ours(string engine)
    {
        GaussianMixture mixture = DatabaseFitTests.Start(3, 2);
        double[,] rows = DatabaseFitTests.Draw(3, 2, 90);
        using DbConnection connection = Open(engine);
        SqlDialect dialect = SqlDialects.Detect(connection);
        Sql.CreateTable(connection, dialect, "rows_", ["x1", "x2"], rows);
        MixtureSql sql = new(mixture, dialect, ["x1", "x2"]);
        double[] densities = Sql.Numbers(connection, $"SELECT {sql.LogDensity()} FROM rows_ ORDER BY id");
        double[] components = Sql.Numbers(connection, $"SELECT {sql.Component()} FROM rows_ ORDER BY id");
        RowScorer<NormalLink> scorer = new(mixture.Parameters.Terms);
        Assert.All(Enumerable.Range(0, 90), i =>
        {
            // a driver may hand numbers on as text
            Assert.Equal(scorer.Score([rows[i, 0], rows[i, 1]]), densities[i], 1e-11);
            Assert.Equal(Array.IndexOf(scorer.Responsibilities, scorer.Responsibilities.Max()) + 1, components[i]);
        });
        ClassifierSqlTests.AssertClasses(connection, dialect, 2);
    }

    private DbConnection Open(string engine)
    {
        DbConnection connection = engines.OverOdbcTo(engine);
        connection.Open();
        return connection;
    }
}

using System;
using System.Collections.Generic;
using System.Data.Common;
using System.IO;
using System.Linq;
using GmmTools.Connectors.Databases;
using GmmTools.Connectors.Databases.Dialects;
using GmmTools.Database.Tests.Support;
using GmmTools.Observations;
using GmmTools.Observations.Chunks;
using GmmTools.Observations.Intake;
using Xunit;

namespace GmmTools.Database.Tests;

/// <summary>All rows of a table or query, brought here.</summary>
[Collection(EngineCollection.Name)]
public sealed class FetchTests(Engines engines)
{
    [Theory]
    [MemberData(nameof(Engines.Available), MemberType = typeof(Engines))]
    public void All_rows_come_with_their_weights_and_without_those_that_are_left_out(string engine)
    {
        double[,] rows = DatabaseFitTests.Draw(2, 2, 300);
        InMemoryObservations expected = DatabaseFitTests.Punch(rows, out double[] weights);
        using DbConnection connection = engines.Open(engine);
        Sql.CreateTable(connection, SqlDialects.Find(engine), "rows_", ["x1", "x2"], rows, weights);
        using DatabaseObservations table = DatabaseObservations.Open(
            connection, new DatabaseOptions { Table = "rows_", Property = ["x*"], WeightProperty = "w", MissingValue = MissingValuePolicy.Omit });
        long told = 0;

        IObservations fetched = table.Fetch(null, count => told = count);

        Assert.Equal(expected.Count, fetched.Count);
        Assert.Equal(expected.Count, told);
        Assert.Equal(["x1", "x2"], fetched.Property);
        Assert.Equal(Sorted(expected), Sorted(fetched));
    }

    [Fact]
    public void A_query_that_fails_midway_is_read_again_into_a_file_of_its_own()
    {
        using DbConnection connection = engines.Open("Sqlite");
        DatabaseFitTests.Fill(connection, "Sqlite", DatabaseFitTests.Draw(2, 2, 3000)).Dispose();
        FlakyConnection flaky = new(connection, int.MaxValue, 0);
        DatabaseOptions options = new()
        {
            Table = "rows_",
            Property = ["x*"],
            Dialect = SqlDialects.Find("Sqlite"),
            RetryDelay = TimeSpan.FromMilliseconds(1),
        };
        using DatabaseObservations table = DatabaseObservations.Open(flaky, options);
        using RowStorage storage = new(0);
        int failures = 1;

        IObservations fetched = table.Fetch(storage, count =>
        {
            if (count == 2500 && failures-- > 0)
            {
                throw new IOException("The line was cut.");
            }
        });

        Assert.Equal(-1, failures);
        Assert.Equal(3000, fetched.Count);
        Assert.Equal(Sorted(table.Fetch()), Sorted(fetched));
    }

    [Fact]
    public void A_gap_that_was_not_there_before_is_an_error_and_no_zero()
    {
        using DbConnection connection = engines.Open("Sqlite");
        using DatabaseObservations table = DatabaseFitTests.Fill(connection, "Sqlite", DatabaseFitTests.Draw(2, 2, 50));
        Sql.Execute(connection, "UPDATE rows_ SET x2 = NULL WHERE id = 7");

        InvalidObservationException error = Assert.Throws<InvalidObservationException>(() => table.Fetch());

        Assert.Equal("MissingValue", error.ErrorId);
        Assert.Equal("x2", error.Column);
    }

    private static IEnumerable<(double X, double Y, double Weight)> Sorted(IObservations rows) =>
        [.. rows.EnumerateWeighted().Select(one => (one.Row[0], one.Row[1], one.Weight)).Order()];
}

using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace GmmTools.Host.Tests.Hosting;

/// <summary>A small database in memory.</summary>
internal static class TestDatabase
{
    /// <summary>An open connection to a database with the table t of thirty rows of x, y, w (a weight), g (with gaps) and name.</summary>
    public static DbConnection Create() => Create(
        """
        CREATE TABLE t AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 30)
        SELECT i * 7 % 20 + 0.5 AS x, i * 3 % 20 + 0.25 AS y, i % 3 AS w, CASE WHEN i % 10 > 0 THEN i END AS g, 'row ' || i AS name FROM c
        """);

    /// <summary>An open connection to a database after some statements.</summary>
    public static DbConnection Create(string statements)
    {
        SqliteConnection connection = new("Data Source=:memory:");
        connection.Open();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = statements;
        command.ExecuteNonQuery();
        return connection;
    }
}

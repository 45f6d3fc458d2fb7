using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Linq;
using System.Text.RegularExpressions;

namespace GmmTools.Connectors.Databases.Dialects;

/// <summary>The dialects there are.</summary>
public static class SqlDialects
{
    /// <summary>All of them; standard SQL comes last.</summary>
    public static IReadOnlyList<SqlDialect> All { get; } =
    [
        new PostgreSqlDialect(), new SqlServerDialect(), new DuckDbDialect(), new SqliteDialect(), new MySqlDialect(), new ClickHouseDialect(),
        new SparkDialect(), new AnsiDialect(),
    ];

    /// <summary>Parts of the names of drivers' connections.</summary>
    private static IReadOnlyList<KeyValuePair<string, string>> Drivers { get; } =
    [
        new("Npgsql", "PostgreSql"), new("SqlClient", "SqlServer"), new("DuckDB", "DuckDb"), new("Sqlite", "Sqlite"), new("MySql", "MySql"), new("MariaDb", "MySql"),
        new("ClickHouse", "ClickHouse"), new("Spark", "Spark"), new("Databricks", "Spark"),
    ];

    /// <summary>The dialect of a connection, by the type of its driver; standard SQL where that is not known.</summary>
    /// <param name="connection">The connection.</param>
    /// <returns>The dialect.</returns>
    public static SqlDialect Detect(DbConnection connection)
    {
        string driver = connection.GetType().FullName ?? string.Empty;
        KeyValuePair<string, string> known = Drivers.FirstOrDefault(pair => Regex.IsMatch(driver, pair.Key, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant));
        return Find(known.Value ?? "Ansi");
    }

    /// <summary>The dialect of a name, in any case.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The dialect.</returns>
    /// <exception cref="DatabaseException">No dialect has that name (UnknownDialect).</exception>
    public static SqlDialect Find(string name) =>
        All.FirstOrDefault(dialect => string.Equals(dialect.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new DatabaseException(
            "UnknownDialect", $"'{name}' is no dialect. Use one of {string.Join(", ", All.Select(dialect => dialect.Name))}.", name);
}

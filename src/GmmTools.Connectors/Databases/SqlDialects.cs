using System;
using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Connectors.Databases;

/// <summary>The dialects there are.</summary>
public static class SqlDialects
{
    /// <summary>All of them; standard SQL comes last.</summary>
    public static IReadOnlyList<SqlDialect> All { get; } =
    [
        new PostgreSqlDialect(), new SqlServerDialect(), new DuckDbDialect(), new SqliteDialect(), new MySqlDialect(), new ClickHouseDialect(),
        new SparkDialect(), new AnsiDialect(),
    ];

    /// <summary>The dialect of a name, in any case.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The dialect.</returns>
    /// <exception cref="DatabaseException">No dialect has that name (UnknownDialect).</exception>
    public static SqlDialect Find(string name) =>
        All.FirstOrDefault(dialect => string.Equals(dialect.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new DatabaseException(
            "UnknownDialect", $"'{name}' is no dialect. Use one of {string.Join(", ", All.Select(dialect => dialect.Name))}.", name);
}

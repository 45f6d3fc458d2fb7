using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Linq;
using System.Text.RegularExpressions;

namespace GmmTools.Connectors.Databases.Dialects;

/// <summary>The dialects there are.</summary>
public static class SqlDialects
{
    /// <summary>All of them, in the order in which a driver is looked for and users are offered them; standard SQL comes last.</summary>
    public static IReadOnlyList<SqlDialect> All { get; } =
    [
        new PostgreSqlDialect(), new SqlServerDialect(), new DuckDbDialect(), new SqliteDialect(), new MySqlDialect(), new ClickHouseDialect(),
        new SparkDialect(), new AnsiDialect(),
    ];

    /// <summary>The dialect of a connection, by the type of its driver; standard SQL where that is not known.</summary>
    /// <param name="connection">The connection.</param>
    /// <returns>The dialect.</returns>
    public static SqlDialect Detect(DbConnection connection)
    {
        string driver = connection.GetType().FullName ?? string.Empty;
        return All.FirstOrDefault(dialect => dialect.Drivers.Any(part => Regex.IsMatch(driver, part, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)))
            ?? Find("Ansi");
    }

    /// <summary>The dialect of a name, in any case.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The dialect.</returns>
    /// <exception cref="DatabaseException">No dialect has that name (UnknownDialect).</exception>
    public static SqlDialect Find(string name) =>
        All.FirstOrDefault(dialect => string.Equals(dialect.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new DatabaseException(
            "UnknownDialect", $"'{name}' is not a dialect. Use one of {string.Join(", ", All.Select(dialect => dialect.Name))}.", name);
}

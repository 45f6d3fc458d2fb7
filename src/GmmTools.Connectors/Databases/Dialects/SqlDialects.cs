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
        new PostgreSqlDialect(), new SqlServerDialect(), new DuckDbDialect(), new SqliteDialect(), new MariaDbDialect(), new MySqlDialect(), new ClickHouseDialect(),
        new SparkDialect(), new TrinoDialect(), new AnsiDialect(),
    ];

    /// <summary>The dialect of a connection: by the type of its driver, or where that speaks to several engines by what the engine says it is; standard SQL
    /// where nothing is known.</summary>
    /// <param name="connection">The connection; if it is closed, it may be opened for a moment.</param>
    /// <returns>The dialect.</returns>
    public static SqlDialect Detect(DbConnection connection)
    {
        SqlDialect? ofDriver = First(dialect => dialect.Drivers, connection.GetType().FullName ?? string.Empty);

        // drivers of MySQL speak to MariaDB too
        return ofDriver is null or MySqlDialect
            ? First(dialect => dialect.Products, EngineProduct.Ask(connection)) ?? ofDriver ?? Find("Ansi")
            : ofDriver;
    }

    /// <summary>The dialect of a name, in any case.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The dialect.</returns>
    /// <exception cref="DatabaseException">No dialect has that name (UnknownDialect).</exception>
    public static SqlDialect Find(string name) =>
        All.FirstOrDefault(dialect => string.Equals(dialect.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new DatabaseException(
            "UnknownDialect", $"'{name}' is not a dialect. Use one of {string.Join(", ", All.Select(dialect => dialect.Name))}.", name);

    private static SqlDialect? First(Func<SqlDialect, IReadOnlyList<string>> parts, string name) => All.FirstOrDefault(
        dialect => parts(dialect).Any(part => Regex.IsMatch(name, Regex.Escape(part), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)));
}

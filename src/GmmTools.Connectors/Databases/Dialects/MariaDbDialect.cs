using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Connectors.Databases.Sql;

namespace GmmTools.Connectors.Databases.Dialects;

/// <summary>MariaDB from 10.6 on, which differs from MySQL where an expression names its parts.</summary>
public sealed class MariaDbDialect : MySqlDialect
{
    /// <inheritdoc/>
    public override string Name => "MariaDb";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Drivers => ["MariaDb"];

    /// <inheritdoc/>
    internal override IReadOnlyList<string> Products => ["MariaDb"];

    /// <summary>Derived tables do not see the row outside in MariaDB; tables of a JSON text do, and those before them. Numbers are written into it with
    /// all their digits.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="value">The value.</param>
    /// <returns>The expression.</returns>
    internal override string Evaluate(IReadOnlyList<SqlLayer> layers, string value) =>
        $"(SELECT {value} FROM {string.Join(",", layers.Select((layer, i) => FormattableString.Invariant($"{ToTable(layer)} AS a{i + 1}")))})";

    private string ToTable(SqlLayer layer)
    {
        // what a layer hands on is still in sight
        KeyValuePair<string, string>[] own = [.. layer.Columns.Where(column => column.Key != column.Value)];
        IEnumerable<string> columns = own.Select((column, i) => FormattableString.Invariant($"{column.Key} {DoubleType} PATH '$[{i}]'"));
        return $"JSON_TABLE(JSON_ARRAY({string.Join(",", own.Select(column => column.Value))}),'$' COLUMNS({string.Join(",", columns)}))";
    }
}

using System.Collections.Generic;
using System.Linq;
using GmmTools.Connectors.Databases.Sql;

namespace GmmTools.Connectors.Databases.Dialects;

/// <summary>ClickHouse.</summary>
public sealed class ClickHouseDialect : SqlDialect
{
    /// <inheritdoc/>
    public override string Name => "ClickHouse";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Drivers => ["ClickHouse"];

    /// <inheritdoc/>
    internal override IReadOnlyList<string> Products => ["ClickHouse"];

    /// <inheritdoc/>
    public override int MaxResultColumns => 10_000;

    /// <inheritdoc/>
    public override int MaxStatementLength => 200_000; // max_query_size is 256 KiB unless it is set

    /// <inheritdoc/>
    public override string ToDouble(string expression) => $"toFloat64({expression})";

    /// <inheritdoc/>
    public override string Log(string expression) => $"log({expression})";

    /// <inheritdoc/>
    public override string Exp(string expression) => $"exp({expression})";

    /// <inheritdoc/>
    public override string Greatest(IReadOnlyList<string> expressions) => $"arrayReduce('max',[{string.Join(",", expressions)}])";

    /// <inheritdoc/>
    internal override string Uniform(ulong seed) => "((rand() % 1048576)/1048576)";

    /// <inheritdoc/>
    internal override string CreateTable(string table, string query) => $"CREATE TABLE {table} ENGINE=MergeTree ORDER BY tuple() AS {query}";

    /// <summary>Subqueries do not see the row outside in ClickHouse; arguments of a function that is applied to arrays of one element do.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="value">The value.</param>
    /// <returns>The expression.</returns>
    internal override string Evaluate(IReadOnlyList<SqlLayer> layers, string value)
    {
        for (int i = layers.Count - 1; i >= 0; i--)
        {
            // what a layer hands on is still in sight
            KeyValuePair<string, string>[] own = [.. layers[i].Columns.Where(column => column.Key != column.Value)];
            string names = string.Join(",", own.Select(column => column.Key));
            value = $"arrayMap(({names})->{value},{string.Join(",", own.Select(column => $"[{column.Value}]"))})[1]";
        }

        return value;
    }

    /// <inheritdoc/>
    private protected override string QuoteText(string value) => base.QuoteText(string.Join("\\\\", value.Split('\\')));

    /// <inheritdoc/>
    protected override string QuoteIdentifier(string identifier) =>
        "`" + string.Join("\\`", string.Join("\\\\", identifier.Split('\\')).Split('`')) + "`";
}

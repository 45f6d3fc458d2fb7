using System;
using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Connectors.Databases.Dialects;

/// <summary>SQL Server from 2008 on, Azure SQL.</summary>
public sealed class SqlServerDialect : SqlDialect
{
    /// <inheritdoc/>
    public override string Name => "SqlServer";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Drivers => ["SqlClient"];

    /// <inheritdoc/>
    internal override IReadOnlyList<string> Products => ["SQL Server"];

    /// <inheritdoc/>
    public override int MaxResultColumns => 4096;

    /// <inheritdoc/>
    public override int MaxStatementLength => 64_000_000;

    /// <inheritdoc/>
    public override string DoubleType => "FLOAT(53)";

    /// <inheritdoc/>
    public override string Log(string expression) => $"LOG({expression})";

    /// <inheritdoc/>
    internal override string Uniform(ulong seed) => "((CAST(CHECKSUM(NEWID()) AS BIGINT)&1048575)/1048576E0)";

    /// <inheritdoc/>
    internal override string CreateTable(string table, string query) => $"SELECT * INTO {table} FROM ({query}) AS gq";

    /// <inheritdoc/>
    internal override string FirstRows(int count) => FormattableString.Invariant($"OFFSET 0 ROWS FETCH NEXT {count} ROWS ONLY");

    /// <inheritdoc/>
    public override string Greatest(IReadOnlyList<string> expressions) =>
        expressions.Count == 1
            ? expressions[0]
            : $"(SELECT MAX(v.g) FROM (VALUES {string.Join(",", expressions.Select(expression => $"({expression})"))}) AS v(g))"; // GREATEST came with 2022

    /// <inheritdoc/>
    private protected override string QuoteText(string value) => "N" + base.QuoteText(value);

    /// <inheritdoc/>
    protected override string QuoteIdentifier(string identifier) => QuoteWith('[', ']', identifier);
}

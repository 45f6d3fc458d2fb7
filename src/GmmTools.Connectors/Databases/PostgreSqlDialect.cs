using System.Collections.Generic;

namespace GmmTools.Connectors.Databases;

/// <summary>PostgreSQL, and engines that speak its SQL.</summary>
public sealed class PostgreSqlDialect : SqlDialect
{
    /// <inheritdoc/>
    public override string Name => "PostgreSql";

    /// <inheritdoc/>
    public override int MaxResultColumns => 1664;

    /// <inheritdoc/>
    public override int MaxStatementLength => 64_000_000;

    /// <inheritdoc/>
    public override string Fence => " OFFSET 0";

    /// <inheritdoc/>
    public override string Exp(string expression) =>
        $"CASE WHEN {expression}<-300 THEN 0E0 ELSE EXP({expression}) END"; // what underflows is an error there

    /// <inheritdoc/>
    public override string Greatest(IReadOnlyList<string> expressions) =>
        expressions.Count == 1 ? expressions[0] : $"GREATEST({string.Join(",", expressions)})";
}

using System;
using System.Collections.Generic;
using System.Data;

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
    internal override IsolationLevel? SnapshotLevel => IsolationLevel.RepeatableRead;

    /// <inheritdoc/>
    public override string Exp(string expression) =>
        $"CASE WHEN {expression}<-300 THEN 0E0 ELSE EXP({expression}) END"; // what underflows is an error there

    /// <summary>To compile hundreds of sums takes longer than to add them; a scan that began where another was would add in another order.</summary>
    /// <param name="inTransaction">Whether a transaction of our own has begun, at whose end the settings end.</param>
    /// <returns>The statements.</returns>
    internal override IEnumerable<string> SessionStatements(bool inTransaction) =>
        inTransaction ? ["SET TRANSACTION READ ONLY", "SET LOCAL jit=off", "SET LOCAL synchronize_seqscans=off"] : [];

    /// <inheritdoc/>
    internal override string UniformByPlace(ulong seed) =>
        FormattableString.Invariant($"((hashtidextended(gt.ctid,{SmallSeed(seed)}) & 1048575)/1048576E0)");

    /// <inheritdoc/>
    internal override string SeedStatement(ulong seed) => FormattableString.Invariant($"SELECT setseed({SmallSeed(seed)}/1073741824E0)");

    /// <inheritdoc/>
    public override string Greatest(IReadOnlyList<string> expressions) =>
        expressions.Count == 1 ? expressions[0] : $"GREATEST({string.Join(",", expressions)})";
}

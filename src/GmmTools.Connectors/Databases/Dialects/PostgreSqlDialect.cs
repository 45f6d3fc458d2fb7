using System;
using System.Collections.Generic;
using System.Data;

namespace GmmTools.Connectors.Databases.Dialects;

/// <summary>PostgreSQL, and engines that speak its SQL.</summary>
public sealed class PostgreSqlDialect : SqlDialect
{
    /// <inheritdoc/>
    public override string Name => "PostgreSql";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Drivers => ["Npgsql"];

    /// <inheritdoc/>
    internal override IReadOnlyList<string> Products => ["PostgreSql"];

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

    /// <summary>GREATEST and LEAST are not sent to other servers, functions are.</summary>
    /// <param name="expression">The exponent.</param>
    /// <returns>The call.</returns>
    internal override string BoundedExp(string expression) => $"EXP(float8larger(float8smaller({expression},300),-300))";

    /// <summary>Foreign tables and partitioned ones that have foreign partitions: PostgreSQL sends aggregates to other servers, but only whole
    /// ones over one table.</summary>
    /// <param name="table">The quoted table.</param>
    /// <returns>The query.</returns>
    internal override string PartsQuery(string table)
    {
        string literal = string.Join("''", table.Split('\''));
        return "SELECT n.nspname, c.relname, CASE WHEN c.relkind='f' THEN 1 ELSE 0 END FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid=c.relnamespace "
            + $"WHERE c.oid='{literal}'::regclass AND c.relkind='f' OR c.oid IN (SELECT relid FROM pg_catalog.pg_partition_tree('{literal}'::regclass) WHERE isleaf) ORDER BY 1,2";
    }

    /// <inheritdoc/>
    internal override string UniformByPlace(ulong seed) =>
        FormattableString.Invariant($"((hashtidextended(gt.ctid,{SmallSeed(seed)}) & 1048575)/1048576E0)");

    /// <inheritdoc/>
    internal override string SeedStatement(ulong seed) => FormattableString.Invariant($"SELECT setseed({SmallSeed(seed)}/1073741824E0)");

    /// <inheritdoc/>
    public override string Greatest(IReadOnlyList<string> expressions) =>
        expressions.Count == 1 ? expressions[0] : $"GREATEST({string.Join(",", expressions)})";
}

using System;
using System.Collections.Generic;
using System.Data;

namespace GmmTools.Connectors.Databases.Dialects;

/// <summary>MySQL from 8.0.17 on. MariaDB, which has no derived tables that see the row outside, takes the sums but not the expressions.</summary>
public sealed class MySqlDialect : SqlDialect
{
    /// <inheritdoc/>
    public override string Name => "MySql";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Drivers => ["MySql", "MariaDb"];

    /// <inheritdoc/>
    public override int MaxResultColumns => 4096;

    /// <inheritdoc/>
    public override int MaxStatementLength => 16_000_000;

    /// <inheritdoc/>
    public override string DoubleType => "DOUBLE";

    /// <inheritdoc/>
    public override string Fence => " LIMIT 18446744073709551615";

    /// <inheritdoc/>
    internal override IsolationLevel? SnapshotLevel => IsolationLevel.RepeatableRead;

    /// <inheritdoc/>
    internal override string Uniform(ulong seed) => FormattableString.Invariant($"RAND({SmallSeed(seed)})");

    /// <inheritdoc/>
    private protected override string QuoteText(string value) => base.QuoteText(string.Join("\\\\", value.Split('\\')));

    /// <inheritdoc/>
    protected override string QuoteIdentifier(string identifier) => QuoteWith('`', '`', identifier);
}

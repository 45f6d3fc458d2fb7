using System;
using System.Collections.Generic;
using System.Data;

namespace GmmTools.Connectors.Databases.Dialects;

/// <summary>MySQL from 8.0.17 on.</summary>
public class MySqlDialect : SqlDialect
{
    /// <inheritdoc/>
    public override string Name => "MySql";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Drivers => ["MySql"];

    /// <inheritdoc/>
    internal override IReadOnlyList<string> Products => ["MySql"];

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

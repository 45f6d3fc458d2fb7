using System;
using System.Collections.Generic;
using System.Data;

namespace GmmTools.Connectors.Databases.Dialects;

/// <summary>DuckDB.</summary>
public sealed class DuckDbDialect : SqlDialect
{
    /// <inheritdoc/>
    public override string Name => "DuckDb";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Drivers => ["DuckDB"];

    /// <inheritdoc/>
    internal override IReadOnlyList<string> Products => ["DuckDB"];

    /// <inheritdoc/>
    public override int MaxResultColumns => 16_000;

    /// <inheritdoc/>
    public override int MaxStatementLength => 64_000_000;

    /// <inheritdoc/>
    public override string DoubleType => "DOUBLE";

    /// <inheritdoc/>
    internal override IsolationLevel? SnapshotLevel => IsolationLevel.Snapshot;

    /// <summary>Each operation on columns is a call for each row there, while an inner product is one loop.</summary>
    /// <param name="operations">Their number.</param>
    /// <returns>Always true.</returns>
    internal override bool PrefersLists(int operations) => true;

    /// <inheritdoc/>
    internal override string List(IReadOnlyList<string> elements) => $"[{string.Join(",", elements)}]";

    /// <inheritdoc/>
    internal override string? Unnest(string list) => $"UNNEST({list})";

    /// <inheritdoc/>
    internal override string InnerProduct(string left, string right) => $"list_inner_product({left},{right})";

    /// <inheritdoc/>
    internal override string UniformByPlace(ulong seed) =>
        FormattableString.Invariant($"((hash(gt.rowid,{SmallSeed(seed)}) & 1048575)/1048576E0)");

    /// <inheritdoc/>
    internal override string SeedStatement(ulong seed) => FormattableString.Invariant($"SELECT setseed({SmallSeed(seed)}/1073741824E0)");
}

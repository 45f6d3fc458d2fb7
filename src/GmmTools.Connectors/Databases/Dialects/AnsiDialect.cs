using System;

namespace GmmTools.Connectors.Databases.Dialects;

/// <summary>Standard SQL, for engines that have no dialect of their own: Snowflake, Oracle 23 and others.</summary>
public sealed class AnsiDialect : SqlDialect
{
    /// <inheritdoc/>
    public override string Name => "Ansi";

    /// <inheritdoc/>
    public override int MaxResultColumns => 1000;

    /// <inheritdoc/>
    public override int MaxStatementLength => 1_000_000;

    /// <inheritdoc/>
    internal override string? Uniform(ulong seed) => null;

    /// <inheritdoc/>
    internal override string FirstRows(int count) => FormattableString.Invariant($"OFFSET 0 ROWS FETCH NEXT {count} ROWS ONLY");
}

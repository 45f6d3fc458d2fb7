using System;
using System.Collections.Generic;

namespace GmmTools.Connectors.Databases.Dialects;

/// <summary>SQLite from version 3.35 on, which has mathematical functions.</summary>
public sealed class SqliteDialect : SqlDialect
{
    private const int MaxFunctionArguments = 100;

    /// <inheritdoc/>
    public override string Name => "Sqlite";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Drivers => ["Sqlite"];

    /// <inheritdoc/>
    internal override IReadOnlyList<string> Products => ["Sqlite"];

    /// <inheritdoc/>
    public override int MaxResultColumns => 2000;

    /// <inheritdoc/>
    public override int MaxStatementLength => 1_000_000;

    /// <inheritdoc/>
    public override string DoubleType => "REAL";

    /// <inheritdoc/>
    public override string Fence => " LIMIT -1 OFFSET 0";

    /// <summary>Multiples of a large number modulo a prime: rows one after the other are far apart.</summary>
    /// <param name="seed">The seed.</param>
    /// <returns>The expression.</returns>
    internal override string UniformByPlace(ulong seed) =>
        FormattableString.Invariant($"((((gt.rowid+{SmallSeed(seed)})%1048573)*648055)%1048573/1048573E0)");

    /// <inheritdoc/>
    internal override string Uniform(ulong seed) => "((RANDOM()&1048575)/1048576E0)";

    /// <inheritdoc/>
    public override string Greatest(IReadOnlyList<string> expressions) =>
        NestCalls("MAX", expressions, MaxFunctionArguments);
}

using System.Collections.Generic;

namespace GmmTools.Connectors.Databases;

/// <summary>SQLite from version 3.35 on, which has mathematical functions.</summary>
public sealed class SqliteDialect : SqlDialect
{
    private const int MostFunctionArguments = 100;

    /// <inheritdoc/>
    public override string Name => "Sqlite";

    /// <inheritdoc/>
    public override int MaxResultColumns => 2000;

    /// <inheritdoc/>
    public override int MaxStatementLength => 1_000_000;

    /// <inheritdoc/>
    public override string DoubleType => "REAL";

    /// <inheritdoc/>
    public override string Fence => " LIMIT -1 OFFSET 0";

    /// <inheritdoc/>
    public override string Greatest(IReadOnlyList<string> expressions) =>
        NestCalls("MAX", expressions, MostFunctionArguments);
}

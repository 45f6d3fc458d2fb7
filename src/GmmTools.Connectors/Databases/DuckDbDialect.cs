namespace GmmTools.Connectors.Databases;

/// <summary>DuckDB.</summary>
public sealed class DuckDbDialect : SqlDialect
{
    /// <inheritdoc/>
    public override string Name => "DuckDb";

    /// <inheritdoc/>
    public override int MaxResultColumns => 16_000;

    /// <inheritdoc/>
    public override int MaxStatementLength => 64_000_000;

    /// <inheritdoc/>
    public override string DoubleType => "DOUBLE";
}

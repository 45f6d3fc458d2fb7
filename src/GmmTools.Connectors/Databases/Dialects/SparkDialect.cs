using System;
using System.Collections.Generic;

namespace GmmTools.Connectors.Databases.Dialects;

/// <summary>Spark SQL and Databricks.</summary>
public sealed class SparkDialect : SqlDialect
{
    /// <inheritdoc/>
    public override string Name => "Spark";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Drivers => ["Spark", "Databricks"];

    /// <inheritdoc/>
    public override int MaxResultColumns => 4000;

    /// <inheritdoc/>
    public override int MaxStatementLength => 16_000_000;

    /// <inheritdoc/>
    public override string DoubleType => "DOUBLE";

    /// <inheritdoc/>
    public override string Number(double value)
    {
        // without the letter a setting decides whether it is a decimal number
        string number = base.Number(value);
        return value < 0 ? number.Insert(number.Length - 1, "D") : number + "D";
    }

    /// <inheritdoc/>
    internal override string Uniform(ulong seed) => FormattableString.Invariant($"rand({SmallSeed(seed)})");

    /// <inheritdoc/>
    private protected override string QuoteText(string value) => "'" + string.Join("\\'", string.Join("\\\\", value.Split('\\')).Split('\'')) + "'";

    /// <inheritdoc/>
    protected override string QuoteIdentifier(string identifier) => QuoteWith('`', '`', identifier);
}

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
    internal override IReadOnlyList<string> Products => ["Spark", "Databricks"];

    /// <inheritdoc/>
    public override int MaxResultColumns => 4000;

    /// <inheritdoc/>
    public override int MaxStatementLength => 16_000_000;

    /// <summary>Spark writes one method of Java for a SELECT and those below it, and does without, row by row, where its bytecode has more than 64 KB: a
    /// thousand operations leave 64 bytes for each.</summary>
    internal override int MaxOperations => 1000;

    /// <inheritdoc/>
    public override string DoubleType => "DOUBLE";

    /// <inheritdoc/>
    public override string Number(double value)
    {
        // without the letter a setting decides whether it is a decimal number
        string number = base.Number(value);
        return value < 0 ? number.Insert(number.Length - 1, "D") : number + "D";
    }

    /// <summary>Functions of arrays are called, not written out, so that the method stays small.</summary>
    /// <param name="operations">Their number.</param>
    /// <returns>Whether they are too many to be written out.</returns>
    internal override bool PrefersLists(int operations) => operations > MaxOperations;

    /// <inheritdoc/>
    internal override string List(IReadOnlyList<string> elements) => $"array({string.Join(",", elements)})";

    /// <inheritdoc/>
    internal override string InnerProduct(string left, string right) => $"aggregate(zip_with({left},{right},(a,b)->a*b),{Number(0)},(a,b)->a+b)";

    /// <inheritdoc/>
    internal override string Uniform(ulong seed) => FormattableString.Invariant($"rand({SmallSeed(seed)})");

    /// <inheritdoc/>
    private protected override string QuoteText(string value) => "'" + string.Join("\\'", string.Join("\\\\", value.Split('\\')).Split('\'')) + "'";

    /// <inheritdoc/>
    protected override string QuoteIdentifier(string identifier) => QuoteWith('`', '`', identifier);
}

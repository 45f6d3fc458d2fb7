using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Connectors.Databases.Dialects;

/// <summary>Trino, and Presto.</summary>
public sealed class TrinoDialect : SqlDialect
{
    /// <summary>Elements that a constructor of arrays takes: the method that it becomes has at most 254 arguments.</summary>
    private const int MaxElements = 200;

    /// <inheritdoc/>
    public override string Name => "Trino";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Drivers => ["Trino", "Presto"];

    /// <inheritdoc/>
    internal override IReadOnlyList<string> Products => ["Trino", "Presto"];

    /// <summary>All columns of a SELECT become one class, whose methods for a thousand columns were reported to be too large.</summary>
    public override int MaxResultColumns => 500;

    /// <inheritdoc/>
    public override int MaxStatementLength => 1_000_000; // query.max-length unless it is set

    /// <summary>A method that is larger than 64 KB is an error in Trino: a thousand operations leave 64 bytes for each.</summary>
    internal override int MaxOperations => 1000;

    /// <inheritdoc/>
    public override string DoubleType => "DOUBLE";

    /// <inheritdoc/>
    internal override bool PrefersLists(int operations) => operations > MaxOperations;

    /// <inheritdoc/>
    internal override string List(IReadOnlyList<string> elements) =>
        string.Join("||", Group(elements, MaxElements).Select(group => $"ARRAY[{string.Join(",", group)}]"));

    /// <inheritdoc/>
    internal override string InnerProduct(string left, string right) => $"REDUCE(ZIP_WITH({left},{right},(a,b)->a*b),{Number(0)},(a,b)->a+b,a->a)";
}

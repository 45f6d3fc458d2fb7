namespace GmmTools.Core.Tests.Support;

/// <summary>What the rows of a random problem are like.</summary>
internal enum RowKind
{
    /// <summary>Drawn from a random mixture.</summary>
    Mixture,

    /// <summary>Mixed with Cauchy noise: some rows lie very far out.</summary>
    HeavyTails,

    /// <summary>Rounded to few values: many rows are equal.</summary>
    Ties,

    /// <summary>A few rows, many times each, and a few others.</summary>
    Duplicates,
}

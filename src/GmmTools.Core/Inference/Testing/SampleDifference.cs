using System;
using GmmTools.Observations;

namespace GmmTools.Inference.Testing;

/// <summary>How the mean of a column of a sample differs from that of another, in all rows or in those of a group.</summary>
public sealed class SampleDifference
{
    internal SampleDifference()
    {
    }

    /// <summary>The group; null where rows have none.</summary>
    public RowGroup? Group { get; internal set; }

    /// <summary>The column.</summary>
    public string Column { get; internal set; } = string.Empty;

    /// <summary>Number of rows of the reference: the sum of their weights.</summary>
    public double ReferenceRowCount { get; internal set; }

    /// <summary>Number of rows: the sum of their weights.</summary>
    public double RowCount { get; internal set; }

    /// <summary>Mean of the reference; NaN of no rows.</summary>
    public double ReferenceMean { get; internal set; } = double.NaN;

    /// <summary>Mean of the rows; NaN of none.</summary>
    public double Mean { get; internal set; } = double.NaN;

    /// <summary>Median of the reference; NaN of no rows.</summary>
    public double ReferenceMedian { get; internal set; } = double.NaN;

    /// <summary>Median of the rows; NaN of none.</summary>
    public double Median { get; internal set; } = double.NaN;

    /// <summary>The mean less that of the reference.</summary>
    public double Difference => Mean - ReferenceMean;

    /// <summary>Standard error of the difference (Welch).</summary>
    public double StandardError { get; internal set; } = double.NaN;

    /// <summary>Lower end of the 95 % interval of the difference.</summary>
    public double Lower { get; internal set; } = double.NaN;

    /// <summary>Upper end.</summary>
    public double Upper { get; internal set; } = double.NaN;

    /// <summary>What the difference adds up to over all rows of the sample.</summary>
    public double TotalHarm => Difference * RowCount;

    /// <summary>Probability of so large a difference, either way, where rows are alike; NaN where there are too few to tell.</summary>
    public double PValue { get; internal set; } = double.NaN;

    /// <summary>The p-value that allows for the number of comparisons.</summary>
    public double AdjustedPValue { get; internal set; } = double.NaN;

    /// <summary>Whether it is one of the differences that are found at the false discovery rate.</summary>
    public bool Differs { get; internal set; }

    /// <summary>Why there is no p-value; empty where there is one.</summary>
    public string Note { get; internal set; } = string.Empty;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{(Group is null ? string.Empty : $"{Group}: ")}{Column}{(Note.Length > 0 ? $": {Note}" : string.Empty)}")
        + (Note.Length > 0 ? string.Empty : FormattableString.Invariant($" {Mean:G5} instead of {ReferenceMean:G5}, p = {AdjustedPValue:G3}"));
}

using System;

namespace GmmTools.Classification.Validation;

/// <summary>How many rows of a class were taken for a class.</summary>
public sealed class ConfusionCell
{
    internal ConfusionCell(string actual, string predicted, double count, double share)
    {
        Class = actual;
        Predicted = predicted;
        Count = count;
        Share = share;
    }

    /// <summary>The class that the rows have.</summary>
    public string Class { get; }

    /// <summary>The class that was predicted.</summary>
    public string Predicted { get; }

    /// <summary>Number of the rows, or their weight: the mean over repetitions.</summary>
    public double Count { get; }

    /// <summary>Their share of the rows that have the class.</summary>
    public double Share { get; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Class} as {Predicted}: {Count:G6}");
}

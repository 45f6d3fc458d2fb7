using System;
using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Inference.Drift;

/// <summary>Whether rows look like those that a mixture describes.</summary>
public sealed class FitVerdict
{
    internal FitVerdict(double statistic, double pValue, double falseAlarmRate, int replicateCount, long rowCount, IReadOnlyList<FitDeviation> causes)
    {
        Statistic = statistic;
        PValue = pValue;
        FalseAlarmRate = falseAlarmRate;
        ReplicateCount = replicateCount;
        RowCount = rowCount;
        Causes = causes;
    }

    /// <summary>Whether the rows look like the baseline: the p-value is above the false-alarm rate.</summary>
    public bool Passed => PValue > FalseAlarmRate;

    /// <summary>The largest difference anywhere, in standard errors.</summary>
    public double Statistic { get; }

    /// <summary>Probability that so many rows of the baseline itself differ from it as far: (b + 1)/(B + 1), where b of B simulated windows do.</summary>
    public double PValue { get; }

    /// <summary>How often rows of the baseline itself fail.</summary>
    public double FalseAlarmRate { get; }

    /// <summary>Number of simulated windows, B.</summary>
    public int ReplicateCount { get; }

    /// <summary>Number of rows, n.</summary>
    public long RowCount { get; }

    /// <summary>What differs by more than chance, the farthest first; none where the rows passed.</summary>
    public IReadOnlyList<FitDeviation> Causes { get; }

    /// <summary>What makes the verdict less certain than it says.</summary>
    public IReadOnlyList<string> Warnings { get; internal init; } = [];

    /// <summary>The first of the causes, and how many more there are; empty where there are none.</summary>
    public string Cause => Causes.Count == 0 ? string.Empty
        : Causes.Count == 1 ? Causes[0].ToString()
        : FormattableString.Invariant($"{Causes[0]} (and {Causes.Count - 1} more)");

    /// <summary>The causes as one text; empty where there are none.</summary>
    public string Difference => string.Join("; ", Causes.Select(cause => cause.ToString()));

    /// <summary>A sentence.</summary>
    public override string ToString() => Passed
        ? FormattableString.Invariant($"{Counted.Of(RowCount, "row")} like the baseline (p = {PValue:G3})")
        : FormattableString.Invariant($"{Counted.Of(RowCount, "row")} unlike the baseline (p = {PValue:G3}): {Difference}");
}

using System.Collections.Generic;

namespace GmmTools.Inference.Testing;

/// <summary>The differences between two samples.</summary>
public sealed class SampleComparisonReport
{
    internal SampleComparisonReport(IReadOnlyList<SampleDifference> differences, IReadOnlyList<string> warnings)
    {
        Differences = FixedList.Of(differences);
        Warnings = FixedList.Of(warnings);
    }

    /// <summary>One for each group and column, the largest total first; groups that only one side has are last.</summary>
    public IReadOnlyList<SampleDifference> Differences { get; }

    /// <summary>What a reader should know before relying on them.</summary>
    public IReadOnlyList<string> Warnings { get; }
}

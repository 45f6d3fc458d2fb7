using System.Collections.Generic;

namespace GmmTools.Inference;

/// <summary>How sure the parameters of a mixture are.</summary>
public sealed class UncertaintyReport
{
    internal UncertaintyReport()
    {
    }

    /// <summary>The parameters, component by component.</summary>
    public IReadOnlyList<ParameterUncertainty> Parameters { get; internal init => field = FixedList.Of(value); } = [];

    /// <summary>Number of replicates that were made; fewer than were asked for where the time was up.</summary>
    public int ReplicateCount { get; internal init; }

    /// <summary>Number of those that were left out since a component collapsed, ran out of rows or is flat on a few.</summary>
    public int CollapsedCount { get; internal init; }

    /// <summary>Number of fits without a row or a group of rows, for BCa intervals.</summary>
    public int JackknifeCount { get; internal init; }

    /// <summary>Number of those that were left out since a component collapsed, ran out of rows or is flat on a few.</summary>
    public int CollapsedJackknifeCount { get; internal init; }

    /// <summary>What a reader should know before relying on it.</summary>
    public IReadOnlyList<string> Warnings { get; internal init => field = FixedList.Of(value); } = [];
}

using System.Collections.Generic;
using System.Collections.ObjectModel;

namespace GmmTools.Output;

/// <summary>How well two columns of labels agree.</summary>
public sealed class PartitionSummary
{
    internal PartitionSummary(long rowCount, long omittedRowCount, double adjustedRandIndex, long misclassifiedCount)
    {
        RowCount = rowCount;
        OmittedRowCount = omittedRowCount;
        AdjustedRandIndex = adjustedRandIndex;
        MisclassifiedCount = misclassifiedCount;
    }

    /// <summary>Number of rows that were compared.</summary>
    public long RowCount { get; }

    /// <summary>Number of rows left out because a label is missing.</summary>
    public long OmittedRowCount { get; }

    /// <summary>Number of different labels of the reference.</summary>
    public int ReferenceCount { get; internal set; }

    /// <summary>Number of different labels of the other column.</summary>
    public int DifferenceCount { get; internal set; }

    /// <summary>Adjusted Rand index of Hubert and Arabie: 1 for the same groups, about 0 for groups that have nothing to do with each
    /// other.</summary>
    public double AdjustedRandIndex { get; }

    /// <summary>Number of rows that do not agree when labels are matched one to one as well as possible.</summary>
    public long MisclassifiedCount { get; }

    /// <summary>Share of such rows.</summary>
    public double MisclassificationRate => (double)MisclassifiedCount / RowCount;

    /// <summary>The best matching, as in: setosa = 2.</summary>
    public IReadOnlyList<string> Matching { get; internal set => field = new ReadOnlyCollection<string>([.. value]); } = [];
}

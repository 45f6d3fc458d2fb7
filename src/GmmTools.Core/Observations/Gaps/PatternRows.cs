using GmmTools.Numerics;

namespace GmmTools.Observations.Gaps;

/// <summary>The rows of one missingness pattern: a table of the columns that they have.</summary>
internal sealed class PatternRows
{
    public PatternRows(MissingPattern pattern, InMemoryObservations rows)
    {
        Pattern = pattern;
        Rows = rows;
    }

    public MissingPattern Pattern { get; }

    /// <summary>The observed columns alone.</summary>
    public InMemoryObservations Rows { get; }
}

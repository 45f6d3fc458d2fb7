using System.Collections.Generic;
using GmmTools.Observations.Chunks;

namespace GmmTools.Observations;

/// <summary>Rows of another table with what is known of their components; the numbers stay where they are.</summary>
internal sealed class LabelledObservations : ChunkedObservations
{
    /// <param name="property">Names of the columns.</param>
    /// <param name="chunks">The rows with their labels.</param>
    /// <param name="totals">What is known of them as a whole.</param>
    /// <param name="logVolume">That of the other table.</param>
    public LabelledObservations(IReadOnlyList<string> property, LabelledChunks chunks, RowTotals totals, double logVolume)
        : base(property, chunks, totals, logVolume)
    {
    }
}

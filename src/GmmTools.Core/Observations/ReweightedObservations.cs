using System.Collections.Generic;
using GmmTools.Observations.Chunks;

namespace GmmTools.Observations;

/// <summary>Rows of another table with other weights; the numbers stay where they are.</summary>
internal sealed class ReweightedObservations : ChunkedObservations
{
    /// <param name="property">Names of the columns.</param>
    /// <param name="chunks">The rows with their weights.</param>
    /// <param name="totals">What is known of them as a whole.</param>
    /// <param name="logVolume">That of the other table.</param>
    public ReweightedObservations(IReadOnlyList<string> property, ReweightedChunks chunks, RowTotals totals, double logVolume)
        : base(property, chunks, totals, logVolume)
    {
    }
}

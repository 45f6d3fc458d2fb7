using System.Collections.Generic;
using GmmTools.Observations.Chunks;

namespace GmmTools.Observations;

/// <summary>Rows in a temporary file, of which a few MiB per thread are in memory. Its <see cref="RowStorage"/> removes the file.</summary>
public sealed class MappedObservations : ChunkedObservations
{
    internal MappedObservations(IReadOnlyList<string> property, ColumnStore store)
        : base(property, store, store.Totals, 0)
    {
    }
}

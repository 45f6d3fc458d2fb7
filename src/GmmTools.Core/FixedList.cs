using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Linq;

namespace GmmTools;

/// <summary>
/// Lists for public properties: they do not change, and scripts index them like arrays. What the compiler makes of a collection expression
/// hides its indexer, so that in PowerShell [0] would be the whole list.
/// </summary>
internal static class FixedList
{
    /// <summary>A copy of some items.</summary>
    /// <param name="items">The items.</param>
    public static ReadOnlyCollection<T> Of<T>(IEnumerable<T> items) => new ReadableList<T>([.. items]);

    /// <summary>Says what it holds, as a cell of a table does.</summary>
    private sealed class ReadableList<T>(IList<T> items) : ReadOnlyCollection<T>(items)
    {
        public override string ToString() => string.Join(", ", Items.Select(item => Convert.ToString(item, CultureInfo.InvariantCulture)));
    }
}

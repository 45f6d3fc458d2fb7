using System.Collections.Generic;
using System.Collections.ObjectModel;

namespace GmmTools;

/// <summary>
/// Lists for public properties: they do not change, and scripts index them like arrays. What the compiler makes of a collection expression
/// hides its indexer, so that in PowerShell [0] would be the whole list.
/// </summary>
internal static class FixedList
{
    /// <summary>A copy of some items.</summary>
    /// <param name="items">The items.</param>
    public static ReadOnlyCollection<T> Of<T>(IEnumerable<T> items) => new([.. items]);
}

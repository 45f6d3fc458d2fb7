using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Classification;

/// <summary>Values that are said once where they are all the same.</summary>
internal static class SameValues
{
    /// <summary>One value where all are the same; else all of them.</summary>
    public static IEnumerable<string> DistinctWhereSame(this IEnumerable<string> values)
    {
        string[] all = [.. values];
        return all.Distinct().Count() == 1 ? all.Take(1) : all;
    }
}

using System;
using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Connectors.Cells;

/// <summary>Orders names by how likely they were meant, without regard to case.</summary>
internal static class NearestNames
{
    private const int MaxCharacters = 100;

    public static string[] Order(IEnumerable<string> names, string wanted) =>
        [.. names.OrderBy(name => Distance(name, wanted))];

    /// <summary>Whether a name differs so little that a slip of the keyboard explains it.</summary>
    public static bool IsPlausible(string name, string wanted)
    {
        int distance = Distance(name, wanted);
        return distance < Math.Max(name.Length, wanted.Length) && distance <= Math.Max(1, Math.Min(name.Length, wanted.Length) / 3);
    }

    /// <summary>
    /// The fewest characters to insert, remove, replace or swap with the next that turn one name into the other: Levenshtein's
    /// distance with swaps, as swapped letters are the most frequent slip (optimal string alignment).
    /// </summary>
    public static int Distance(string first, string second)
    {
        string a = Prepare(first);
        string b = Prepare(second);
        int[] beforePrevious = new int[b.Length + 1];
        int[] previous = [.. Enumerable.Range(0, b.Length + 1)];
        int[] current = new int[b.Length + 1];
        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, 1 + Math.Min(previous[j], current[j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    current[j] = Math.Min(current[j], beforePrevious[j - 2] + 1);
                }
            }

            (beforePrevious, previous, current) = (previous, current, beforePrevious);
        }

        return previous[b.Length];
    }

    // the beginning decides; a header of a megabyte must not cost minutes
    private static string Prepare(string name) =>
        name.Substring(0, Math.Min(name.Length, MaxCharacters)).ToUpperInvariant();
}

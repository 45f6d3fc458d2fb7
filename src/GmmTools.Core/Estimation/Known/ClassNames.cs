using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GmmTools.Estimation.Known;

/// <summary>Names of classes, which differ by more than case.</summary>
internal static class ClassNames
{
    /// <summary>The names in order: as numbers where all of them are, else by letters.</summary>
    /// <param name="names">The names, each once.</param>
    /// <returns>Their places, from 0.</returns>
    public static int[] Order(IReadOnlyList<string> names)
    {
        IEnumerable<int> all = Enumerable.Range(0, names.Count);
        double?[] numbers = [.. names.Select(ReadNumber)];
        return [.. Array.TrueForAll(numbers, number => number is not null) ? all.OrderBy(i => numbers[i]) : all.OrderBy(i => names[i], StringComparer.OrdinalIgnoreCase)];
    }

    private static double? ReadNumber(string name) =>
        double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && !double.IsNaN(number) ? number : null;
}

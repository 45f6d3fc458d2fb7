using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GmmTools.Estimation.Known;

/// <summary>
/// Collects the classes of rows, row by row. Classes are put in order: as numbers where all of them are, else by name; names that differ only in case are
/// one class. Where all are numbers of components, from 1, each is its own.
/// </summary>
public sealed class KnownComponentsBuilder
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<int> _labels = [];

    /// <summary>Number of classes so far.</summary>
    public int ClassCount => _numbers.Count;

    /// <summary>Adds a row.</summary>
    /// <param name="label">Its class; null or blank where it is not known.</param>
    public void Add(string? label)
    {
        if (string.IsNullOrWhiteSpace(label))
        {
            _labels.Add(-1);
            return;
        }

        string name = label!.Trim();
        if (!_numbers.TryGetValue(name, out int number))
        {
            number = _numbers.Count;
            _numbers.Add(name, number);
        }

        _labels.Add(number);
    }

    /// <summary>What was collected.</summary>
    /// <param name="componentCount">How many components there are to be; null for those of the classes.</param>
    /// <param name="componentsPerClass">Components of each class, at least 1.</param>
    /// <returns>What is known.</returns>
    public KnownComponents Build(int? componentCount = null, int componentsPerClass = 1)
    {
        string[] found = [.. _numbers.OrderBy(pair => pair.Value).Select(pair => pair.Key)];
        int[] order = ClassNames.Order(found);
        int[] places = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            places[order[i]] = i;
        }

        string[] classes = [.. order.Select(i => found[i])];
        int[] firsts = componentsPerClass == 1 && NumbersOfComponents(classes, componentCount ?? classes.Length) is int[] numbers
            ? numbers
            : [.. Enumerable.Range(0, classes.Length).Select(c => c * componentsPerClass)];
        return new KnownComponents(classes, firsts, componentsPerClass, [.. _labels.Select(label => label < 0 ? label : places[label])]);
    }

    /// <summary>The components, from 0, that the names are the numbers of; null where they are not.</summary>
    private static int[]? NumbersOfComponents(string[] classes, int componentCount)
    {
        int[] numbers =
        [
            .. classes.Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number - 1 : -1),
        ];
        return Array.TrueForAll(numbers, number => number >= 0 && number < componentCount) && numbers.Distinct().Count() == numbers.Length ? numbers : null;
    }
}

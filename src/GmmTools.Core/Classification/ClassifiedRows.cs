using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Estimation.Known;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using GmmTools.Observations.Views;

namespace GmmTools.Classification;

/// <summary>Rows whose classes are known. Names that differ only in case are one class; classes are ordered by name, those that are numbers
/// by number.</summary>
public sealed class ClassifiedRows
{
    private const int RowsPerCheck = 4096;

    private readonly int[] _places;

    private ClassifiedRows(IObservations rows, int[] places, IReadOnlyList<string> names, long omittedCount)
    {
        Rows = rows;
        _places = places;
        Names = names;
        OmittedCount = omittedCount;
        Weights = new double[names.Count];
        Counts = new long[names.Count];
        int number = 0;
        foreach ((double[] _, double weight) in rows.EnumerateWeighted())
        {
            Weights[places[number]] += weight;
            Counts[places[number++]]++;
            IsWeighted |= weight != 1;
        }
    }

    /// <summary>The rows that have a class.</summary>
    public IObservations Rows { get; }

    /// <summary>Names of the classes, in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of rows that are left out, since they have no class.</summary>
    public long OmittedCount { get; }

    /// <summary>For each row its class, from 0.</summary>
    internal IReadOnlyList<int> Places => _places;

    /// <summary>Sum of the row weights of each class.</summary>
    internal double[] Weights { get; }

    /// <summary>Number of rows of each class.</summary>
    internal long[] Counts { get; }

    private bool IsWeighted { get; }

    /// <summary>Rows with their classes.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="classes">For each row, in the order in which they are enumerated, the name of its class; blank where it has none, and is left
    /// out.</param>
    /// <returns>The rows that have a class.</returns>
    /// <exception cref="ArgumentException">There are more or fewer names than rows.</exception>
    /// <exception cref="ClassificationException">No row has a class (NoClasses), or all have the same (OneClass).</exception>
    /// <exception cref="InvalidObservationException">The rows cannot be enumerated (RowsNotEnumerable).</exception>
    public static ClassifiedRows Create(IObservations rows, IReadOnlyList<string?> classes)
    {
        if ((classes ?? throw new ArgumentNullException(nameof(classes))).Count != (rows ?? throw new ArgumentNullException(nameof(rows))).Count)
        {
            throw new ArgumentException("There must be one class per row; a blank one for a row without.", nameof(classes));
        }

        string?[] given = [.. classes.Select(name => string.IsNullOrWhiteSpace(name) ? null : name!.Trim())];
        string[] names = Order(given.OfType<string>());
        if (names.Length == 0)
        {
            throw new ClassificationException("NoClasses", FormattableString.Invariant($"None of {Counted.Of(given.Length, "row")} has a class."));
        }

        if (names.Length == 1)
        {
            throw new ClassificationException("OneClass", $"Every row that has a class has the class '{names[0]}': there is nothing to tell apart.", names[0]);
        }

        Dictionary<string, int> numbers = names.Select((name, place) => (name, place)).ToDictionary(pair => pair.name, pair => pair.place, StringComparer.OrdinalIgnoreCase);
        int[] places = [.. given.OfType<string>().Select(name => numbers[name])];
        IObservations known = places.Length == given.Length ? rows : rows.Filter((number, _) => given[(int)number] is not null);
        return new ClassifiedRows(known, places, FixedList.Of(names), given.Length - places.Length);
    }

    /// <summary>Some of the rows, with all classes: one that has no row there remains a class.</summary>
    /// <param name="keep">Whether to keep a row, by its number, from 0.</param>
    internal ClassifiedRows Where(Func<int, bool> keep) =>
        new(Rows.Filter((number, _) => keep((int)number)), [.. _places.Where((_, number) => keep(number))], Names, 0);

    /// <summary>The rows of one class, copied.</summary>
    /// <param name="place">The class, from 0.</param>
    /// <param name="cancellationToken">Stops the copying.</param>
    internal IObservations Of(int place, CancellationToken cancellationToken)
    {
        RowCollector collector = new(Rows.Property, IsWeighted, MissingValuePolicy.Marginalize);
        int number = 0;
        foreach ((double[] row, double weight) in Rows.EnumerateWeighted())
        {
            if (number % RowsPerCheck == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (_places[number++] == place)
            {
                collector.Add(row, weight);
            }
        }

        return collector.Build();
    }

    /// <summary>Each name once, as it came first.</summary>
    private static string[] Order(IEnumerable<string> names)
    {
        string[] distinct = [.. names.Distinct(StringComparer.OrdinalIgnoreCase)];
        return [.. ClassNames.Order(distinct).Select(i => distinct[i])];
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Observations;

namespace GmmTools.Connectors.Cells;

/// <summary>Chooses columns by name or wildcard, without regard to case and in the order asked for.</summary>
public static class ColumnSelector
{
    /// <summary>How many rows are looked at to find the columns of numbers.</summary>
    public const int MaxRowsInspected = 100;

    private const int MaxNamesShown = 20;

    /// <summary>Finds the columns that are asked for.</summary>
    /// <param name="available">Names of the columns there are, in order; a blank name cannot be asked for.</param>
    /// <param name="patterns">Names or wildcards (*, ?, [abc]); an exact name wins over its meaning as a wildcard.</param>
    /// <param name="source">The file or table, for messages; null when there is only the pipeline.</param>
    /// <returns>Indices into <paramref name="available"/>, each once.</returns>
    /// <exception cref="InvalidObservationException">
    /// A pattern finds nothing (UnknownProperty), or two of the columns found have one name (DuplicateProperty).
    /// </exception>
    public static int[] Resolve(IReadOnlyList<string> available, IReadOnlyList<string> patterns, string? source = null) =>
        Resolve(available, patterns, Find, source);

    /// <summary>Finds the columns that are asked for, without those that are not wanted.</summary>
    /// <param name="available">Names of the columns there are, in order; a blank name cannot be asked for.</param>
    /// <param name="patterns">Names or wildcards of the columns wanted.</param>
    /// <param name="exclude">Names or wildcards of the columns to be left out; a wildcard may match nothing.</param>
    /// <param name="source">The file or table, for messages; null when there is only the pipeline.</param>
    /// <returns>Indices into <paramref name="available"/>, each once.</returns>
    /// <exception cref="InvalidObservationException">
    /// A pattern finds nothing (UnknownProperty), two of the columns found have one name (DuplicateProperty), or none is left (NoColumns).
    /// </exception>
    public static int[] Resolve(
        IReadOnlyList<string> available, IReadOnlyList<string> patterns, IReadOnlyList<string> exclude, string? source)
    {
        HashSet<int> excluded = FindExcluded(available, exclude, source);
        return exclude.Count == 0
            ? Resolve(available, patterns, source)
            : CheckAny([.. Resolve(available, patterns, source).Where(column => !excluded.Contains(column))], exclude, source);
    }

    /// <summary>The columns that hold a number in any of the first rows, without those that are not wanted. The order of these rows does not
    /// matter: other cells of a column with a number are errors when they are read, wherever they stand.</summary>
    /// <param name="available">Names of the columns there are, in order; columns without a name are left out.</param>
    /// <param name="firstRows">The first rows, <see cref="MaxRowsInspected"/> if there are so many, one cell per column; may be shorter.</param>
    /// <param name="parser">Tells what a cell is.</param>
    /// <param name="exclude">Names or wildcards of the columns to be left out; a wildcard may match nothing.</param>
    /// <param name="source">The file or table, for messages; null when there is only the pipeline.</param>
    /// <returns>Indices into <paramref name="available"/>, in order.</returns>
    /// <exception cref="InvalidObservationException">
    /// No cell is a number (NoNumericColumns), one is meant to be, but written otherwise (TextInNumericColumn), two of the columns have one
    /// name (DuplicateProperty), or a name to be left out is unknown (UnknownProperty).
    /// </exception>
    public static int[] SelectNumeric(
        IReadOnlyList<string> available,
        IReadOnlyList<object?[]> firstRows,
        CellParser parser,
        IReadOnlyList<string> exclude,
        string? source)
    {
        HashSet<int> excluded = FindExcluded(available, exclude, source);
        List<int> chosen = [];
        for (int i = 0; i < available.Count; i++)
        {
            if (!string.IsNullOrWhiteSpace(available[i])
                && !excluded.Contains(i)
                && IsNumeric(available[i], [.. CellsOf(firstRows, i)], parser, source))
            {
                chosen.Add(i);
            }
        }

        if (chosen.Count == 0)
        {
            CheckUnits(available, firstRows, parser, excluded, source);
            throw new InvalidObservationException(
                "NoNumericColumns",
                $"{Subject(source)} no column with a number in the first rows. {DescribeColumns(available)}");
        }

        CheckUnique(available, chosen, source);
        return [.. chosen];
    }

    /// <summary>The column of the row weights.</summary>
    /// <param name="available">Names of the columns there are, in order.</param>
    /// <param name="name">Name of the weights' column.</param>
    /// <param name="patterns">Names or wildcards of the columns asked for, of which the weights must not be one by name.</param>
    /// <param name="source">The file or table, for messages; null when there is only the pipeline.</param>
    /// <returns>Index into <paramref name="available"/>.</returns>
    /// <exception cref="InvalidObservationException">There is no such column (UnknownProperty), or it is asked for as a column as well
    /// (WeightIsProperty).</exception>
    public static int ResolveWeight(
        IReadOnlyList<string> available, string name, IReadOnlyList<string> patterns, string? source = null)
    {
        if (patterns.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw new InvalidObservationException(
                "WeightIsProperty",
                $"Column '{name}' cannot hold the weights and be fitted as well.",
                column: name);
        }

        return ResolveNames(available, [name], source)[0];
    }

    /// <summary>Columns that might be numeric for all that the first rows tell, in which all of their cells are missing.</summary>
    /// <param name="available">Names of the columns there are, in order.</param>
    /// <param name="firstRows">The first rows, one cell per column; may be shorter.</param>
    /// <param name="parser">Tells what a cell is.</param>
    /// <param name="exclude">Names or wildcards of the columns to be left out.</param>
    /// <returns>Their names.</returns>
    public static string[] FindUndecided(
        IReadOnlyList<string> available, IReadOnlyList<object?[]> firstRows, CellParser parser, IReadOnlyList<string> exclude)
    {
        HashSet<int> excluded = FindExcluded(available, exclude, null);
        return
        [
            .. Enumerable.Range(0, available.Count)
                .Where(i => !string.IsNullOrWhiteSpace(available[i])
                    && !excluded.Contains(i)
                    && CellsOf(firstRows, i).All(cell => parser.Parse(cell, out _) == CellKind.Missing))
                .Select(i => available[i]),
        ];
    }

    /// <summary>Columns that are not chosen for want of numbers.</summary>
    /// <param name="available">Names of the columns there are, in order.</param>
    /// <param name="candidates">Indices of the columns that might have been chosen.</param>
    /// <param name="chosen">Indices of the columns that were.</param>
    /// <param name="exclude">Names or wildcards of the columns that were not wanted.</param>
    /// <returns>Their names.</returns>
    public static IEnumerable<string> FindLeftOut(
        IReadOnlyList<string> available, IEnumerable<int> candidates, IReadOnlyList<int> chosen, IReadOnlyList<string> exclude)
    {
        HashSet<int> others = [.. chosen, .. FindExcluded(available, exclude, null)];
        return candidates.Where(column => !others.Contains(column) && !string.IsNullOrWhiteSpace(available[column])).Select(column => available[column]);
    }

    /// <summary>Says which columns are left out.</summary>
    /// <param name="names">Their names.</param>
    /// <returns>The sentence.</returns>
    public static string DescribeLeftOut(IReadOnlyList<string> names) =>
        $"columns without a number in the first {MaxRowsInspected} rows are left out: {List(names)}.";

    /// <summary>Names in a sentence; of many the first, and how many there are besides.</summary>
    /// <param name="names">The names.</param>
    internal static string List(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(MaxNamesShown)) + (names.Count > MaxNamesShown ? $" and {names.Count - MaxNamesShown} more" : string.Empty);

    /// <summary>As <see cref="Resolve(IReadOnlyList{string}, IReadOnlyList{string}, string?)"/>, but names are no wildcards.</summary>
    internal static int[] ResolveNames(IReadOnlyList<string> available, IReadOnlyList<string> names, string? source) =>
        Resolve(available, names, FindName, source);

    private static int[] Resolve(
        IReadOnlyList<string> available,
        IReadOnlyList<string> patterns,
        Func<IReadOnlyList<string>, string, List<int>> find,
        string? source)
    {
        List<int> chosen = [];
        List<string> unknown = [];
        HashSet<int> seen = [];
        foreach (string pattern in patterns)
        {
            List<int> found = find(available, pattern);
            chosen.AddRange(found.Where(seen.Add));
            if (found.Count == 0)
            {
                unknown.Add(pattern);
            }
        }

        if (unknown.Count > 0)
        {
            throw UnknownProperty(available, unknown, source);
        }

        CheckUnique(available, chosen, source);
        return [.. chosen];
    }

    private static HashSet<int> FindExcluded(IReadOnlyList<string> available, IReadOnlyList<string> exclude, string? source)
    {
        HashSet<int> excluded = [];
        foreach (string pattern in exclude)
        {
            List<int> found = Find(available, pattern);
            if (found.Count == 0 && !Wildcard.HasWildcard(pattern))
            {
                // a slip of the keyboard would leave in what was to be left out
                throw UnknownProperty(available, [pattern], source);
            }

            excluded.UnionWith(found);
        }

        return excluded;
    }

    private static int[] CheckAny(int[] chosen, IReadOnlyList<string> exclude, string? source) => chosen.Length > 0
        ? chosen
        : throw new InvalidObservationException(
            "NoColumns",
            $"{Subject(source)} no column left: all chosen columns are excluded by {string.Join(", ", exclude)}. Exclude fewer.",
            offendingValue: exclude);

    private static IEnumerable<object?> CellsOf(IReadOnlyList<object?[]> rows, int column) =>
        rows.Select(row => column < row.Length ? row[column] : null);

    private static bool IsNumeric(string name, object?[] cells, CellParser parser, string? source)
    {
        if (Array.Exists(cells, cell => parser.Parse(cell, out _) == CellKind.Number))
        {
            return true;
        }

        int meant = Array.FindIndex(
            cells, cell => cell is string text && parser.ParseText(text, out _) == CellKind.NotANumber && CultureHint.IsMeantAsNumber(text, parser.Culture));

        // To leave a column of 1,85 out of the fit because of its comma, or of $1 because of its sign, would be wrong without a word.
        return meant < 0
            ? false
            : throw parser.ErrorFor(CellKind.NotANumber, cells[meant], new RowLocation(meant + 1, source), name);
    }

    /// <summary>Complains of a number with a unit, where there are no others: beside numbers it may be a code.</summary>
    private static void CheckUnits(
        IReadOnlyList<string> available, IReadOnlyList<object?[]> firstRows, CellParser parser, HashSet<int> excluded, string? source)
    {
        foreach (int column in Enumerable.Range(0, available.Count).Where(column => !excluded.Contains(column) && !string.IsNullOrWhiteSpace(available[column])))
        {
            object?[] cells = [.. CellsOf(firstRows, column)];
            int found = Array.FindIndex(cells, cell => cell is string text && parser.HasUnit(text));
            if (found >= 0)
            {
                throw parser.ErrorFor(CellKind.NotANumber, cells[found], new RowLocation(found + 1, source), available[column]);
            }
        }
    }

    private static List<int> Find(IReadOnlyList<string> available, string pattern)
    {
        List<int> found = FindName(available, pattern);
        if (found.Count == 0 && Wildcard.HasWildcard(pattern))
        {
            found = FindAll(available, new Wildcard(pattern).IsMatch);
        }

        return found;
    }

    private static List<int> FindName(IReadOnlyList<string> available, string name) =>
        FindAll(available, candidate => string.Equals(candidate, name, StringComparison.OrdinalIgnoreCase));

    private static List<int> FindAll(IReadOnlyList<string> available, Func<string, bool> wanted)
    {
        List<int> found = [];
        for (int i = 0; i < available.Count; i++)
        {
            if (!string.IsNullOrWhiteSpace(available[i]) && wanted(available[i]))
            {
                found.Add(i);
            }
        }

        return found;
    }

    private static void CheckUnique(IReadOnlyList<string> available, List<int> chosen, string? source)
    {
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (int index in chosen)
        {
            if (!names.Add(available[index]))
            {
                throw new InvalidObservationException(
                    "DuplicateProperty",
                    $"{Subject(source)} more than one column '{available[index]}'.",
                    column: available[index],
                    offendingValue: available[index])
                { Remedy = new Remedy("RenameOrChooseColumns") };
            }
        }
    }

    /// <summary>Names everything that is not there at once: who has to mend a header wants to know all of it.</summary>
    private static InvalidObservationException UnknownProperty(
        IReadOnlyList<string> available, List<string> patterns, string? source)
    {
        string pattern = patterns[0];
        bool wildcard = Wildcard.HasWildcard(pattern);
        string[] nearest = NearestNames.Order(available.Where(name => !string.IsNullOrWhiteSpace(name)), pattern);
        string? meant = !wildcard && nearest.Length > 0 && NearestNames.IsPlausible(nearest[0], pattern) ? nearest[0] : null;
        string guess = meant is null ? string.Empty : $" Did you mean '{meant}'?";
        string missing = patterns.Count > 1 ? $"no columns {string.Join(", ", patterns.Select(name => $"'{name}'"))}."
            : wildcard ? $"no column that matches '{pattern}'."
            : $"no column '{pattern}'.";
        string subject = patterns.Count > 1 && source is null ? "There are" : Subject(source);
        return new InvalidObservationException(
            "UnknownProperty",
            $"{subject} {missing}{(patterns.Count > 1 ? string.Empty : guess)} {DescribeColumns(nearest)}",
            column: pattern,
            offendingValue: patterns.Count > 1 ? patterns : pattern)
        { Suggestion = patterns.Count > 1 ? null : meant };
    }

    private static string Subject(string? source) => source is null ? "There is" : $"'{source}' has";

    private static string DescribeColumns(IReadOnlyList<string> names) =>
        names.Count == 0 ? "There are no columns at all." : $"The columns are: {List(names)}.";
}

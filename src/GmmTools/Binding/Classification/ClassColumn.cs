using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using GmmTools.Binding.Rows;
using GmmTools.Classification;
using GmmTools.Observations;

namespace GmmTools.Binding.Classification;

/// <summary>The column that says which class a row has, and is no part of what is learned.</summary>
internal sealed class ClassColumn : IRowExtras
{
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private readonly List<string?> _classes = [];

    private ClassColumn(string[] columns, IReadOnlyList<CalculatedColumn> calculated)
    {
        Columns = columns;
        Calculated = calculated;
    }

    /// <inheritdoc/>
    public string[] Columns { get; }

    /// <inheritdoc/>
    public IReadOnlyList<CalculatedColumn> Calculated { get; }

    /// <summary>Its name.</summary>
    public string Name => Columns[0];

    /// <summary>The column of a parameter.</summary>
    /// <param name="column">What was given.</param>
    /// <exception cref="CommandException">It is not one column (AmbiguousClass).</exception>
    public static ClassColumn Create(PropertyArgument column)
    {
        string[] names = column.Names ?? [];
        return names.Length == 1 && !WildcardPattern.ContainsWildcardCharacters(names[0])
            ? new ClassColumn(names, column.Calculated)
            : throw new CommandException(
                "AmbiguousClass", $"-Class {string.Join(", ", names)} is not the name of one column. Name the column that says which class a row has.", names);
    }

    /// <inheritdoc/>
    public void Add(object place, IReadOnlyList<object?> cells)
    {
        string text = (cells[0] as string ?? Convert.ToString(Bare.Of(cells[0]), CultureInfo.InvariantCulture) ?? string.Empty).Trim();

        // many rows are of few classes, whose names are kept once
        if (!_known.TryGetValue(text, out string? name))
        {
            _known.Add(text, name = text);
        }

        _classes.Add(name);
    }

    /// <summary>The rows with their classes.</summary>
    /// <param name="rows">The rows.</param>
    public ClassifiedRows Classify(IObservations rows) => ClassifiedRows.Create(rows, _classes);

    /// <summary>Says that rows were left out, since they have no class; null where none were.</summary>
    /// <param name="rows">The rows with their classes.</param>
    public string? DescribeOmitted(ClassifiedRows rows) => rows.OmittedCount == 0 ? null : FormattableString.Invariant(
        $"{rows.OmittedCount} of {Counted.Of(rows.OmittedCount + rows.Rows.Count, "row")} {(rows.OmittedCount == 1 ? "was" : "were")} left out because column '{Name}' is blank: {(rows.OmittedCount == 1 ? "it has" : "they have")} no class.");
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GmmTools.Connectors.Cells;
using GmmTools.Estimation.Known;

namespace GmmTools.Binding.Rows;

/// <summary>A column of classes that are known of some rows, and that is no part of what is fitted.</summary>
/// <param name="column">Its name.</param>
/// <param name="componentsPerClass">Components of each class.</param>
/// <param name="culture">The culture in which text is read; null for the invariant culture.</param>
internal sealed class KnownColumn(string column, int componentsPerClass, CultureInfo? culture) : IStartColumns
{
    private readonly KnownComponentsBuilder _builder = new();
    private readonly CellParser _parser = new(culture);

    /// <inheritdoc/>
    public string[] Columns { get; } = [column];

    /// <inheritdoc/>
    public IReadOnlyList<CalculatedColumn> Calculated => [];

    /// <inheritdoc/>
    public int ComponentCount => _builder.ClassCount * componentsPerClass;

    /// <inheritdoc/>
    public void Add(object place, IReadOnlyList<object?> cells)
    {
        if (cells.Count != 1)
        {
            throw new CommandException(
                "AmbiguousKnownComponent",
                FormattableString.Invariant($"-KnownComponent {column} matches {Counted.Of(cells.Count, "column")}. Name one column of labels."),
                column);
        }

        object? cell = Bare.Of(cells[0]);
        bool isMissing = _parser.Parse(cell, out double _) == CellKind.Missing;
        _builder.Add(isMissing ? null : Convert.ToString(cell, CultureInfo.InvariantCulture));
    }

    /// <summary>What the cells said.</summary>
    /// <param name="componentCounts">The numbers of components that are asked for.</param>
    /// <param name="labelErrorRate">The share of labels that are wrong.</param>
    public KnownComponents Build(int[] componentCounts, double labelErrorRate)
    {
        KnownComponents known = _builder.Build(componentCounts.Min(), componentsPerClass);
        known.LabelErrorRate = labelErrorRate;
        return known;
    }
}

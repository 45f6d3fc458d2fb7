using System;
using System.Collections.Generic;
using System.Globalization;
using GmmTools.Connectors;
using GmmTools.Estimation.Initialization;

namespace GmmTools.Binding;

/// <summary>Columns that say where a fit starts and are no part of its rows: one of labels, or one of responsibilities per component.</summary>
internal sealed class StartColumns
{
    private readonly ResponsibilitiesBuilder _builder = new();
    private readonly CellParser _parser;
    private readonly bool _labels;

    private StartColumns(string[] columns, bool labels, CultureInfo? culture)
    {
        Columns = columns;
        _labels = labels;
        _parser = new CellParser(culture);
    }

    /// <summary>Names or wildcards of the columns.</summary>
    public string[] Columns { get; }

    /// <summary>Number of components that they stand for, so far.</summary>
    public int ComponentCount => _builder.ComponentCount;

    /// <summary>The columns of two parameters, of which one may be given; null when none is.</summary>
    /// <param name="labels">-InitialComponent.</param>
    /// <param name="responsibilities">-InitialResponsibility.</param>
    /// <param name="culture">The culture in which text is read; null for the invariant culture.</param>
    public static StartColumns? Create(string? labels, string[]? responsibilities, CultureInfo? culture)
    {
        if (labels is not null && responsibilities is not null)
        {
            throw new CommandException(
                "TwoStarts",
                "Both -InitialComponent and -InitialResponsibility say where to start. Leave one of them out.");
        }

        return labels is not null ? new StartColumns([labels], true, culture)
            : responsibilities is not null ? new StartColumns(responsibilities, false, culture)
            : null;
    }

    /// <summary>Takes the cells of the next row.</summary>
    /// <param name="place">Says which row it is; a <see cref="RowLocation"/>.</param>
    /// <param name="cells">One cell per column.</param>
    public void Add(object place, IReadOnlyList<object?> cells)
    {
        if (_labels)
        {
            AddLabel(place, cells);
            return;
        }

        double[] numbers = new double[cells.Count];
        for (int k = 0; k < numbers.Length; k++)
        {
            CellKind kind = _parser.Parse(cells[k], out numbers[k]);
            if (kind != CellKind.Number)
            {
                string column = cells.Count == Columns.Length ? Columns[k] : $"{string.Join(", ", Columns)}, number {k + 1}";
                throw _parser.ErrorFor(kind, cells[k], (RowLocation)place, column);
            }
        }

        _builder.Add(numbers, place);
    }

    /// <summary>n × K responsibilities.</summary>
    public double[,] ToMatrix() => _builder.ToMatrix();

    private void AddLabel(object place, IReadOnlyList<object?> cells)
    {
        if (cells.Count != 1)
        {
            throw new CommandException(
                "AmbiguousInitialComponent",
                FormattableString.Invariant($"-InitialComponent {Columns[0]} stands for {cells.Count} columns. Name one column of labels; for a column per component use -InitialResponsibility."),
                Columns[0]);
        }

        _builder.AddLabel(Convert.ToString(cells[0], CultureInfo.InvariantCulture), place);
    }
}

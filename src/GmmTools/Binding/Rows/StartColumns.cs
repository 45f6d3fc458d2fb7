using System;
using System.Collections.Generic;
using System.Globalization;
using GmmTools.Connectors.Cells;
using GmmTools.Estimation;
using GmmTools.Observations.Chunks;

namespace GmmTools.Binding.Rows;

/// <summary>Columns that say where a fit starts and are no part of its rows: one of labels, or one of responsibilities per component.</summary>
internal sealed class StartColumns : IStartColumns
{
    private readonly Func<RowStorage> _createStorage;
    private ResponsibilitiesBuilder? _builder;
    private readonly CellParser _parser;
    private readonly bool _labels;

    private StartColumns(string[] columns, bool labels, CultureInfo? culture, Func<RowStorage> createStorage)
    {
        _createStorage = createStorage;
        Columns = columns;
        _labels = labels;
        _parser = new CellParser(culture);
    }

    /// <inheritdoc/>
    public string[] Columns { get; }

    /// <inheritdoc/>
    public IReadOnlyList<CalculatedColumn> Calculated => [];

    /// <inheritdoc/>
    public int ComponentCount => _builder?.ComponentCount ?? 0;

    /// <summary>The columns of two parameters, of which one may be given; null when none is.</summary>
    /// <param name="labels">-InitialComponent.</param>
    /// <param name="responsibilities">-InitialResponsibility.</param>
    /// <param name="culture">The culture in which text is read; null for the invariant culture.</param>
    /// <param name="createStorage">Makes room for what the cells say, when the first row comes.</param>
    public static StartColumns? Create(string? labels, string[]? responsibilities, CultureInfo? culture, Func<RowStorage> createStorage)
    {
        if (labels is not null && responsibilities is not null)
        {
            throw new CommandException(
                "TwoStarts",
                "Both -InitialComponent and -InitialResponsibility say where to start. Leave one of them out.");
        }

        return labels is not null ? new StartColumns([labels], true, culture, createStorage)
            : responsibilities is not null ? new StartColumns(responsibilities, false, culture, createStorage)
            : null;
    }

    /// <inheritdoc/>
    public void Add(object place, IReadOnlyList<object?> cells)
    {
        _builder ??= new ResponsibilitiesBuilder(_createStorage());
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

        _builder!.Add(numbers, place);
    }

    /// <summary>What the cells said.</summary>
    public RowResponsibilities Build() => (_builder ?? new ResponsibilitiesBuilder()).Build();

    private void AddLabel(object place, IReadOnlyList<object?> cells)
    {
        if (cells.Count != 1)
        {
            throw new CommandException(
                "AmbiguousInitialComponent",
                FormattableString.Invariant($"-InitialComponent {Columns[0]} matches {Counted.Of(cells.Count, "column")}. Name one column of labels; for a column per component use -InitialResponsibility."),
                Columns[0]);
        }

        _builder!.AddLabel(Convert.ToString(cells[0], CultureInfo.InvariantCulture), place);
    }
}

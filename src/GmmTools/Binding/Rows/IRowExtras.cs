using System.Collections.Generic;

namespace GmmTools.Binding.Rows;

/// <summary>Columns that go with the rows of a command and are no part of what is fitted.</summary>
internal interface IRowExtras
{
    /// <summary>Names or wildcards of the columns.</summary>
    string[] Columns { get; }

    /// <summary>Those of them that are calculated.</summary>
    IReadOnlyList<CalculatedColumn> Calculated { get; }

    /// <summary>Takes the cells of the next row that is kept.</summary>
    /// <param name="place">Says which row it is; a <see cref="GmmTools.Connectors.Cells.RowLocation"/>.</param>
    /// <param name="cells">One cell per column.</param>
    void Add(object place, IReadOnlyList<object?> cells);
}

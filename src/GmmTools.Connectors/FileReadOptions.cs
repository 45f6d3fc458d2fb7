using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using GmmTools.Connectors.Cells;
#if NET
using GmmTools.Connectors.Csv;
#endif
using GmmTools.Observations.Chunks;
using GmmTools.Observations.Intake;

namespace GmmTools.Connectors;

/// <summary>How files are read.</summary>
/// <remarks>
/// Plain setters, not init: callers are compiled against the portable build and run with either, and the two builds
/// mark init with different types.
/// </remarks>
public sealed class FileReadOptions
{
    /// <summary>Names or wildcards of the columns wanted; empty for all columns that have a number in the first rows (<see cref="ColumnSelector.MaxRowsInspected"/>).</summary>
    public IReadOnlyList<string> Property { get; set; } = [];

    /// <summary>Names or wildcards of columns that are no part of the rows, but go with them; empty for none.</summary>
    public IReadOnlyList<string> Extra { get; set; } = [];

    /// <summary>Called for each row that is kept, in order, on the reader's thread, with its place, a <see cref="RowLocation"/>,
    /// and the texts of the extra columns; or null.</summary>
    public Action<object, IReadOnlyList<object?>>? ExtraRead { get; set; }

    /// <summary>Names or wildcards of columns that are left out.</summary>
    public IReadOnlyList<string> ExcludeProperty { get; set; } = [];

    /// <summary>Names of the columns of files whose first line is a row; null when the first line names the columns.</summary>
    public IReadOnlyList<string>? Header { get; set; }

    /// <summary>What stands between cells; null to find out (comma, semicolon, tab or bar).</summary>
    public char? Delimiter { get; set; }

    /// <summary>The culture in which numbers are written; null for the invariant culture.</summary>
    public CultureInfo? Culture { get; set; }

    /// <summary>The encoding; null for UTF-8. A byte order mark in the file wins.</summary>
    public Encoding? Encoding { get; set; }

    /// <summary>What becomes of rows of which cells are missing.</summary>
    public MissingValuePolicy MissingValue { get; set; }

    /// <summary>What stands for a missing cell instead of blanks, NA and NaN; null for these.</summary>
    public IReadOnlyList<string>? MissingText { get; set; }

    /// <summary>Whether text such as 46KB, 76% or 1.2 ms is a number: of bytes, per cent or seconds.</summary>
    public bool ReadsUnits { get; set; }

    /// <summary>Name of the column that says how often each row counts; null when every row counts once. It is not one of the
    /// columns chosen by wildcards or by default.</summary>
    public string? WeightProperty { get; set; }

    /// <summary>The most threads to use; null for one per processor. The rows do not depend on it.</summary>
    public int? ThreadCount { get; set; }

    /// <summary>Where the rows of <see cref="FileObservationReader.ReadTable"/> are kept; null for memory, however many they are. The
    /// caller disposes of it when done with the rows.</summary>
    public RowStorage? Storage { get; set; }

    /// <summary>Called with each warning, on the reader's thread; or null.</summary>
    public Action<string, Remedy?>? Warn { get; set; }

    /// <summary>Called with what is of interest to who looks closely, such as columns left out, on the reader's thread; or null.</summary>
    public Action<string>? Explain { get; set; }

#if NET
    /// <summary>How large files are cut, for tests.</summary>
    internal CsvBlockOptions? Blocks { get; set; }
#endif
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace GmmTools.Connectors;

/// <summary>How text files are read.</summary>
/// <remarks>
/// Plain setters, not init: callers are compiled against the portable build and run with either, and the two builds
/// mark init with different types.
/// </remarks>
public sealed class CsvReadOptions
{
    /// <summary>Names or wildcards of the columns wanted; empty for all columns whose first cell is a number.</summary>
    public IReadOnlyList<string> Property { get; set; } = [];

    /// <summary>Names or wildcards of columns that are no part of the rows, but go with them; empty for none.</summary>
    public IReadOnlyList<string> Extra { get; set; } = [];

    /// <summary>Called for each row after it was read, on the reader's thread, with its place, a <see cref="RowLocation"/>,
    /// and the texts of the extra columns; or null.</summary>
    public Action<object, IReadOnlyList<object?>>? ExtraRead { get; set; }

    /// <summary>What stands between cells; null to find out (comma, semicolon, tab or bar).</summary>
    public char? Delimiter { get; set; }

    /// <summary>The culture in which numbers are written; null for the invariant culture.</summary>
    public CultureInfo? Culture { get; set; }

    /// <summary>The encoding; null for UTF-8. A byte order mark in the file wins.</summary>
    public Encoding? Encoding { get; set; }
}

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

    /// <summary>The most threads to use; null for one per processor. The rows do not depend on it.</summary>
    public int? ThreadCount { get; set; }

#if NET
    /// <summary>How large files are cut, for tests.</summary>
    internal CsvBlockOptions? Blocks { get; set; }
#endif
}

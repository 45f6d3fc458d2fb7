using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Binding.Connections;
using GmmTools.Completion;
using GmmTools.Connectors.Databases;
using GmmTools.Connectors.Databases.Dialects;

namespace GmmTools.Commands.Internal;

/// <summary>Base of the commands that look at all rows together, including rows that stay in a database.</summary>
public abstract class DatabaseRowCommand : SessionRowCommand
{
    /// <summary>
    /// A connection to the database that holds the rows, from any driver: Npgsql, SqlClient, DuckDB.NET, Odbc and others. Only SELECT statements are
    /// sent. A closed connection is opened, and closed again afterwards. See about_MixtureDatabases.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = TableSet, HelpMessage = "A connection to the database.")]
    [Parameter(Mandatory = true, ParameterSetName = QuerySet, HelpMessage = "A connection to the database.")]
    [Connection]
    public DbConnection? Connection { get; set; }

    /// <summary>The table or view with the rows, as table or schema.table. Put a part that contains a dot in double quotes.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TableSet, HelpMessage = "The table with the rows, such as schema.requests.")]
    [ValidateNotNullOrEmpty]
    public string? Table { get; set; }

    /// <summary>A SELECT of your own that returns the rows; it is run unchanged, as a derived table.</summary>
    [Parameter(Mandatory = true, ParameterSetName = QuerySet, HelpMessage = "A SELECT that gives the rows.")]
    [ValidateNotNullOrEmpty]
    public string? Query { get; set; }

    /// <summary>The SQL dialect of the database. Default: detected from the type of the connection, otherwise standard SQL.</summary>
    [Parameter(ParameterSetName = TableSet, HelpMessage = "The SQL dialect of the database.")]
    [Parameter(ParameterSetName = QuerySet)]
    [KnownDialect]
    [ArgumentCompleter(typeof(DialectCompleter))]
    public string? Dialect { get; set; }

    /// <summary>
    /// What happens to rows with missing values. Error (the default) stops at them, reports the first one and counts the others. Omit drops
    /// incomplete rows, with a warning. Marginalize uses the observed part of each row: the likelihood is that of the observed cells, and rows
    /// without any are dropped. It is not available in databases. $null, blanks, NA, NaN and DBNull are missing.
    /// </summary>
    [Parameter(ParameterSetName = InputObjectSet, HelpMessage = "What happens to rows with missing values.")]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = TableSet)]
    [Parameter(ParameterSetName = QuerySet)]
    [ValidateSet("Error", "Omit", "Marginalize")]
    public override string MissingValue { get; set; } = "Error";

    /// <summary>The column that says how often each row counts: a finite number, at least 0. Rows of weight 0 are ignored. Wildcards and the default
    /// of -Property leave this column out. For rows without names: x1, x2, ...</summary>
    [Parameter(ParameterSetName = InputObjectSet, HelpMessage = "The column that says how often each row counts: a finite number, at least 0.")]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = TableSet)]
    [Parameter(ParameterSetName = QuerySet)]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public override string? WeightProperty { get; set; }

    /// <summary>The maximum number of threads. Default: one per processor. The result does not depend on it.</summary>
    [Parameter(ParameterSetName = InputObjectSet, HelpMessage = "The maximum number of threads.")]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = TableSet)]
    [Parameter(ParameterSetName = QuerySet)]
    [ValidateRange(1, int.MaxValue)]
    public override int ThrottleLimit { get; set; } = Environment.ProcessorCount;

    /// <summary>CSV files (plain or gzip-compressed) or Parquet files with the rows; wildcards are allowed. The first line of a CSV file names the
    /// columns. Many times faster than Import-Csv.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet, HelpMessage = "CSV or Parquet files; wildcards are allowed.")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files, as for -Path, but without wildcards: characters such as [ are taken literally.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, HelpMessage = "CSV or Parquet files.")]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>
    /// The maximum amount of memory for the rows, in bytes, such as 1GB. Rows that exceed it are kept in a temporary file, which is read again in
    /// each iteration; the result is the same. Default: half of the free memory.
    /// </summary>
    [Parameter(HelpMessage = "The maximum amount of memory for the rows, in bytes, such as 1GB.")]
    [ValidateRange(0L, long.MaxValue)]
    public long? MemoryLimit
    {
        get => Store.MemoryLimit;
        set => Store.MemoryLimit = value;
    }

    /// <summary>The folder for the temporary file, on a disk with room for 8 bytes per cell. Default: the system's folder for temporary
    /// files.</summary>
    [Parameter(HelpMessage = "The folder for the temporary file, on a disk with room for 8 bytes per cell.")]
    [ValidateNotNullOrEmpty]
    public string? TempPath
    {
        get => Store.TempPath;
        set => Store.TempPath = value;
    }

    /// <summary>Whether the rows are in a database.</summary>
    internal bool InDatabase => ParameterSetName is TableSet or QuerySet;

    /// <summary>Which rows of the database are meant.</summary>
    /// <param name="property">Names or wildcards of the columns; empty for all numeric ones.</param>
    /// <param name="exclude">Names or wildcards of columns to leave out, or null.</param>
    internal DatabaseOptions CreateDatabaseOptions(IReadOnlyList<string> property, IReadOnlyList<string>? exclude = null) => new()
    {
        Table = Table,
        Query = Query,
        Property = property,
        ExcludeProperty = exclude ?? [],
        WeightProperty = WeightProperty,
        MissingValue = ParsePolicy(),
        Dialect = Dialect is null ? null : SqlDialects.Find(Dialect),
    };

    /// <inheritdoc/>
    private protected sealed override string[] RowFiles => ParameterSetName == PathSet ? Path : LiteralPath;
}

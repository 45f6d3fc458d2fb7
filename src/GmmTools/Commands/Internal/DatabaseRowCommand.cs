using System.Data.Common;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Completion;

namespace GmmTools.Commands.Internal;

/// <summary>Base of the commands that look at all rows together, wherever these are: also in a database, where they stay.</summary>
public abstract class DatabaseRowCommand : RowSourceCommand
{
    /// <summary>
    /// A connection to the database that holds the rows, of any driver: Npgsql, SqlClient, DuckDB.NET, Odbc and others. What needs all rows
    /// is computed there. Only SELECTs are sent; a connection that is closed is opened and closed again.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = TableSet, HelpMessage = "A connection to the database.")]
    [Parameter(Mandatory = true, ParameterSetName = QuerySet, HelpMessage = "A connection to the database.")]
    public DbConnection? Connection { get; set; }

    /// <summary>The table or view with the rows, as table or schema.table. A part that holds a point itself stands in double quotes.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TableSet, HelpMessage = "The table with the rows, such as schema.requests.")]
    [ValidateNotNullOrEmpty]
    public string? Table { get; set; }

    /// <summary>A SELECT of your own that gives the rows; it is run as it is, as a derived table.</summary>
    [Parameter(Mandatory = true, ParameterSetName = QuerySet, HelpMessage = "A SELECT that gives the rows.")]
    [ValidateNotNullOrEmpty]
    public string? Query { get; set; }

    /// <summary>The SQL that the database speaks. Default: found out from the type of the connection, else standard SQL.</summary>
    [Parameter(ParameterSetName = TableSet)]
    [Parameter(ParameterSetName = QuerySet)]
    [KnownDialect]
    [ArgumentCompleter(typeof(DialectCompleter))]
    public string? Dialect { get; set; }

    /// <summary>
    /// What becomes of rows of which cells are missing. Error (the default) stops, with the first such cell and their number. Omit leaves
    /// the rows out, with a warning. Marginalize uses what was observed of them: the likelihood is that of the observed cells, and rows of
    /// which nothing was observed are left out; not in databases. Missing are $null, blanks, NA, NaN and DBNull.
    /// </summary>
    [Parameter(ParameterSetName = InputObjectSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = TableSet)]
    [Parameter(ParameterSetName = QuerySet)]
    [ValidateSet("Error", "Omit", "Marginalize")]
    public override string MissingValue { get; set; } = "Error";

    /// <summary>The column that says how often each row counts: a finite number of at least 0. Rows of weight 0 are ignored. The column is
    /// not one of those found by wildcard or default. For rows without names: x1, x2, ...</summary>
    [Parameter(ParameterSetName = InputObjectSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = TableSet)]
    [Parameter(ParameterSetName = QuerySet)]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public override string? WeightProperty { get; set; }

    /// <summary>CSV files with the rows, compressed by gzip or not, or Parquet files; wildcards are allowed. The first line of a CSV file
    /// names the columns. Many times faster than Import-Csv.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet, HelpMessage = "CSV or Parquet files; wildcards are allowed.")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files as -Path takes them; characters such as [ are taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, HelpMessage = "CSV or Parquet files.")]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>
    /// The most memory that rows may take, in bytes, such as 1GB. Rows beyond it are kept in a temporary file, which is read anew in each
    /// iteration; the result does not depend on it. Default: half of the memory that is free.
    /// </summary>
    [Parameter]
    [ValidateRange(0L, long.MaxValue)]
    public long? MemoryLimit
    {
        get => Store.MemoryLimit;
        set => Store.MemoryLimit = value;
    }

    /// <summary>The folder of the temporary file, on a disk with room for 8 bytes per cell. Default: the system's folder of such
    /// files.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TempPath
    {
        get => Store.TempPath;
        set => Store.TempPath = value;
    }

    /// <summary>Whether the rows are in a database.</summary>
    private protected bool InDatabase => ParameterSetName is TableSet or QuerySet;

    /// <inheritdoc/>
    private protected sealed override string[] RowFiles => ParameterSetName == PathSet ? Path : LiteralPath;
}

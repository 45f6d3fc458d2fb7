using System.Data.Common;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Completion;

namespace GmmTools.Commands;

/// <summary>Base of the commands that look at all rows together, wherever these are: also in a database, where they stay.</summary>
public abstract class DatabaseRowCommand : RowCommand
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

    /// <summary>Whether the rows are in a database.</summary>
    private protected bool InDatabase => ParameterSetName is TableSet or QuerySet;
}

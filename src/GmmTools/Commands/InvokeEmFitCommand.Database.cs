using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Data.Common;
using System.IO;
using System.Linq;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Completion;
using GmmTools.Connectors.Databases;
using GmmTools.Estimation;
using GmmTools.Observations;

namespace GmmTools.Commands;

/// <content>Rows that stay in a database.</content>
public sealed partial class InvokeEmFitCommand
{
    private readonly ConcurrentQueue<string> _failures = new();

    /// <summary>
    /// A connection to the database that holds the rows, of any driver: Npgsql, SqlClient, DuckDB.NET, Odbc and others. The sums that an
    /// iteration needs are computed there. Only SELECTs are sent; a connection that is closed is opened and closed again.
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
    [ValidateSet("PostgreSql", "SqlServer", "DuckDb", "Sqlite", "MySql", "ClickHouse", "Spark", "Ansi")]
    public string? Dialect { get; set; }

    /// <summary>How often a query that fails is tried again, after waits that double from one second on; the fit goes on from the iteration
    /// that was completed last. Default 5. What has never worked is not tried again.</summary>
    [Parameter(ParameterSetName = TableSet)]
    [Parameter(ParameterSetName = QuerySet)]
    [ValidateRange(0, int.MaxValue)]
    public int RetryCount { get; set; } = 5;

    /// <summary>
    /// Sums that are the same to the last bit, however many threads or servers add them in whatever order: each term is rounded to a grid
    /// on which sums are exact. It takes one and a half times to twice as long, and costs a few of the last digits of the sums.
    /// </summary>
    [Parameter(ParameterSetName = TableSet)]
    [Parameter(ParameterSetName = QuerySet)]
    public SwitchParameter Reproducible { get; set; }

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
    /// not one of those that -Property finds by wildcard or default. For rows without names: x1, x2, ...</summary>
    [Parameter(ParameterSetName = InputObjectSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = TableSet)]
    [Parameter(ParameterSetName = QuerySet)]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public override string? WeightProperty { get; set; }

    private bool InDatabase => ParameterSetName is TableSet or QuerySet;

    private void CheckDatabase()
    {
        if (InDatabase && _start is not null)
        {
            throw new CommandException(
                "StartInDatabase",
                ErrorCategory.InvalidArgument,
                "Columns to start from belong to rows that come here, and these stay in their database. Start from a mixture with -InitialModel, for example one fitted to a sample, or leave the start to the command.");
        }
    }

    private void FitInDatabase()
    {
        TellCheckpoint();
        RowIntake intake = new(0);
        IReadOnlyList<EmFit> fits = BackgroundWork.Run(() => FitTable(out intake), ReportDatabase, StopToken);
        TellFailures();
        Write(fits, intake);
    }

    /// <summary>Looks at the table and fits it, on a thread of its own, which also gives the connection back.</summary>
    private IReadOnlyList<EmFit> FitTable(out RowIntake intake)
    {
        DatabaseOptions options = new()
        {
            Table = Table,
            Query = Query,
            Property = Property ?? _initial?.Property ?? [],
            ExcludeProperty = ExcludeProperty ?? [],
            WeightProperty = WeightProperty,
            MissingValue = ParsePolicy(),
            Dialect = Dialect is null ? null : SqlDialects.Find(Dialect),
            RetryCount = RetryCount,
            Reproducible = Reproducible,
        };
        using DatabaseObservations rows = DatabaseObservations.Open(Connection!, options, StopToken);
        rows.Retrying = (attempt, exception) =>
            _failures.Enqueue(FormattableString.Invariant($"The database failed and is asked again ({attempt} of {RetryCount}): {exception.Message.Trim()}"));
        intake = rows.Intake;
        try
        {
            IReadOnlyList<EmFit> fits = Fit(rows);
            return rows.ChangeWarning is string moved ? [.. fits.Select(fit => fit.WithWarning(moved))] : fits;
        }
        catch (DatabaseException exception) when (_checkpoint is not null && File.Exists(_checkpoint.Path))
        {
            throw new DatabaseException(
                exception.ErrorId,
                $"{exception.Message} The best mixture so far is kept in the checkpoint '{_checkpoint.Path}': the same command goes on from there.",
                exception.OffendingValue,
                exception);
        }
    }

    private void ReportDatabase()
    {
        TellFailures();
        ReportProgress();
    }

    private void TellFailures()
    {
        while (_failures.TryDequeue(out string? failure))
        {
            WriteWarning(failure);
        }
    }
}

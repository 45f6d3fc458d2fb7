using System.Data.Common;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Completion;
using GmmTools.Connectors.Databases;
using GmmTools.Observations;
using GmmTools.Scoring;

namespace GmmTools.Commands;

/// <content>Rows that stay in a database.</content>
public sealed partial class MeasureMixtureLikelihoodCommand
{
    /// <summary>A connection to the database that holds the rows, of any driver: it computes the log-likelihood. A connection that is closed is
    /// opened and closed again.</summary>
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

    /// <summary>The column that says how often each row counts: a finite number of at least 0. Rows of weight 0 are ignored. For rows without
    /// names: x1, x2, ...</summary>
    [Parameter(ParameterSetName = InputObjectSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = TableSet)]
    [Parameter(ParameterSetName = QuerySet)]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public override string? WeightProperty { get; set; }

    private void MeasureInDatabase()
    {
        DatabaseOptions options = new()
        {
            Table = Table,
            Query = Query,
            Property = _mixture!.Property,
            WeightProperty = WeightProperty,
            MissingValue = ParsePolicy(),
            Dialect = Dialect is null ? null : SqlDialects.Find(Dialect),
        };
        RowIntake intake = new(0);
        LikelihoodSummary summary = BackgroundWork.Run(() => Measure(options, out intake), () => { }, StopToken);
        WriteObject(summary.WithIntake(intake));
        Tell(intake);
    }

    private LikelihoodSummary Measure(DatabaseOptions options, out RowIntake intake)
    {
        using DatabaseObservations rows = DatabaseObservations.Open(Connection!, options, StopToken);
        intake = rows.Intake;
        return LikelihoodSummary.Measure(_mixture!, rows, ThrottleLimit, StopToken);
    }
}

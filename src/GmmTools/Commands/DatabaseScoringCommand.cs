using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Linq;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Completion;
using GmmTools.Connectors.Databases;
using GmmTools.Mixtures;
using GmmTools.Output;

namespace GmmTools.Commands;

/// <summary>Base of the commands that also take rows that stay in a database until they are asked for.</summary>
public abstract class DatabaseScoringCommand : ScoringCommand
{
    /// <summary>A connection to the database that holds the rows, of any driver. What the mixture says about a row is computed there; rows with
    /// gaps have null for it. A connection that is closed is opened and closed again.</summary>
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

    /// <summary>Whether the rows are in a database.</summary>
    private protected bool InDatabase => ParameterSetName is TableSet or QuerySet;

    /// <inheritdoc/>
    private protected override void End()
    {
        if (!InDatabase)
        {
            base.End();
            return;
        }

        DatabaseOptions options = new() { Table = Table, Query = Query, Dialect = Dialect is null ? null : SqlDialects.Find(Dialect) };
        using DatabaseScores scores = new(Connection!, options);
        Score(scores, ModelArgument.Resolve(GivenModel));
    }

    /// <summary>Scores the rows of the database.</summary>
    /// <param name="scores">The table or query.</param>
    /// <param name="mixture">The mixture.</param>
    private protected abstract void Score(DatabaseScores scores, GaussianMixture mixture);

    /// <summary>The rows of a query, as they come.</summary>
    private protected IEnumerable<PSObject> ReadRows(DatabaseScores scores, string query)
    {
        BackgroundWork.Run(() => scores.Open(query, StopToken), () => Progress.Report(() => "waiting for the database"), StopToken);
        string? clash = scores.Property.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (clash is not null)
        {
            throw new CommandException(
                "ColumnNameClash",
                $"The rows have a column '{clash}' already. Add -Prefix, for example -Prefix Mixture, to name the new columns differently.",
                clash);
        }

        RowTemplate template = new(scores.Property);
        object?[] cells = new object?[scores.Property.Count];
        while (scores.Read(cells, StopToken))
        {
            StopToken.ThrowIfCancellationRequested();
            yield return template.Create(cells);
        }
    }
}

using System.Collections.Generic;
using System.Data.Common;
using System.Linq;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Binding.Connections;
using GmmTools.Binding.Models;
using GmmTools.Binding.Scorings;
using GmmTools.Commands.Internal;
using GmmTools.Completion;
using GmmTools.Connectors.Databases;
using GmmTools.Connectors.Databases.Sql;
using GmmTools.Mixtures;

namespace GmmTools.Commands;

/// <summary>Gets the most probable component of a mixture for each row, and its probability.</summary>
/// <remarks>
/// <para>Each row is returned, as it comes and in the same order, as a new object: with all its columns, the number of the most probable component
/// (Component), the probability of that component given the row (Probability) and how far that is from certainty (Uncertainty = 1 - Probability).
/// -IncludeResponsibility adds the probability of every component, in columns Responsibility_1, Responsibility_2, ...; the probabilities of a row sum
/// to 1. Components are numbered from 1 by decreasing weight, as everywhere.</para>
/// <para>A mixture with noise (Invoke-EmFit -Noise) has component 0 as well: a row has it if noise is more probable than each component.
/// -IncludeResponsibility then adds Responsibility_0. So has a mixture that was fitted to a part of the rows (Invoke-EmFit -TrimFraction): rows whose
/// log-density is below the level that the mixture keeps have component 0, with probability 1.</para>
/// <para>With -Connection the database that holds the rows scores them, and with -IntoTable they never leave it: see about_MixtureDatabases. There,
/// rows with missing values have no component. With -Session the files of other machines are read there, and rows come here with their session, computer,
/// file and Row, the position in the file: see about_MixtureSessions.</para>
/// <para>The other properties of .NET objects, such as files, are read when they are first asked for; -IncludeProperty says which of them are kept.</para>
/// <para>With -MissingValue Marginalize, rows with missing values are assigned by their observed part.</para>
/// </remarks>
/// <example>
/// <para>Two kinds of eruption</para>
/// <code>$fit = Invoke-EmFit -Path ./src/Examples/faithful.csv -ComponentCount 2
/// Import-Csv ./src/Examples/faithful.csv | Get-MixtureMembership -Model $fit | Group-Object Component | Sort-Object Name | Format-Table Name, Count</code>
/// <para>175 eruptions belong to component 1, the longer ones, and 97 to component 2.</para>
/// </example>
/// <example>
/// <para>The rows that could belong to either component</para>
/// <code>$fit = Invoke-EmFit -Path ./src/Examples/faithful.csv -ComponentCount 2
/// Get-MixtureMembership $fit -Path ./src/Examples/faithful.csv | Sort-Object Uncertainty -Descending | Select-Object -First 3</code>
/// <para>Rows of a file have the columns of the mixture. Large files are read many times faster than with Import-Csv.</para>
/// </example>
/// <example>
/// <para>Probabilities of all components, next to the species that the botanist named</para>
/// <code>$fit = Invoke-EmFit -Path ./src/Examples/iris.csv -ComponentCount 3
/// $flowers = Get-MixtureMembership $fit -Path ./src/Examples/iris.csv -IncludeProperty class -IncludeResponsibility
/// $flowers | Group-Object class, Component | Sort-Object Name | Format-Table Name, Count</code>
/// <para>-IncludeProperty names the columns that are kept beside those of the mixture.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "MixtureMembership", DefaultParameterSetName = InputObjectSet, SupportsShouldProcess = true, HelpUri = OnlineHelp.Page)]
[OutputType(typeof(PSCustomObject), ParameterSetName = [InputObjectSet, PathSet, LiteralPathSet, TableSet, QuerySet])]
public sealed class GetMixtureMembershipCommand : ScoringCommand
{
    /// <summary>The mixture, a fit, a copy of either from a file or a job, or the path of its JSON file. Its columns are found by name in the rows;
    /// in rows without names, they are in the order of the mixture.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = InputObjectSet, HelpMessage = "A mixture or a fit.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, HelpMessage = "A mixture or a fit.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = LiteralPathSet, ValueFromPipeline = true, HelpMessage = "A mixture or a fit.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = TableSet, ValueFromPipeline = true, HelpMessage = "A mixture or a fit.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = QuerySet, ValueFromPipeline = true, HelpMessage = "A mixture or a fit.")]
    [AllowNull]
    [AllowEmptyCollection]
    [ModelFromFile]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public PSObject? Model { get; set; }

    /// <summary>Adds one column per component, with its probability given the row: Responsibility_1, Responsibility_2, ...</summary>
    [Parameter(HelpMessage = "Adds one column per component, with its probability given the row: Responsibility_1, Responsibility_2, ...")]
    public SwitchParameter IncludeResponsibility { get; set; }

    /// <summary>Prefix for the names of the added columns, for rows that already have columns with these names.</summary>
    [Parameter(HelpMessage = "Prefix for the names of the added columns, for rows that already have columns with these names.")]
    public string Prefix { get; set; } = string.Empty;

    /// <summary>A table to create in the database from the rows and the added columns, instead of returning them; it must not exist. This is the only
    /// way in which anything is written to a database.</summary>
    [Parameter(ParameterSetName = TableSet, HelpMessage = "A table to create in the database from the rows and the added columns, instead of returning them; it must not exist.")]
    [Parameter(ParameterSetName = QuerySet)]
    [ValidateNotNullOrEmpty]
    public string? IntoTable { get; set; }

    /// <summary>A connection to the database that holds the rows, from any driver. The scores are computed there, and are null for rows with missing
    /// values. A closed connection is opened, and closed again afterwards.</summary>
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

    /// <inheritdoc/>
    private protected override PSObject? GivenModel => Model;

    /// <inheritdoc/>
    private protected override string GivenPrefix => Prefix;

    /// <inheritdoc/>
    private protected override RowScoring CreateScoring(GaussianMixture mixture) => new MembershipScoring(mixture, IncludeResponsibility);

    /// <inheritdoc/>
    private protected override void End()
    {
        if (ParameterSetName is not (TableSet or QuerySet))
        {
            base.End();
            return;
        }

        using DatabaseScores scores = ScoredDatabase.Open(Connection!, Table, Query, Dialect);
        Score(scores, ModelArgument.Resolve(Model));
    }

    private void Score(DatabaseScores scores, GaussianMixture mixture)
    {
        string query = scores.CreateQuery(mixture, Columns);
        if (IntoTable is null)
        {
            foreach (PSObject row in new ScoredDatabase(this).ReadRows(scores, query, CreateScoring(mixture).Shares.Select(name => Prefix + name)))
            {
                WriteObject(row);
            }
        }
        else if (ShouldProcess(IntoTable, "Create table"))
        {
            new ScoredDatabase(this).Wait(() => scores.Write(IntoTable, query, StopToken));
        }
    }

    private IEnumerable<KeyValuePair<string, string>> Columns(MixtureSql sql)
    {
        string probability = sql.Probability();
        yield return new KeyValuePair<string, string>(Prefix + "Component", sql.Component());
        yield return new KeyValuePair<string, string>(Prefix + "Probability", probability);
        yield return new KeyValuePair<string, string>(Prefix + "Uncertainty", "1E0-" + probability);
        foreach (KeyValuePair<string, string> column in IncludeResponsibility ? sql.Columns(MixtureSqlColumn.Responsibility) : [])
        {
            yield return new KeyValuePair<string, string>(Prefix + column.Key, column.Value);
        }
    }
}

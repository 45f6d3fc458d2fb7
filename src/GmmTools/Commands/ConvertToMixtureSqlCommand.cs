using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Binding.Models;
using GmmTools.Classification;
using GmmTools.Commands.Internal;
using GmmTools.Completion;
using GmmTools.Connectors.Databases.Dialects;
using GmmTools.Connectors.Databases.Sql;
using GmmTools.Mixtures;

namespace GmmTools.Commands;

/// <summary>Writes a mixture as SQL, so that a database scores its own rows: log-density, component, probabilities, outliers.</summary>
/// <remarks>
/// <para>
/// Without -Table the result is an expression over the columns, for a SELECT list, a WHERE clause or a computed column; for Responsibility it is one
/// expression per component. With -Table it is a query that returns all columns of the table and those requested, and with -ViewName it is the
/// statement that creates a view of that query. The command does not connect to any database.
/// </para>
/// <para>A classifier of New-MixtureClassifier becomes the most probable class of a row, as text, with -As Probability and Responsibility its probability and
/// those of all classes.</para>
/// <para>
/// Identifiers are always quoted, numbers read back as the same 64 bits, and densities are summed as logarithms relative to the largest, so that even
/// rows far from all components get finite log-densities. A row with null in one of the columns has null for everything. An expression computes each
/// of its parts once, in derived tables that refer to the row around them; MariaDB does not have these and cannot run such an expression. The
/// dialects DuckDb, PostgreSql, Sqlite and ClickHouse are verified by running them: they agree with Measure-MixtureLikelihood to 1e-12.
/// </para>
/// </remarks>
/// <example>
/// <para>The log-density of a row as an expression.</para>
/// <code>$fit = Invoke-EmFit -Path ./src/Examples/faithful.csv -ComponentCount 2
/// ConvertTo-MixtureSql -Model $fit -Dialect PostgreSql</code>
/// <para>Use it wherever a column is allowed: SELECT ... FROM eruptions, or WHERE ... &lt; -8.</para>
/// </example>
/// <example>
/// <para>A view with the component of each row and its probability.</para>
/// <code>Import-Csv ./src/Examples/faithful.csv | Invoke-EmFit -ComponentCount 2 |
///     ConvertTo-MixtureSql -Dialect SqlServer -As Component, Probability -Table dbo.eruptions -ViewName dbo.clustered</code>
/// <para>Prints CREATE VIEW [dbo].[clustered] AS SELECT ..., to be run in the database.</para>
/// </example>
/// <example>
/// <para>Rows that are improbable under the mixture, by a level of the log-density.</para>
/// <code>$fit = Invoke-EmFit -Path ./src/Examples/iris.csv -ComponentCount 3
/// ConvertTo-MixtureSql $fit -Dialect DuckDb -As Outlier -Level -9 -Table iris</code>
/// <para>The query returns all columns of the table iris and Outlier, which is 1 or 0.</para>
/// </example>
/// <example>
/// <para>The class of each row.</para>
/// <code>New-MixtureClassifier class -Path ./src/Examples/iris.csv -CovarianceModel EEE |
///     ConvertTo-MixtureSql -Dialect Sqlite -As Class, Probability -Table iris</code>
/// <para>The query returns all columns of the table iris, the species that is most probable and its probability.</para>
/// </example>
[Cmdlet(VerbsData.ConvertTo, "MixtureSql", HelpUri = OnlineHelp.Page)]
[OutputType(typeof(string))]
public sealed partial class ConvertToMixtureSqlCommand : MixtureCommand
{
    /// <summary>The mixture, a fit, a classifier of New-MixtureClassifier, or the path of its JSON file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "A mixture, a fit or a classifier.")]
    [AllowNull]
    [AllowEmptyCollection]
    [ModelFromFile]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public PSObject? Model { get; set; }

    /// <summary>The database engine that will run the SQL. Default: Ansi, standard SQL.</summary>
    [Parameter(Position = 1, HelpMessage = "The database engine that will run the SQL.")]
    [KnownDialect]
    [ArgumentCompleter(typeof(DialectCompleter))]
    public string Dialect { get; set; } = "Ansi";

    /// <summary>
    /// What to compute: LogDensity (the default; natural logarithm), Component (the most probable one, from 1; 0 for noise), Probability (of that component),
    /// Responsibility (the probability of every component) or Outlier (1 if the log-density is below -Level, otherwise 0). Of a classifier: Class (the
    /// default; the most probable one, as text), Probability (of that class), Responsibility (the probability of every class, in columns Probability_a,
    /// ...) or LogDensity (over all classes).
    /// </summary>
    [Parameter(HelpMessage = "What to compute: LogDensity (the default), Component, Probability, Responsibility or Outlier; of a classifier Class.")]
    [ValidateSet("LogDensity", "Component", "Probability", "Responsibility", "Outlier", "Class")]
    public string[] As { get; set; } = ["LogDensity"];

    /// <summary>The names of the columns in the database, one for each column of the mixture in its order. Default: the mixture's own.</summary>
    [Parameter(HelpMessage = "The names of the columns in the database, one for each column of the mixture in its order.")]
    [ValidateNotNullOrEmpty]
    public string[]? Property { get; set; }

    /// <summary>The log-density below which a row is an outlier; of a mixture with noise, that of its components alone, as in
    /// Find-MixtureOutlier.</summary>
    [Parameter(HelpMessage = "The log-density below which a row is an outlier.")]
    public double? Level { get; set; }

    /// <summary>A table, as table or schema.table: the result is then a query for its rows. Names are taken literally, without wildcards; put a part
    /// that contains a dot in double quotes.</summary>
    [Parameter(HelpMessage = "A table, as table or schema.table: the result is then a query for its rows.")]
    [ValidateNotNullOrEmpty]
    public string? Table { get; set; }

    /// <summary>The name of a view: the result is then the statement that creates it.</summary>
    [Parameter(HelpMessage = "The name of a view: the result is then the statement that creates it.")]
    [ValidateNotNullOrEmpty]
    public string? ViewName { get; set; }

    /// <summary>Prefix for the names of the added columns, for tables that already have such columns.</summary>
    [Parameter(HelpMessage = "Prefix for the names of the added columns, for tables that already have such columns.")]
    public string Prefix { get; set; } = string.Empty;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        if (ViewName is not null && Table is null)
        {
            throw new CommandException(
                "TableMissing", "A view needs a table. Add -Table, or leave out -ViewName to get an expression.");
        }

        if (As.Contains("Outlier", StringComparer.OrdinalIgnoreCase) && (Level is not double level || double.IsNaN(level) || double.IsInfinity(level)))
        {
            throw new CommandException(
                "LevelMissing",
                "Below which log-density is a row an outlier? Add -Level with a finite number, for example the smallest log-density in data without outliers.",
                Level);
        }
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        SqlDialect dialect = SqlDialects.Find(Dialect);
        (MixtureSql sql, List<KeyValuePair<string, string>> columns) =
            Model?.BaseObject is MixtureClassifier classifier ? OfClassifier(classifier, dialect) : OfMixture(ModelArgument.Resolve(Model), dialect);
        if (Table is null)
        {
            WriteObject(columns.Select(column => column.Value), enumerateCollection: true);
            return;
        }

        string query = sql.Query(
            dialect.QuoteTable(Table), columns.Select(column => new KeyValuePair<string, string>(Prefix + column.Key, column.Value)));
        WriteObject(ViewName is null ? query : $"CREATE VIEW {dialect.QuoteTable(ViewName)} AS {query}");
    }
    private (MixtureSql Sql, List<KeyValuePair<string, string>> Columns) OfMixture(GaussianMixture mixture, SqlDialect dialect)
    {
        RefuseColumn("Class", "a mixture", "Name Component, or give a classifier of New-MixtureClassifier.");
        MixtureSql sql = new(mixture, dialect, Property);

        // as where outliers are found: noise is there for the others
        MixtureSql sound = mixture.Sound == mixture ? sql : new MixtureSql(mixture.Sound, dialect, Property);
        List<KeyValuePair<string, string>> columns =
        [
            .. As.Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(name => (MixtureSqlColumn)Enum.Parse(typeof(MixtureSqlColumn), name, ignoreCase: true))
                .SelectMany(column => (column == MixtureSqlColumn.Outlier ? sound : sql).Columns(column, Level ?? double.NaN)),
        ];
        return (sql, columns);
    }
}

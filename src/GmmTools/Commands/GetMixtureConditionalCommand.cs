using System.Linq;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Binding.Models;
using GmmTools.Binding.Scorings;
using GmmTools.Commands.Internal;
using GmmTools.Completion;
using GmmTools.Connectors.Cells;
using GmmTools.Mixtures;

namespace GmmTools.Commands;

/// <summary>Gets the distribution of some columns of a mixture given values of the others: a new mixture, or, for many rows, predictions with
/// standard errors.</summary>
/// <remarks>
/// <para>With -Given, which names one value for each of some columns, the command returns the conditional distribution of the other columns. It is
/// again a Gaussian mixture: its weights are the responsibilities of the components for the given values, its means are the components' linear
/// regressions at these values, and its covariances do not depend on them.</para>
/// <para>With -Predict, each row is returned with two more columns for each predicted column: Predicted_y, the mean of the conditional distribution,
/// and StandardError_y, its standard deviation, which says how far the true value is expected to be from the prediction. This is Gaussian mixture
/// regression: a curve, not a straight line, with an error that varies along it. The rows need the other columns of the mixture, or those of
/// -Property. Rows stream, and files can be larger than memory. With -MissingValue Marginalize, rows that lack some of the columns are predicted from
/// those that they have. If the distribution has several peaks, the mean may lie between them: look at the conditional mixture itself.</para>
/// <para>Sources: Ghahramani and Jordan, Supervised learning from incomplete data via an EM approach, NIPS 6 (1994); Sung, Gaussian mixture
/// regression and classification, Rice University (2004).</para>
/// </remarks>
/// <example>
/// <para>The wait after an eruption of three minutes</para>
/// <code>
/// $fit = Invoke-EmFit -Path ./src/Examples/faithful.csv -ComponentCount 2
/// (Get-MixtureConditional $fit -Given @{ eruptions = 3 }).Components
/// </code>
/// <para>Three minutes lie between the two kinds of eruption: both are possible.</para>
/// </example>
/// <example>
/// <para>Predictions for rows, with standard errors</para>
/// <code>
/// $fit = Invoke-EmFit -Path ./src/Examples/faithful.csv -ComponentCount 2
/// 2, 3, 4 | Get-MixtureConditional $fit -Predict waiting
/// </code>
/// <para>The error is largest between the two kinds.</para>
/// </example>
/// <example>
/// <para>How good the predictions are, on the rows of a file</para>
/// <code>
/// $fit = Invoke-EmFit -Path ./src/Examples/iris.csv -ComponentCount 3
/// $flowers = Get-MixtureConditional $fit -Predict Petal_Width -Path ./src/Examples/iris.csv -IncludeProperty Petal_Width
/// $within = $flowers | Where-Object { [math]::Abs($_.Petal_Width - $_.Predicted_Petal_Width) -lt 2 * $_.StandardError_Petal_Width }
/// '{0:P0} within two standard errors' -f (@($within).Count / $flowers.Count)
/// </code>
/// <para>About 95 % are expected. -IncludeProperty keeps the true width next to its prediction.</para>
/// </example>
/// <seealso cref="GetMixtureMarginalCommand"/>
[Cmdlet(VerbsCommon.Get, "MixtureConditional", DefaultParameterSetName = GivenSet, HelpUri = OnlineHelp.Page)]
[OutputType(typeof(GaussianMixture), ParameterSetName = [GivenSet])]
[OutputType(typeof(PSCustomObject), ParameterSetName = [InputObjectSet, PathSet, LiteralPathSet])]
public sealed class GetMixtureConditionalCommand : ScoringCommand
{
    private const string GivenSet = "Given";

    /// <summary>The mixture, a fit, a copy of either from a file or a job, or the path of its JSON file. Its columns are found by name in the rows;
    /// in rows without names, they are in the order of the mixture.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = GivenSet, ValueFromPipeline = true, HelpMessage = "A mixture or a fit.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = InputObjectSet, HelpMessage = "A mixture or a fit.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, HelpMessage = "A mixture or a fit.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = LiteralPathSet, ValueFromPipeline = true, HelpMessage = "A mixture or a fit.")]
    [AllowNull]
    [AllowEmptyCollection]
    [ModelFromFile]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public PSObject? Model { get; set; }

    /// <summary>Columns and their values: a hashtable such as @{ eruptions = 3 }, or an object with these properties. At least one column of the
    /// mixture must remain.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = GivenSet, HelpMessage = "A hashtable of columns and values.")]
    [AllowNull]
    public PSObject? Given { get; set; }

    /// <summary>The columns to predict, by name or wildcard.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InputObjectSet, HelpMessage = "Names or wildcards of columns.")]
    [Parameter(Mandatory = true, ParameterSetName = PathSet, HelpMessage = "Names or wildcards of columns.")]
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, HelpMessage = "Names or wildcards of columns.")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ModelPropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Predict { get; set; } = [];

    /// <summary>The columns to predict from, by name or wildcard, or calculated from objects, as for Invoke-EmFit. Default: all other columns of the
    /// mixture.</summary>
    [Parameter(ParameterSetName = InputObjectSet, HelpMessage = "The columns to predict from, by name or wildcard, or calculated from objects, as for Invoke-EmFit.")]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ModelPropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public override object[]? Property { get; set; }

    /// <summary>Prefix for the names of the added columns, for rows that already have columns with these names.</summary>
    [Parameter(ParameterSetName = InputObjectSet, HelpMessage = "Prefix for the names of the added columns, for rows that already have columns with these names.")]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public string Prefix { get; set; } = string.Empty;

    /// <inheritdoc/>
    private protected override PSObject? GivenModel => Model;

    /// <inheritdoc/>
    private protected override bool ColumnsAreRead => false;

    /// <inheritdoc/>
    private protected override string GivenPrefix => Prefix;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        if (ParameterSetName != GivenSet)
        {
            base.Begin();
        }
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (ParameterSetName != GivenSet)
        {
            base.Process();
            return;
        }

        GaussianMixture mixture = ModelArgument.Resolve(Model);
        GivenValues given = GivenValues.Read(Given, mixture);
        WriteObject(mixture.Conditional(given.Columns, given.Values));
    }

    /// <inheritdoc/>
    private protected override RowScoring CreateScoring(GaussianMixture mixture)
    {
        int[] target = ColumnSelector.Resolve(mixture.Property, Predict);
        int[] given = GivenColumns.Names is null
            ? [.. Enumerable.Range(0, mixture.Dimension).Except(target)]
            : [.. ColumnSelector.Resolve(mixture.Property, GivenColumns.Names).Except(target)];
        return given.Length > 0
            ? new RegressionScoring(mixture, given, target)
            : throw new CommandException(
                "NothingGiven",
                "-Predict names all columns, so none is left to predict from. Name fewer columns in -Predict, or others in -Property.",
                Predict);
    }
}

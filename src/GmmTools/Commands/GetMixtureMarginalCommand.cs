using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Binding.Models;
using GmmTools.Commands.Internal;
using GmmTools.Completion;
using GmmTools.Connectors.Cells;
using GmmTools.Mixtures;

namespace GmmTools.Commands;

/// <summary>Gets the mixture of some columns alone, whatever the values of the others.</summary>
/// <remarks>
/// <para>The marginal distribution of a Gaussian mixture is a Gaussian mixture with the same weights, and with the part of each mean and each
/// covariance matrix that belongs to the chosen columns. It is a model like any other: for scores, samples, pictures and SQL of these columns
/// alone.</para>
/// <para>The new mixture has the columns in the order in which they were named, so the command can also reorder columns.</para>
/// </remarks>
/// <example>
/// <para>How long eruptions last, whatever the wait was</para>
/// <code>
/// $fit = Invoke-EmFit -Path ./src/Examples/faithful.csv -ComponentCount 2
/// (Get-MixtureMarginal $fit -Property eruptions).Components
/// </code>
/// <para>Weights and means are those of the fit.</para>
/// </example>
/// <example>
/// <para>Scoring rows that have only some of the columns</para>
/// <code>
/// $fit = Invoke-EmFit -Path ./src/Examples/iris.csv -ComponentCount 3
/// $petals = $fit | Get-MixtureMarginal -Property Petal*
/// [pscustomobject]@{ Petal_Length = 1.4; Petal_Width = 0.2 } | Get-MixtureMembership $petals
/// </code>
/// <para>A flower is recognised by its petals alone.</para>
/// </example>
/// <example>
/// <para>Columns in a different order</para>
/// <code>
/// $fit = Invoke-EmFit -Path ./src/Examples/faithful.csv -ComponentCount 2
/// (Get-MixtureMarginal $fit -Property waiting, eruptions).Property
/// </code>
/// <para>With all columns, the distribution is the same.</para>
/// </example>
/// <seealso cref="GetMixtureConditionalCommand"/>
[Cmdlet(VerbsCommon.Get, "MixtureMarginal", DefaultParameterSetName = PipedSet, HelpUri = OnlineHelp.Page)]
[OutputType(typeof(GaussianMixture))]
public sealed class GetMixtureMarginalCommand : MixtureCommand
{
    private const string GivenSet = "Given";
    private const string PipedSet = "Piped";

    /// <summary>The mixture, a fit, a copy of either from a file or a job, or the path of its JSON file.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = GivenSet, HelpMessage = "A mixture or a fit.")]
    [Parameter(Mandatory = true, ParameterSetName = PipedSet, ValueFromPipeline = true, HelpMessage = "A mixture or a fit.")]
    [AllowNull]
    [AllowEmptyCollection]
    [ModelFromFile]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public PSObject? Model { get; set; }

    /// <summary>The columns to keep, by name or wildcard, in the order wanted.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = GivenSet, HelpMessage = "Names or wildcards of columns.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PipedSet, HelpMessage = "Names or wildcards of columns.")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ModelPropertyCompleter))]
    [ColumnNames]
    [AllowNull]
    public string[] Property { get; set; } = [];

    /// <inheritdoc/>
    private protected override void Process()
    {
        GaussianMixture mixture = ModelArgument.Resolve(Model);
        WriteObject(mixture.Marginal(ColumnSelector.Resolve(mixture.Property, Property)));
    }
}

using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Classification;
using GmmTools.Commands.Internal;
using GmmTools.Estimation;
using GmmTools.Mixtures;
using GmmTools.Output;

namespace GmmTools.Commands;

/// <summary>Reads mixtures, fits and classifiers that Export-GaussianMixture saved, or that another program wrote in the same format.</summary>
/// <remarks>
/// <para>
/// Nothing in a file is trusted: its size, shapes and numbers are checked, no type is named in it, and an error names the place, as in
/// $.covariances[2] is not symmetric. A file needs only weights, means, covariances and covariance_type ('full' or 'diag'); feature_names are the
/// columns, or else x1, x2, ... Components are sorted by decreasing weight.
/// </para>
/// </remarks>
/// <example>
/// <para>Score with yesterday's model</para>
/// <code>
/// Import-Csv ./src/Examples/faithful.csv | Invoke-EmFit -ComponentCount 2 | Export-GaussianMixture -Path faithful.json
/// Import-Csv ./src/Examples/faithful.csv | Measure-MixtureLikelihood (Import-GaussianMixture faithful.json)
/// </code>
/// <para>A saved model gives the same results as the fit itself.</para>
/// </example>
/// <example>
/// <para>A model from another program</para>
/// <code>
/// '{ "weights": [0.4, 0.6], "means": [[0], [5]], "covariances": [[1], [2]], "covariance_type": "diag" }' | Set-Content small.json
/// Import-GaussianMixture small.json | Get-MixtureComponent
/// </code>
/// <para>The component with the larger weight comes first; the column is called x1.</para>
/// </example>
/// <example>
/// <para>Several models at once</para>
/// <code>
/// New-GaussianMixture -Random -ComponentCount 2 -Dimension 1 -Seed 1 | Export-GaussianMixture -Path model-a.json
/// New-GaussianMixture -Random -ComponentCount 3 -Dimension 1 -Seed 2 | Export-GaussianMixture -Path model-b.json
/// Import-GaussianMixture model-*.json | ForEach-Object ComponentCount
/// </code>
/// <para>With wildcards, files are read in the order of their names.</para>
/// </example>
/// <seealso cref="ExportGaussianMixtureCommand"/>
[Cmdlet(VerbsData.Import, "GaussianMixture", DefaultParameterSetName = PathSet, HelpUri = OnlineHelp.Page)]
[OutputType(typeof(EmFit), typeof(GaussianMixture), typeof(MixtureClassifier))]
public sealed class ImportGaussianMixtureCommand : MixtureCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>Files; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = PathSet, HelpMessage = "Files of Export-GaussianMixture.")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files, without wildcards: characters such as [ are taken literally.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet, HelpMessage = "Files of Export-GaussianMixture.")]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    private protected override void Process()
    {
        bool literal = ParameterSetName == LiteralPathSet;
        foreach (string file in FilePaths.Resolve(SessionState, literal ? LiteralPath : Path, literal))
        {
            StopToken.ThrowIfCancellationRequested();
            object model = ClassifierFile.Load(file);
            WriteObject(model is EmFit { Group: not null } fit ? GroupedFits.Wrap(fit) : model);
        }
    }
}

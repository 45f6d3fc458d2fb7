using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Binding.Models;
using GmmTools.Classification;
using GmmTools.Commands.Internal;
using GmmTools.Completion;
using GmmTools.Estimation;
using GmmTools.Mixtures;
using GmmTools.Serialization;

namespace GmmTools.Commands;

/// <summary>Saves a mixture, a fit or a classifier as JSON: readable, without loss, for Import-GaussianMixture and for other programs.</summary>
/// <remarks>
/// <para>
/// The numbers have as many digits as they need to read back exactly, in any culture. The parameters have the names and shapes that scikit-learn
/// uses: weights, means, covariances, covariance_type ('full', or 'diag' for models along the axes). A fit keeps its figures, options, trace, starts
/// and warnings, and the sufficient statistics of its rows, from which Update-EmFit continues. A classifier has its classes, with their names and prior
/// probabilities, and in the same order their mixtures, each as in a file of its own.
/// </para>
/// <para>ConvertTo-Json prints a fit whole with -Depth 4 -EnumsAsStrings; without, it cuts off the components. What it writes cannot be
/// imported.</para>
/// <para>In Python, these lines score rows with a saved mixture as GmmTools does:</para>
/// <code>
/// m = json.load(open('model.json')); g = GaussianMixture(len(m['weights']), covariance_type=m['covariance_type'])
/// g.weights_, g.means_, g.covariances_ = (np.array(m[name]) for name in ('weights', 'means', 'covariances'))
/// g.precisions_cholesky_ = sklearn.mixture._gaussian_mixture._compute_precision_cholesky(g.covariances_, g.covariance_type)
/// </code>
/// </remarks>
/// <example>
/// <para>Save a fit</para>
/// <code>
/// $fit = Import-Csv ./src/Examples/faithful.csv | Invoke-EmFit -ComponentCount 2
/// Export-GaussianMixture $fit -Path faithful.json
/// (Import-GaussianMixture faithful.json).LogLikelihood -eq $fit.LogLikelihood
/// </code>
/// <para>The fit that is read back is the same to the last bit.</para>
/// </example>
/// <example>
/// <para>Choose, save and continue</para>
/// <code>
/// $best = Import-Csv ./src/Examples/iris.csv | Invoke-EmFit -ComponentCount (1..4) | Select-MixtureFit |
///     Export-GaussianMixture -Path iris.json -PassThru
/// $best.ComponentCount
/// </code>
/// <para>With -PassThru the fit continues down the pipeline.</para>
/// </example>
/// <example>
/// <para>A look at the file</para>
/// <code>
/// New-GaussianMixture -Weight 0.7, 0.3 -Mean 0, 4 -Covariance 1, 0.25 | Export-GaussianMixture -Path two.json
/// @(Get-Content two.json) -match 'weights|means'
/// </code>
/// <para>It is plain JSON: weights, means and covariances under these names.</para>
/// </example>
/// <seealso cref="ImportGaussianMixtureCommand"/>
[Cmdlet(VerbsData.Export, "GaussianMixture", DefaultParameterSetName = PipedSet, SupportsShouldProcess = true, HelpUri = OnlineHelp.Page)]
[OutputType(typeof(EmFit), typeof(GaussianMixture), typeof(MixtureClassifier))]
public sealed class ExportGaussianMixtureCommand : MixtureCommand
{
    private const string PipedSet = "Piped";
    private const string GivenSet = "Given";

    private bool _written;

    /// <summary>The mixture, a fit, a classifier of New-MixtureClassifier, or the path of its JSON file.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PipedSet, ValueFromPipeline = true, HelpMessage = "A mixture or a fit.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = GivenSet, HelpMessage = "A mixture or a fit.")]
    [AllowNull]
    [AllowEmptyCollection]
    [ModelFromFile]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public PSObject? Model { get; set; }

    /// <summary>The file. An existing one is replaced.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PipedSet, HelpMessage = "A file, such as model.json.")]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = GivenSet, HelpMessage = "A file, such as model.json.")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Replace the file even if it is read-only.</summary>
    [Parameter(HelpMessage = "Replace the file even if it is read-only.")]
    public SwitchParameter Force { get; set; }

    /// <summary>Do not replace an existing file.</summary>
    [Parameter(HelpMessage = "Do not replace an existing file.")]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Return what was saved.</summary>
    [Parameter(HelpMessage = "Return what was saved.")]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        MixtureClassifier? classifier = Model?.BaseObject as MixtureClassifier;
        GaussianMixture? mixture = classifier is null ? ModelArgument.Resolve(Model) : null;
        if (_written)
        {
            throw new CommandException(
                "SeveralModels", $"'{Path}' holds one model, but several were piped. Choose one, or save each to a file of its own.", Model);
        }

        string path = FilePaths.ResolveTarget(SessionState, Path, Force, NoClobber);
        _written = true;
        if (!ShouldProcess(path))
        {
            return;
        }

        if (classifier is not null)
        {
            ClassifierFile.Save(path, classifier);
        }
        else
        {
            Save(path, mixture!);
        }

        if (PassThru)
        {
            WriteObject(Model);
        }
    }

    private void Save(string path, GaussianMixture mixture)
    {
        if (Model!.BaseObject is EmFit fit)
        {
            MixtureFile.Save(path, fit);
            return;
        }

        MixtureFile.Save(path, mixture);
    }
}

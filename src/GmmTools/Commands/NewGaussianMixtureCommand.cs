using System.Globalization;
using System.Linq;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Binding.Models;
using GmmTools.Binding.Rows;
using GmmTools.Commands.Internal;
using GmmTools.Completion;
using GmmTools.Mixtures;

namespace GmmTools.Commands;

/// <summary>Creates a Gaussian mixture: from parameters, from component rows, or at random.</summary>
/// <remarks>
/// <para>
/// A mixture models rows as draws from several normal distributions, its components. Each has a mixing weight (the share of the rows that come from
/// it; the weights sum to 1), a mean and a covariance matrix. With one column, these are three numbers.
/// </para>
/// <para>
/// Components are numbered from 1 by decreasing weight, in whatever order they are given. Invalid parameters are refused, and the error names the
/// component concerned: weights that do not sum to 1, matrices that are not symmetric or not positive definite, numbers that are not finite.
/// </para>
/// <para>
/// With -Random the means are uniform between minus and plus -Range, each covariance matrix is the product of a matrix of standard normal numbers and
/// its transpose (a Wishart matrix with as many degrees of freedom as columns), and the weights are uniform numbers divided by their sum.
/// </para>
/// </remarks>
/// <example>
/// <para>One column: numbers</para>
/// <code>
/// $mixture = New-GaussianMixture -Weight 0.7, 0.3 -Mean 0, 4 -Covariance 1, 0.25
/// $mixture.Components
/// </code>
/// <para>The covariance of one column is its variance: the standard deviations are 1 and 0.5.</para>
/// <code>
///   # Weight Mean ± standard deviation
///   - ------ -------------------------
///   1 0.7000 0 ± 1
///   2 0.3000 4 ± 0.5
/// </code>
/// </example>
/// <example>
/// <para>Two columns: a mean and a matrix for each component</para>
/// <code>
/// $means = @(0, 0), @(5, 5)
/// $matrices = @(@(1, 0.5), @(0.5, 1)), @(@(2, 0), @(0, 0.5))
/// New-GaussianMixture -Weight 0.6, 0.4 -Mean $means -Covariance $matrices -Property height, weight
/// </code>
/// <para>Matrices are lists of rows here; a double[,] works as well. The columns get names.</para>
/// </example>
/// <example>
/// <para>A mixture for experiments</para>
/// <code>
/// $truth = New-GaussianMixture -Random -ComponentCount 3 -Dimension 2 -Seed 7
/// New-GaussianMixtureSample $truth -Count 1000 -Seed 1 | Invoke-EmFit -ComponentCount 3
/// </code>
/// <para>The same seed draws the same mixture.</para>
/// </example>
/// <example>
/// <para>From a table</para>
/// <code>
/// $fit = Import-Csv ./src/Examples/iris.csv | Invoke-EmFit -ComponentCount 2
/// $rows = $fit | Get-MixtureComponent
/// $rows[0].Weight, $rows[1].Weight = 0.5, 0.5
/// $rows | New-GaussianMixture
/// </code>
/// <para>The same components with equal weights. The columns Mean_... name the columns of the mixture.</para>
/// </example>
/// <seealso cref="GetMixtureComponentCommand"/>
/// <seealso cref="NewGaussianMixtureSampleCommand"/>
[Cmdlet(VerbsCommon.New, "GaussianMixture", DefaultParameterSetName = ParametersSet, HelpUri = OnlineHelp.Page)]
[OutputType(typeof(GaussianMixture), ParameterSetName = [RandomSet, ParametersSet, ComponentSet])]
public sealed class NewGaussianMixtureCommand : MixtureCommand
{
    private const string RandomSet = "Random";
    private const string ParametersSet = "Parameters";
    private const string ComponentSet = "Component";

    private ComponentRowReader? _rows;

    /// <summary>Draw the mixture at random: means uniform in ±Range, covariances AᵀA with standard normal A, weights uniform and
    /// normalised.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RandomSet, HelpMessage = "Draw the mixture at random.")]
    public SwitchParameter Random { get; set; }

    /// <summary>Number of components.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RandomSet, HelpMessage = "Number of components.")]
    [ValidateRange(1, int.MaxValue)]
    public int ComponentCount { get; set; }

    /// <summary>Number of columns.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RandomSet, HelpMessage = "Number of columns.")]
    [ValidateRange(1, 10000)]
    public int Dimension { get; set; }

    /// <summary>Means are drawn between minus and plus this number. Default 10.</summary>
    [Parameter(ParameterSetName = RandomSet, HelpMessage = "Means are drawn between minus and plus this number.")]
    [ValidateRange(double.Epsilon, double.MaxValue)]
    public double Range { get; set; } = 10;

    /// <summary>Seed of the random numbers; the same seed gives the same mixture. Without one, a fresh seed is used, which -Verbose
    /// reports.</summary>
    [Parameter(ParameterSetName = RandomSet, HelpMessage = "Seed of the random numbers; the same seed gives the same mixture.")]
    public ulong Seed { get; set; }

    /// <summary>One mixing weight per component; they sum to 1.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParametersSet, HelpMessage = "One weight per component, summing to 1.")]
    [AllowEmptyCollection]
    public double[] Weight { get; set; } = [];

    /// <summary>One mean per component: a number if there is one column, otherwise a list of numbers. A matrix has one mean per row.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParametersSet, HelpMessage = "One mean per component.")]
    public object? Mean { get; set; }

    /// <summary>One covariance matrix per component: a variance if there is one column, otherwise a double[,], a list of rows, or all numbers of the
    /// matrix in one list.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParametersSet, HelpMessage = "One covariance matrix per component.")]
    public object? Covariance { get; set; }

    /// <summary>Makes the components multivariate t instead of normal: one number of degrees of freedom for all of them, or one per component.
    /// -Covariance then gives their scale matrices. See about_RobustMixtures.</summary>
    [Parameter(ParameterSetName = ParametersSet, HelpMessage = "Degrees of freedom of components with Student tails.")]
    [ValidateNotNullOrEmpty]
    public double[]? DegreesOfFreedom { get; set; }

    /// <summary>Names of the columns. Default x1, x2, ...</summary>
    [Parameter(ParameterSetName = RandomSet, HelpMessage = "Names of the columns.")]
    [Parameter(ParameterSetName = ParametersSet)]
    public string[]? Property { get; set; }

    /// <summary>Component rows, as Get-MixtureComponent returns them or Import-Csv reads them. The columns Mean_... give the columns of the mixture
    /// and their order.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ComponentSet, ValueFromPipeline = true, HelpMessage = "Component rows, as Get-MixtureComponent returns them or Import-Csv reads them.")]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject? InputObject { get; set; }

    /// <summary>The culture of numbers in text. Default: the invariant culture (1.5).</summary>
    [Parameter(ParameterSetName = ComponentSet, HelpMessage = "The culture of numbers in text.")]
    [KnownCulture]
    [ArgumentCompleter(typeof(CultureCompleter))]
    public CultureInfo? Culture { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        switch (ParameterSetName)
        {
            case RandomSet:
                WriteObject(Draw());
                break;
            case ParametersSet:
                WriteObject(Create());
                break;
            default:
                _rows ??= new ComponentRowReader(Culture);
                AddRows();
                break;
        }
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        if (ParameterSetName == ComponentSet)
        {
            WriteObject((_rows ?? new ComponentRowReader(Culture)).Build());
        }
    }

    private GaussianMixture Draw()
    {
        ulong seed = MyInvocation.BoundParameters.ContainsKey(nameof(Seed)) ? Seed : Seeds.Fresh();
        WriteVerbose(string.Format(CultureInfo.InvariantCulture, "Seed {0}.", seed));
        return RandomMixture.Draw(ComponentCount, Dimension, Range, seed, Property);
    }

    private GaussianMixture Create()
    {
        double[][] means = MixtureArguments.ReadMeans(Mean, Weight.Length);
        int dimension = means.Length == 0 ? 0 : means[0].Length;
        double[]? degrees = DegreesOfFreedom?.Length == 1 ? [.. Weight.Select(_ => DegreesOfFreedom[0])] : DegreesOfFreedom;
        return GaussianMixture.Create(
            Weight, means, MixtureArguments.ReadCovariances(Covariance, Weight.Length, dimension), Property, degreesOfFreedom: degrees);
    }

    private void AddRows()
    {
        foreach (PSObject? row in RowSource.Enumerate(InputObject, MyInvocation.ExpectingInput))
        {
            _rows!.Add(row);
        }
    }
}

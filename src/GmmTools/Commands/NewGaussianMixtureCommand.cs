using System.Globalization;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Mixtures;

namespace GmmTools.Commands;

/// <summary>
/// Makes a Gaussian mixture: drawn at random, of given parameters, or of component rows that Get-MixtureComponent wrote.
/// </summary>
[Cmdlet(VerbsCommon.New, "GaussianMixture", DefaultParameterSetName = ParametersSet)]
[OutputType(typeof(GaussianMixture), ParameterSetName = [RandomSet, ParametersSet, ComponentSet])]
public sealed class NewGaussianMixtureCommand : MixtureCommand
{
    private const string RandomSet = "Random";
    private const string ParametersSet = "Parameters";
    private const string ComponentSet = "Component";

    private ComponentRowReader? _rows;

    /// <summary>Draw the mixture at random: means uniform in ±Range, covariances AᵀA of standard normal A, weights uniform and
    /// normalised.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RandomSet)]
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
    [Parameter(ParameterSetName = RandomSet)]
    [ValidateRange(double.Epsilon, double.MaxValue)]
    public double Range { get; set; } = 10;

    /// <summary>Seed of the drawing; the same seed gives the same mixture. Without one, a fresh seed is used, which -Verbose
    /// tells.</summary>
    [Parameter(ParameterSetName = RandomSet)]
    public ulong Seed { get; set; }

    /// <summary>One mixing weight per component; they sum to 1.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParametersSet, HelpMessage = "One weight per component, summing to 1.")]
    [AllowEmptyCollection]
    public double[] Weight { get; set; } = [];

    /// <summary>One mean per component: a number when there is one column, else a list of numbers. A matrix gives one mean per
    /// row.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParametersSet, HelpMessage = "One mean per component.")]
    public object? Mean { get; set; }

    /// <summary>One covariance matrix per component: a variance when there is one column, else a double[,], a list of rows, or
    /// all numbers of the matrix in one list.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParametersSet, HelpMessage = "One covariance matrix per component.")]
    public object? Covariance { get; set; }

    /// <summary>Names of the columns. Default x1, x2, ...</summary>
    [Parameter(ParameterSetName = RandomSet)]
    [Parameter(ParameterSetName = ParametersSet)]
    public string[]? Property { get; set; }

    /// <summary>Component rows, as Get-MixtureComponent gives them or Import-Csv reads them. The order of the columns Mean_... is
    /// the order of the columns of the mixture.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ComponentSet, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject? InputObject { get; set; }

    /// <summary>The culture in which numbers in text are written. Default: the invariant culture (1.5).</summary>
    [Parameter(ParameterSetName = ComponentSet)]
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
        return GaussianMixture.Create(Weight, means, MixtureArguments.ReadCovariances(Covariance, Weight.Length, dimension), Property);
    }

    private void AddRows()
    {
        foreach (PSObject? row in RowSource.Enumerate(InputObject, MyInvocation.ExpectingInput))
        {
            _rows!.Add(row);
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Binding.Models;
using GmmTools.Commands.Internal;
using GmmTools.Comparison;
using GmmTools.Completion;
using GmmTools.Mixtures;
using GmmTools.Output;

namespace GmmTools.Commands;

/// <summary>Compares two mixtures: matches their components and puts their parameters side by side.</summary>
/// <remarks>
/// <para>
/// Components have no identity of their own: two fits of the same rows may have the same components in a different order. They are matched one to one
/// so that the sum of the Hellinger distances of the pairs is smallest. The distance is 0 for equal components and 1 for components that do not
/// overlap at all.
/// </para>
/// <para>
/// Each parameter has a row with Reference, Difference and their Deviation. The components of the reference are in order; unmatched components of
/// either mixture come last, with nothing on the other side. Columns are matched by name if both mixtures have the same ones, otherwise by position,
/// with a warning.
/// </para>
/// <para>
/// Distance is the Hellinger distance of the matched components; Wasserstein is their 2-Wasserstein distance, in the units of the columns. With
/// -Divergence the mixtures are compared as a whole, however many components they have: the Kullback-Leibler divergence in both directions and the
/// Jensen-Shannon divergence, in nats, by sampling, with their standard errors; bounds and an approximation of the first in closed form; and the L2
/// distance of the densities, in closed form.
/// </para>
/// <para>
/// Components with Student tails have the row DegreesOfFreedom as well, infinite for a normal component, and scale matrices in the place of covariances. What
/// has no closed form for them is sampled (-SampleCount): Distance, with its standard error in DistanceError, and the L2 distance. Wasserstein is
/// there for components of the same number of degrees of freedom, above 2. The bounds of the Kullback-Leibler divergence are for normal components only
/// and are no numbers then; the divergence of tails with 2 degrees of freedom or fewer from normal ones is infinite, and with 4 or fewer its
/// standard error.
/// </para>
/// <para>
/// Sources: the Hellinger distance of normal distributions in closed form, Pardo, Statistical Inference Based on Divergence Measures (2006); the
/// assignment, Jonker and Volgenant, Computing 38 (1987) 325-340; the Wasserstein distance, Givens and Shortt, Michigan Mathematical Journal 31
/// (1984) 231-240, and of t, Gelbrich, Mathematische Nachrichten 147 (1990) 185-203; the variational upper bound and approximation, Hershey and Olsen, ICASSP 2007; the lower bound, Durrieu, Thiran and Kelly, ICASSP
/// 2012.
/// </para>
/// </remarks>
/// <example>
/// <para>An estimate against the truth</para>
/// <code>
/// $truth = New-GaussianMixture -Weight 0.7, 0.3 -Mean 0, 4 -Covariance 1, 0.25
/// $estimate = New-GaussianMixtureSample $truth -Count 10000 -Seed 1 | Invoke-EmFit -ComponentCount 2
/// Compare-GaussianMixture -ReferenceModel $truth -DifferenceModel $estimate
/// </code>
/// <para>The estimates from 10 000 rows differ from the true weights, means and variances by their sampling errors.</para>
/// </example>
/// <example>
/// <para>What a restricted model changes</para>
/// <code>
/// $full, $tied = Import-Csv ./src/Examples/faithful.csv | Invoke-EmFit -ComponentCount 2 -CovarianceModel VVV, EEE
/// Compare-GaussianMixture $full $tied | Where-Object Parameter -like 'Covariance*'
/// </code>
/// <para>EEE gives both components one covariance matrix. Only the covariances are shown.</para>
/// </example>
/// <example>
/// <para>Whether two models are the same</para>
/// <code>
/// $fit = Import-Csv ./src/Examples/iris.csv | Invoke-EmFit -ComponentCount 3
/// $copy = $fit | Get-MixtureComponent | New-GaussianMixture
/// @(Compare-GaussianMixture $fit $copy | Where-Object Deviation -ne 0).Count
/// </code>
/// <para>A table of components holds the mixture without loss: no parameter deviates.</para>
/// <code>
/// 0
/// </code>
/// </example>
/// <example>
/// <para>How much a restricted model loses</para>
/// <code>
/// $full, $tied = Import-Csv ./src/Examples/faithful.csv | Invoke-EmFit -ComponentCount 2 -CovarianceModel VVV, EEE
/// Compare-GaussianMixture $full $tied -Divergence
/// </code>
/// <para>The Kullback-Leibler divergence is the log-likelihood that a row of one mixture loses on average under the other.</para>
/// </example>
/// <seealso cref="NewGaussianMixtureCommand"/>
/// <seealso cref="GetMixtureComponentCommand"/>
[Cmdlet(VerbsData.Compare, "GaussianMixture", HelpUri = OnlineHelp.Page)]
[OutputType(typeof(ParameterDifference), typeof(MixtureDivergence))]
public sealed class CompareGaussianMixtureCommand : MixtureCommand
{
    private GaussianMixture? _reference;

    /// <summary>The mixture that is taken as the truth, or a fit.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The mixture that is taken as the truth.")]
    [AllowNull]
    [AllowEmptyCollection]
    [ModelFromFile]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public PSObject? ReferenceModel { get; set; }

    /// <summary>The mixture to compare with it, or a fit. Its columns are matched by name if both mixtures have the same ones.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, HelpMessage = "The mixture to compare with it.")]
    [AllowNull]
    [AllowEmptyCollection]
    [ModelFromFile]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public PSObject? DifferenceModel { get; set; }

    /// <summary>Returns the divergences of the mixtures as a whole instead of their parameters.</summary>
    [Parameter(HelpMessage = "Returns the divergences of the mixtures as a whole instead of their parameters.")]
    public SwitchParameter Divergence { get; set; }

    /// <summary>Number of rows to draw from each mixture to measure the divergences, or from each of two components with Student tails. Default: 100000.</summary>
    [Parameter(HelpMessage = "Number of rows to draw from each mixture to measure the divergences.")]
    public int SampleCount { get; set; } = 100_000;

    /// <summary>Seed of the random numbers; the same seed gives the same divergences. Default: 1.</summary>
    [Parameter(HelpMessage = "Seed of the random numbers; the same seed gives the same divergences.")]
    public ulong Seed { get; set; } = 1;

    /// <inheritdoc/>
    private protected override void Begin() => _reference = ModelArgument.Resolve(ReferenceModel, nameof(ReferenceModel));

    /// <inheritdoc/>
    private protected override void Process()
    {
        GaussianMixture difference = ModelArgument.Resolve(DifferenceModel, nameof(DifferenceModel));
        if (!ColumnOrder.SameNames(_reference!.Property, difference.Property) && difference.Dimension == _reference.Dimension)
        {
            WriteWarning(
                $"The columns of the mixtures have different names and are compared by position: {string.Join(", ", _reference.Property)} with {string.Join(", ", difference.Property)}.");
        }

        GaussianMixture arranged = ColumnOrder.Arrange(difference, _reference.Property);
        if (Divergence)
        {
            WriteObject(Run(options => MixtureDivergence.Measure(_reference, arranged, options, StopToken)));
            return;
        }

        MixtureComparison comparison = Run(options => MixtureComparison.Compare(_reference, arranged, options, StopToken));
        foreach (ComponentPair pair in comparison.Pairs)
        {
            WriteObject(Rows(pair, _reference.Property), enumerateCollection: true);
        }
    }

    /// <summary>Runs what may draw samples.</summary>
    private T Run<T>(Func<DivergenceOptions, T> measure)
    {
        DivergenceOptions options = new() { SampleCount = SampleCount, Seed = Seed };
        ProgressReporter progress = new(MyInvocation.MyCommand.Name, WriteProgress);
        try
        {
            return BackgroundWork.Run(() => measure(options), () => progress.Report(() => "sampling"), StopToken);
        }
        finally
        {
            progress.Complete();
        }
    }

    private static IEnumerable<ParameterDifference> Rows(ComponentPair pair, IReadOnlyList<string> property)
    {
        int[] columns = [.. Enumerable.Range(0, property.Count)];
        yield return Row(pair, "Weight", pair.Reference?.Weight, pair.Difference?.Weight);
        if (pair.Reference?.DegreesOfFreedom is not null || pair.Difference?.DegreesOfFreedom is not null)
        {
            yield return Row(pair, "DegreesOfFreedom", Degrees(pair.Reference), Degrees(pair.Difference));
        }

        foreach (int i in columns)
        {
            yield return Row(pair, $"Mean {property[i]}", pair.Reference?.Mean[i], pair.Difference?.Mean[i]);
        }

        foreach (int i in columns)
        {
            foreach (int j in columns.Skip(i))
            {
                string name = $"Covariance {property[i]}, {property[j]}";
                yield return Row(pair, name, pair.Reference?.Covariance[i, j], pair.Difference?.Covariance[i, j]);
            }
        }
    }

    /// <summary>Normal components have infinitely many.</summary>
    private static double? Degrees(GaussianComponent? component) => component is null ? null : component.DegreesOfFreedom ?? double.PositiveInfinity;

    private static ParameterDifference Row(ComponentPair pair, string parameter, double? reference, double? difference)
    {
        double? distance = double.IsNaN(pair.Distance) ? null : pair.Distance;
        return new ParameterDifference(pair.Reference?.Component, pair.Difference?.Component, distance, parameter)
        {
            Reference = reference,
            Difference = difference,
            DistanceError = distance is null ? null : pair.DistanceError,
            Wasserstein = double.IsNaN(pair.Wasserstein) ? null : pair.Wasserstein,
        };
    }
}

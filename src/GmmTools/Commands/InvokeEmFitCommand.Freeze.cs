using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Completion;
using GmmTools.Estimation.Known;
using GmmTools.Mixtures;

namespace GmmTools.Commands;

/// <content>Components that are known beforehand.</content>
public sealed partial class InvokeEmFitCommand
{
    /// <summary>
    /// What of the components of -InitialModel is kept as it is: Mean, Covariance, Weight or All, for all of them, or a table from components, by number or
    /// class, to what is kept, as in @{ 1 = 'All'; 2 = 'Mean', 'Covariance' }. The rest is estimated, and only that counts as parameters. Components keep their
    /// numbers, which are their classes if they have none. Where components are added, weights are kept in proportion to each other. Covariances can be kept
    /// with VII, VVI and VVV, and with EII, EEI and EEE for all components at once.
    /// </summary>
    [Parameter(HelpMessage = "What of the components of -InitialModel is kept: Mean, Covariance, Weight or All; or a table from components to these.")]
    [ArgumentCompleter(typeof(FreezeCompleter))]
    [ValidateNotNullOrEmpty]
    public object? Freeze { get; set; }

    /// <summary>Number of components that are found beside those of -InitialModel, such as 1 for what is new since a baseline. They come last. Default 0.</summary>
    [Parameter(HelpMessage = "Number of components that are found beside those of -InitialModel.")]
    [ValidateRange(0, int.MaxValue)]
    public int AdditionalComponentCount { get; set; }

    /// <summary>
    /// A number that is added to each variance in each iteration, in the units of the columns squared, as scikit-learn's reg_covar. The log-likelihood may then
    /// fall on the way. Default 0: -CovarianceFloor, which does not depend on units, keeps covariances from collapsing. For EII, VII, EEI, VVI, EEE and VVV; not
    /// together with -Noise, -Tail Student, -Prior, -TrimFraction, -Freeze or -Standardize.
    /// </summary>
    [Parameter(HelpMessage = "A number that is added to each variance in each iteration, in the units of the columns squared.")]
    public double RegularizeCovariance { get; set; }

    private FrozenParts? FindFrozen(GaussianMixture? initial) => Freeze is null ? null
        : initial is not null ? FreezeArgument.Read(Freeze, initial)
        : throw new CommandException(
            "FrozenWithoutStart", "-Freeze was given, but no mixture whose components could be kept. Name it with -InitialModel.");
}

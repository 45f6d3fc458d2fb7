using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Estimation;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Selection;

namespace GmmTools.Outliers;

/// <summary>
/// What sound rows are distributed as, found among rows of which some are not: mixtures with noise, which takes scattered rows; the best by BIC
/// of several numbers of components; and of its components those that hold a fair share of the rows, since bad rows that lie together are a
/// component of their own. Noise that takes most of the rows tells that these are spread evenly: then mixtures without noise are fitted.
/// </summary>
public sealed class RobustReference
{
    /// <summary>More than this of the rows is no noise.</summary>
    private const double MaxNoise = 0.5;

    private RobustReference(EmFit fit, GaussianMixture sound, IReadOnlyList<int> leftOut)
    {
        Fit = fit;
        Sound = sound;
        LeftOut = FixedList.Of(leftOut);
    }

    /// <summary>The fit that was chosen: with noise, unless noise would take most of the rows.</summary>
    public EmFit Fit { get; }

    /// <summary>Its components that are taken to be sound, without the noise; their weights sum to 1.</summary>
    public GaussianMixture Sound { get; }

    /// <summary>Numbers of the components that hold too few rows to be sound.</summary>
    public IReadOnlyList<int> LeftOut { get; }

    /// <summary>Finds it.</summary>
    /// <param name="observations">The rows.</param>
    /// <param name="options">How to fit. Whether there is noise does not depend on them.</param>
    /// <param name="componentCounts">Numbers of components to try.</param>
    /// <param name="smallestShare">The share of the rows that are no noise, from 0 to 1, below which a component is not taken to be sound; that which
    /// holds the most is.</param>
    /// <param name="progress">Told of the fits that are done, or null.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The reference.</returns>
    /// <exception cref="OutlierException">The share is not at least 0 and below 1 (InvalidSmallestShare).</exception>
    /// <exception cref="SelectionException">No combination could be fitted (NothingFitted).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static RobustReference Find(
        IObservations observations,
        EmOptions options,
        IReadOnlyList<int> componentCounts,
        double smallestShare,
        Action<FitPoolProgress>? progress,
        CancellationToken cancellationToken)
    {
        if (!(smallestShare >= 0 && smallestShare < 1))
        {
            throw new OutlierException(
                "InvalidSmallestShare",
                FormattableString.Invariant($"The smallest share of a sound component is {smallestShare:R}. It must be at least 0 and below 1, such as 0.02."),
                smallestShare);
        }

        EmOptions own = (options ?? throw new ArgumentNullException(nameof(options))).Clone();
        IReadOnlyList<IFitOutcome> Search(bool noise)
        {
            own.Noise = noise;
            return new ModelSearch(own, progress).Fit(observations, componentCounts, [own.CovarianceModel], cancellationToken);
        }

        IReadOnlyList<IFitOutcome> outcomes = [.. Search(noise: true).Where(outcome => outcome is EmFit found && found.Mixture.Noise!.Weight <= MaxNoise)];
        if (outcomes.Count == 0)
        {
            outcomes = Search(noise: false);
        }

        FitSelection selection = FitSelection.Choose([.. outcomes.Select(FitCandidate.From)], SelectionCriterion.Bic);
        EmFit fit = (EmFit)outcomes[selection.Ranked[0]];
        double ofComponents = fit.Mixture.Components.Sum(component => component.Weight);
        GaussianComponent[] sound = [.. fit.Mixture.Components.Where(component => component.Component == 1 || component.Weight >= smallestShare * ofComponents)];
        return new RobustReference(fit, Only(fit.Mixture, sound), [.. fit.Mixture.Components.Except(sound).Select(component => component.Component)]);
    }

    private static GaussianMixture Only(GaussianMixture mixture, GaussianComponent[] components)
    {
        double sum = components.Sum(component => component.Weight);
        return GaussianMixture.Create(
            [.. components.Select(component => component.Weight / sum)],
            [.. components.Select(component => component.Mean)],
            [.. components.Select(component => component.Covariance)],
            mixture.Property);
    }
}

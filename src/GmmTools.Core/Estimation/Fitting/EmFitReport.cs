using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GmmTools.Estimation.Known;
using GmmTools.Estimation.Models;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Observations.Intake;

namespace GmmTools.Estimation.Fitting;

/// <summary>Makes the user's view of a run: the mixture, its criteria, and the warnings that belong to it.</summary>
internal static class EmFitReport
{
    /// <summary>Components closer to each other than this Hellinger distance are the same.</summary>
    private const double EqualDistance = 1e-3;

    /// <summary>A start that ended higher by less, per unit of row weight, is no other optimum.</summary>
    private const double HigherPerRow = 1e-5;

    /// <summary>More noise than this is the rule, not the exception.</summary>
    private const double MostNoise = 0.5;

    public static EmFit Create(
        IObservations observations, PooledMoments? pooled, EmOptions options, EmRun run, StartRecord record, TimeSpan elapsed, MixtureTrimming? trimming = null)
    {
        GaussianMixture mixture = new(run.Mixture, observations.Property, options.CovarianceModel, trimming, Classes(options, run.Mixture.ComponentCount));
        // a covariance that was kept says nothing of these rows; such components keep their places
        IReadOnlyList<SpuriousComponent> spurious =
            [.. SpuriousCheck.Find(mixture.Parameters, observations.TotalWeight).Where(one => options.Frozen?.Has(one.Component - 1, FrozenPart.Covariance) != true)];

        // a time limit may have left no time for the moments of the rows
        BoundedLikelihood? bounded = pooled is null ? null : new(mixture.Parameters, pooled, observations.TotalWeight, Floor(pooled, options));
        Atom[] atoms = [.. bounded?.Atoms(observations.Property) ?? []];
        return new EmFit
        {
            Mixture = mixture,
            Options = new FitOptions(options, observations.TotalWeight),
            ComponentCount = mixture.ComponentCount,
            CovarianceModel = mixture.CovarianceModel,
            Property = mixture.Property,
            RowCount = observations.Count,
            TotalWeight = observations.TotalWeight,
            LogLikelihood = run.LogLikelihood - run.LogPrior,
            BoundedLogLikelihood = run.LogLikelihood - run.LogPrior - (bounded?.Gain() ?? 0),
            Entropy = run.Entropy,
            Statistics = run.Statistics?.Arranged(mixture.SourceOrder),
            ParameterCount = EstimationModel.CountParameters(options, mixture),
            IterationCount = run.IterationCount,
            StopReason = run.StopReason,
            EstimatedRemainder = run.EstimatedRemainder,
            LogLikelihoodTrace = run.LogLikelihoodTrace,
            CollapseCount = run.CollapseCount,
            Starts = record.Starts,
            BestStartCount = record.BestStartCount,
            DiscardedStart = record.FindHigher(run.LogLikelihood - run.LogPrior, HigherPerRow * observations.TotalWeight),
            SpuriousComponents = spurious,
            Atoms = atoms,
            Elapsed = elapsed,
            Warnings =
            [
                .. Warnings(mixture, options, run, observations.TotalWeight),
                .. Warnings(mixture, bounded?.HeldComponents() ?? [], spurious, atoms),
                .. Warnings(atoms),
                .. EqualComponents(mixture, options),
                .. StartAgreement.Warnings(options.ComponentCount, record),
            ],
        }.WithIntake(new RowIntake(observations.Count));
    }

    /// <summary>The classes that labels name, or that the components of the start have.</summary>
    private static IReadOnlyList<string?>? Classes(EmOptions options, int componentCount)
    {
        if (options.HasLabels)
        {
            return options.KnownComponents!.ComponentClasses(componentCount);
        }

        GaussianMixture? start = options.InitialMixture;
        if (options.HasFrozen || options.AdditionalComponentCount > 0)
        {
            // what was there stays where it was, under its number if it has no name
            return
            [
                .. Enumerable.Range(0, componentCount).Select(k => k >= start!.ComponentCount ? null
                    : start.ComponentClasses is null ? (k + 1).ToString(CultureInfo.InvariantCulture)
                    : start.ComponentClasses[k]),
            ];
        }

        return start?.ComponentClasses?.Count == componentCount ? start.ComponentClasses : null;
    }

    private static CovarianceFloor Floor(PooledMoments pooled, EmOptions options) =>
        new(pooled, options.CovarianceModel, options.CovarianceFloor, !options.Prior);

    private static IEnumerable<string> Warnings(
        GaussianMixture mixture, IReadOnlyList<int> held, IReadOnlyList<SpuriousComponent> spurious, IReadOnlyList<Atom> atoms)
    {
        if (spurious.Count == 1)
        {
            SpuriousComponent component = spurious[0];
            yield return FormattableString.Invariant(
                $"Component {component.Component} is spurious: it describes {component.RowCount:F1} rows that lie almost in a plane (eigenvalue ratio {component.EigenvalueRatio:G2}), so its likelihood says little. Use fewer components or a more restricted covariance model.");
        }
        else if (spurious.Count > 1)
        {
            string numbers = List(spurious.Select(one => FormattableString.Invariant($"{one.Component} ({one.RowCount:F1} rows, eigenvalue ratio {one.EigenvalueRatio:G2})")));
            yield return $"Components {numbers} are spurious: each describes a few rows that lie almost in a plane, so their likelihood says little. Use fewer components or a more restricted covariance model.";
        }

        int[] others = [.. held.Where(number => spurious.All(one => one.Component != number) && atoms.All(atom => atom.Component != number))];
        if (others.Length > 0)
        {
            yield return FormattableString.Invariant(
                $"{others.Length} of {Counted.Of(mixture.ComponentCount, "component")} {(others.Length == 1 ? "is held at the covariance floor: it describes" : "are held at the covariance floor: they describe")} identical rows, rows on a line, or values rounded to steps as wide as they are, not clusters. Use fewer components or a more restricted covariance model.");
        }
    }

    /// <summary>One sentence for all values that no component represents, and one for each component that represents some.</summary>
    private static IEnumerable<string> Warnings(IEnumerable<Atom> atoms) => atoms.GroupBy(atom => atom.Component).Select(group => group.Count() == 1
        ? FormattableString.Invariant(
            $"Column '{group.First().Property}' is {group.First().Value:R} in {group.First().Share:P1} of the rows, far more often than a normal density allows. {Meaning(group.Key, "this column")}")
        : $"Values repeat far more often than a normal density allows: {List(group.Select((atom, i) => FormattableString.Invariant($"'{atom.Property}' is {atom.Value:R} in {atom.Share:P1}{(i == 0 ? " of the rows" : string.Empty)}")))}. {Meaning(group.Key, "these columns")}");

    private static string List(IEnumerable<string> items)
    {
        string[] all = [.. items];
        return string.Join(", ", all.Take(all.Length - 1)) + " and " + all[all.Length - 1];
    }

    private static string Meaning(int? represented, string columns) => represented is int component
        ? FormattableString.Invariant($"Component {component} represents these rows: read its weight as their share, and its variance in {columns} as zero. The criteria give it no credit for being so narrow.")
        : "Fit the other rows alone, or use one more component, which can represent these rows.";

    /// <summary>Components that are the same leave a mixture of fewer.</summary>
    private static IEnumerable<string> EqualComponents(GaussianMixture mixture, EmOptions options)
    {
        IEnumerable<(int First, int Second)> pairs =
            from second in Enumerable.Range(0, mixture.ComponentCount)
            from first in Enumerable.Range(0, second)
            where options.FixedWeights is null && AreEqual(mixture.Parameters, first, second)
            select (first, second);
        return pairs.Take(1).Select(pair => FormattableString.Invariant(
            $"Components {pair.First + 1} and {pair.Second + 1} coincide, so the mixture really has one component fewer than requested. Use fewer components, more starts or a more restricted covariance model."));
    }

    private static bool AreEqual(MixtureParameters mixture, int first, int second)
    {
        for (int j = 0; j < mixture.Dimension; j++)
        {
            // cheap where they are not
            double difference = mixture.Means[(first * mixture.Dimension) + j] - mixture.Means[(second * mixture.Dimension) + j];
            if (difference * difference > EqualDistance * mixture.Covariance(first, j, j))
            {
                return false;
            }
        }

        return Hellinger.Distance(mixture, first, mixture, second) < EqualDistance;
    }

    private static IEnumerable<string> CollapseWarnings(EmOptions options, EmRun run)
    {
        if (run.DroppedCount > 0)
        {
            yield return FormattableString.Invariant(
                $"{run.DroppedCount} of {Counted.Of(options.ComponentCount, "requested component")} collapsed or ran out of rows and {(run.DroppedCount == 1 ? "was" : "were")} removed, leaving {run.Mixture.ComponentCount}.");
        }

        if (run.Collapsed.Count > 0)
        {
            yield return FormattableString.Invariant(
                $"The fit ended after {Counted.Of(run.IterationCount, "iteration")}, just before {run.Collapsed.Count} of {Counted.Of(run.Mixture.ComponentCount, "component")} collapsed or ran out of rows; it has not converged. Use fewer components, a more restricted covariance model, or another collapse policy.");
        }
    }

    private static IEnumerable<string> Warnings(GaussianMixture mixture, EmOptions options, EmRun run, double totalWeight)
    {
        if (run.StopReason == StopReason.MaxIteration && options.ExpectsConvergence && options.Tolerance is not 0)
        {
            yield return FormattableString.Invariant(
                $"Not converged after {Counted.Of(run.IterationCount, "iteration")}; further iterations are estimated to raise the log-likelihood by {run.EstimatedRemainder:G3}. Raise MaxIteration.");
        }

        if (run.ReachedCap)
        {
            yield return "The inner iterations of the last M-step stopped at their limit, so the log-likelihood may be slightly below its maximum. Start another fit from this one, or use a covariance model whose M-step has a closed form.";
        }

        if (run.StopReason == StopReason.Collapsed && run.Collapsed.Count == 0)
        {
            yield return FormattableString.Invariant(
                $"A component collapsed, and the fit stopped after {Counted.Of(run.IterationCount, "iteration")} because the next would have lowered the log-likelihood. Use fewer components or a more restricted covariance model.");
        }

        if (run.StopReason == StopReason.TimeLimit)
        {
            yield return FormattableString.Invariant(
                $"The time limit ended the fit after {Counted.Of(run.IterationCount, "iteration")} of the last run; the mixture is the best found by then.");
        }

        foreach (string warning in CollapseWarnings(options, run))
        {
            yield return warning;
        }

        // what collapsed on the way is no reason to doubt a fit that converged all the same, or that says so already
        if (options.CollapsePolicy == CollapsePolicy.Reseed && run.CollapseCount > 0 && run.StopReason is not (StopReason.Converged or StopReason.Collapsed))
        {
            yield return FormattableString.Invariant(
                $"A component collapsed or ran out of rows {Counted.Of(run.CollapseCount, "time")} and was restarted where the mixture explained the rows worst. Fewer components may suit the data better.");
        }

        if (mixture.Noise?.Weight * totalWeight < 1)
        {
            yield return FormattableString.Invariant($"The noise holds less than one row (weight {mixture.Noise!.Weight:G3}): the components explain all rows. Fit without noise.");
        }

        if (mixture.Noise?.Weight > MostNoise)
        {
            yield return FormattableString.Invariant($"The noise holds most of the rows (weight {mixture.Noise!.Weight:F4}), so the components describe few of them. Use more components, or fit without noise.");
        }

        string[] empty = options.FixedWeights is not null ? [] :
        [
            .. mixture.Components.Where(component => component.Weight * totalWeight < 1)
                .Select(component => FormattableString.Invariant($"{component.Component} (weight {component.Weight:G3})")),
        ];
        if (empty.Length > 0)
        {
            yield return empty.Length == 1
                ? $"Component {empty[0]} holds less than one row. Use fewer components."
                : $"Components {List(empty)} hold less than one row each. Use fewer components.";
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Observations.Intake;

namespace GmmTools.Estimation.Fitting;

/// <summary>Makes the user's view of a run: the mixture, its criteria, and the warnings that belong to it.</summary>
internal static class EmFitReport
{
    public static EmFit Create(
        IObservations observations, EmOptions options, EmRun run, StartRecord record, TimeSpan elapsed)
    {
        GaussianMixture mixture = new(run.Mixture, observations.Property, options.CovarianceModel);
        IReadOnlyList<SpuriousComponent> spurious = SpuriousCheck.Find(mixture.Parameters, observations.TotalWeight);
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
            Entropy = run.Entropy,
            Statistics = run.Statistics?.Arranged(mixture.SourceOrder),
            ParameterCount = mixture.ParameterCount - (options.FixedWeights is null ? 0 : mixture.ComponentCount - 1),
            IterationCount = run.IterationCount,
            StopReason = run.StopReason,
            EstimatedRemainder = run.EstimatedRemainder,
            LogLikelihoodTrace = run.LogLikelihoodTrace,
            CollapseCount = run.CollapseCount,
            Starts = record.Starts,
            BestStartCount = record.BestStartCount,
            SpuriousComponents = spurious,
            Elapsed = elapsed,
            Warnings = [.. Warnings(mixture, options, run, observations.TotalWeight), .. Warnings(spurious), .. StartAgreement.Warnings(options.ComponentCount, record)],
        }.WithIntake(new RowIntake(observations.Count));
    }

    private static IEnumerable<string> Warnings(IReadOnlyList<SpuriousComponent> spurious) => spurious.Select(component => FormattableString.Invariant(
        $"Component {component.Component} is spurious: it stands for {component.RowCount:F1} rows that nearly lie in a plane (eigenvalue ratio {component.EigenvalueRatio:G2}), so that its likelihood says little. Use fewer components or a more restricted covariance model."));

    private static IEnumerable<string> CollapseWarnings(EmOptions options, EmRun run)
    {
        if (run.DroppedCount > 0)
        {
            yield return FormattableString.Invariant(
                $"{run.DroppedCount} of the {options.ComponentCount} components asked for collapsed or starved and were removed; {run.Mixture.ComponentCount} are left.");
        }

        if (run.Collapsed.Count > 0)
        {
            yield return FormattableString.Invariant(
                $"The fit ended after {run.IterationCount} iterations, before {run.Collapsed.Count} of {run.Mixture.ComponentCount} components collapsed or starved; it has not converged. Use fewer components, a more restricted covariance model, or another collapse policy.");
        }
    }

    private static IEnumerable<string> Warnings(GaussianMixture mixture, EmOptions options, EmRun run, double totalWeight)
    {
        if (run.StopReason == StopReason.MaxIteration && options.ExpectsConvergence && options.Tolerance is not 0)
        {
            yield return FormattableString.Invariant(
                $"Not converged after {run.IterationCount} iterations; the log-likelihood estimated to remain is {run.EstimatedRemainder:G3}. Raise MaxIteration.");
        }

        if (run.ReachedCap)
        {
            yield return "The inner iteration of the last M-step reached its cap, so that a little log-likelihood may be left. Go on from this fit, or use a model with a closed M-step.";
        }

        if (run.StopReason == StopReason.Collapsed && run.Collapsed.Count == 0)
        {
            yield return FormattableString.Invariant(
                $"A component collapsed, and after {run.IterationCount} iterations the next would have lowered the log-likelihood; the mixture is the one before. Use fewer components or a more restricted covariance model.");
        }

        if (run.StopReason == StopReason.TimeLimit)
        {
            yield return FormattableString.Invariant(
                $"The time limit ended the fit after {run.IterationCount} iterations of the last run; the mixture is the best so far.");
        }

        foreach (string warning in CollapseWarnings(options, run))
        {
            yield return warning;
        }

        if (options.CollapsePolicy == CollapsePolicy.Reseed && run.CollapseCount > 0)
        {
            yield return FormattableString.Invariant(
                $"A component collapsed or starved {run.CollapseCount} times and was put back where the rows were explained worst. Fewer components may suit the data.");
        }

        if (run.FlooredCount > 0)
        {
            yield return FormattableString.Invariant(
                $"{run.FlooredCount} of {mixture.ComponentCount} components are held at the covariance floor: they describe a few equal rows or a line, not a cluster. Use fewer components or a more restricted covariance model.");
        }

        foreach (GaussianComponent component in mixture.Components.Where(component => component.Weight * totalWeight < 1 && options.FixedWeights is null))
        {
            yield return FormattableString.Invariant(
                $"Component {component.Component} holds less than one row (weight {component.Weight:G3}). Use fewer components.");
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Estimation.Models;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Selection;

namespace GmmTools.Classification;

/// <summary>
/// One component for each class, under one covariance model for all classes, which BIC chooses. The component of every row is known, so that a
/// fit is the maximisation step of the classes' statistics; where cells are missing, or the step itself iterates, it is repeated.
/// </summary>
internal sealed class EddaSearch
{
    private readonly ClassifiedRows _rows;
    private readonly ClassifierOptions _options;
    private readonly CancellationToken _cancellationToken;

    /// <summary>The classes by decreasing weight, as the components of a mixture are.</summary>
    private readonly int[] _order;
    private readonly IObservations _labelled;

    public EddaSearch(ClassifiedRows rows, ClassifierOptions options, CancellationToken cancellationToken)
    {
        _rows = rows;
        _options = options;
        _cancellationToken = cancellationToken;
        _order = [.. Enumerable.Range(0, rows.Names.Count).OrderByDescending(place => rows.Weights[place])];
        int[] labels = new int[_order.Length];
        for (int k = 0; k < _order.Length; k++)
        {
            labels[_order[k]] = k;
        }

        _labelled = rows.Rows.Label([.. rows.Places.Select(place => labels[place])]);
    }

    /// <summary>The mixtures of the classes under the best model, and what a reader should know.</summary>
    /// <exception cref="ClassificationException">No model can be fitted (ClassNotFitted).</exception>
    public (IReadOnlyList<GaussianMixture> Mixtures, IReadOnlyList<string> Warnings) Find()
    {
        IFitOutcome[] outcomes = [.. _options.Models.Select(Fit)];
        if (outcomes.All(outcome => outcome is FitFailure))
        {
            int smallest = _order[_order.Length - 1];
            throw ClassFits.NotFitted(_rows, smallest, ((FitFailure)outcomes[0]).Failure);
        }

        FitCandidate[] candidates = [.. outcomes.Select(FitCandidate.From)];
        EmFit best = (EmFit)outcomes[FitSelection.Choose(candidates, SelectionCriterion.Bic).Ranked[0]];
        int[] places = [.. best.Mixture.SourceOrder.Select(k => _order[k])];
        GaussianMixture[] mixtures = new GaussianMixture[places.Length];
        for (int k = 0; k < places.Length; k++)
        {
            mixtures[places[k]] = ComponentAlone(best.Mixture, k);
        }

        return (mixtures, [.. Warnings(best, places)]);
    }

    private IFitOutcome Fit(CovarianceModel model)
    {
        EmOptions options = _options.Estimation.Clone();
        options.ComponentCount = _order.Length;
        options.CovarianceModel = model;
        options.CollapsePolicy = CollapsePolicy.Stop;
        IFitOutcome outcome = FitOutcomes.Of(_labelled, options, () =>
        {
            ObservationChecks.CheckRows(_labelled, options);
            PooledMoments pooled = PooledMoments.Compute(_labelled, model.Shape(), options.ThreadCount, _cancellationToken);
            ObservationChecks.CheckColumns(_labelled, pooled);
            options.InitialMixture = Start(pooled, model);
            return new EmEstimator(options).Fit(_labelled, _cancellationToken);
        });
        return outcome is EmFit { StopReason: StopReason.Collapsed }
            ? new FitFailure(_labelled, options, $"{model.Name(_labelled.Property.Count)} leaves a class without a covariance matrix.")
            : outcome;
    }

    /// <summary>Every class as all rows together: the first step knows which rows are whose.</summary>
    private GaussianMixture Start(PooledMoments pooled, CovarianceModel model)
    {
        MixtureParameters start = pooled.ToSingleComponent(model).InOrder(new int[_order.Length]);
        for (int k = 0; k < _order.Length; k++)
        {
            start.Weights[k] = _rows.Weights[_order[k]] / _labelled.TotalWeight;
        }

        return new GaussianMixture(start, _labelled.Property, model);
    }

    private static GaussianMixture ComponentAlone(GaussianMixture mixture, int component)
    {
        MixtureParameters one = mixture.Parameters.InOrder([component]);
        one.Weights[0] = 1;
        return new GaussianMixture(one, mixture.Property, mixture.CovarianceModel);
    }

    private IEnumerable<string> Warnings(EmFit best, int[] places)
    {
        foreach (SpuriousComponent spurious in best.SpuriousComponents)
        {
            yield return FormattableString.Invariant(
                $"Class '{_rows.Names[places[spurious.Component - 1]]}' has {spurious.RowCount:G6} rows that lie almost in a plane (eigenvalue ratio {spurious.EigenvalueRatio:G2}), so its density says little. Use more of its rows, or a covariance model that classes share, such as EEE.");
        }

        if (!best.Converged && best.Options.Tolerance > 0)
        {
            yield return FormattableString.Invariant($"Not converged after {Counted.Of(best.IterationCount, "iteration")}. Raise MaxIteration.");
        }
    }
}

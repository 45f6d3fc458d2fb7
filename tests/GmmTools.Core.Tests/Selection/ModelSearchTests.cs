using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Selection;
using Xunit;

namespace GmmTools.Core.Tests.Selection;

/// <summary>The search over numbers of components and covariance models.</summary>
public sealed class ModelSearchTests
{
    private static readonly Lazy<IReadOnlyList<EmFit>> Iris = new(() => Search(TestData.Iris, 2));

    [Fact]
    public void Every_combination_is_there_in_order()
    {
        Assert.Equal(
            [.. Enumerable.Range(1, 5).SelectMany(count => CovarianceModels.All.Select(model => (count, model)))],
            Iris.Value.Select(fit => (fit.ComponentCount, fit.CovarianceModel)).ToArray());
        Assert.All(Iris.Value, fit => Assert.Equal(StopReason.Converged, fit.StopReason));
    }

    [Fact]
    public void A_model_never_ends_below_one_within_it()
    {
        foreach (EmFit outer in Iris.Value)
        {
            foreach (EmFit inner in Iris.Value.Where(fit => fit.ComponentCount == outer.ComponentCount && fit.CovarianceModel.IsWithin(outer.CovarianceModel)))
            {
                Close.AtLeast(inner.LogLikelihood, outer.LogLikelihood, 0.01, FormattableString.Invariant($"{inner} within {outer}"));
            }
        }
    }

    [Fact]
    public void More_components_never_end_below_fewer()
    {
        foreach (IGrouping<CovarianceModel, EmFit> fits in Iris.Value.GroupBy(fit => fit.CovarianceModel))
        {
            EmFit[] ordered = [.. fits.OrderBy(fit => fit.ComponentCount)];
            for (int i = 1; i < ordered.Length; i++)
            {
                Close.AtLeast(ordered[i - 1].LogLikelihood, ordered[i].LogLikelihood, 0.01, ordered[i].ToString());
            }
        }
    }

    [Fact]
    public void The_best_by_BIC_is_the_known_one()
    {
        EmFit best = Iris.Value.Where(fit => !fit.IsSpurious).OrderBy(fit => fit.Bic).First();
        Assert.Equal((2, CovarianceModel.VEV), (best.ComponentCount, best.CovarianceModel));
        Close.Absolute(561.728, best.Bic, 1e-3, "BIC");
        Close.Absolute(-215.726, best.LogLikelihood, 1e-3, "log-likelihood");
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        double[] alone = [.. Search(TestData.Iris, 1).Select(fit => fit.LogLikelihood)];
        Assert.Equal(alone, Iris.Value.Select(fit => fit.LogLikelihood));
        Assert.Equal(alone, Search(TestData.Iris, 5).Select(fit => fit.LogLikelihood));
    }

    [Fact]
    public void A_combination_that_cannot_be_fitted_is_a_row_with_a_reason()
    {
        double[,] rows = TestData.Draw(6, 1, 2, 3);
        IReadOnlyList<IFitOutcome> fits = new ModelSearch(new EmOptions()).Fit(
            TestData.Observations(rows), [2, 7], [CovarianceModel.EII, CovarianceModel.VVV]);
        Assert.Equal([true, true, false, false], fits.Select(fit => fit is EmFit));
        FitFailure failed = Assert.IsType<FitFailure>(fits[3]);
        Assert.Equal((7, CovarianceModel.VVV, StopReason.NotFitted), (failed.ComponentCount, failed.CovarianceModel, failed.StopReason));
        Assert.Contains("6 rows cannot determine 7 components", failed.Failure, StringComparison.Ordinal);
        Assert.Equal((6, 41), (failed.RowCount, failed.ParameterCount));
        Assert.Equal(["x1", "x2"], failed.Property);
        FitCandidate candidate = FitCandidate.From(failed);
        Assert.True(double.IsNaN(candidate.LogLikelihood) && double.IsNaN(candidate.Value(SelectionCriterion.Bic)));
        Assert.Equal(failed.Failure, candidate.Failure);
        Assert.False(candidate.IsSpurious);
    }

    [Fact]
    public void A_dependent_column_stops_the_full_models_only()
    {
        double[,] rows = TestData.Draw(60, 2, 3, 3);
        for (int i = 0; i < 60; i++)
        {
            rows[i, 2] = rows[i, 0] - rows[i, 1];
        }

        IReadOnlyList<IFitOutcome> fits = new ModelSearch(new EmOptions()).Fit(TestData.Observations(rows), [2], CovarianceModels.All);
        Assert.All(fits, fit => Assert.Equal(fit.CovarianceModel.Shape() == CovarianceShape.Full, fit is FitFailure));
    }

    [Fact]
    public void Progress_counts_to_the_end()
    {
        List<(int Done, int Total)> seen = [];
        ModelSearch search = new(new EmOptions { ThreadCount = 1 }, progress => seen.Add((progress.Done, progress.Total)));
        _ = search.Fit(TestData.Observations(TestData.Faithful), [1, 2], [CovarianceModel.EII, CovarianceModel.VVV]);
        Assert.Equal([(1, 4), (2, 4), (3, 4), (4, 4)], seen);
    }

    [Fact]
    public void A_stop_is_heeded()
    {
        using CancellationTokenSource stop = new();
        ModelSearch search = new(new EmOptions(), _ => stop.Cancel());
        Assert.ThrowsAny<OperationCanceledException>(
            () => search.Fit(TestData.Observations(TestData.Iris), [1, 2, 3, 4, 5, 6], CovarianceModels.All, stop.Token));
    }

    private static IReadOnlyList<EmFit> Search(double[,] rows, int threads) =>
    [
        .. new ModelSearch(new EmOptions { ThreadCount = threads })
            .Fit(TestData.Observations(rows), [1, 2, 3, 4, 5], CovarianceModels.All).Cast<EmFit>(),
    ];
}

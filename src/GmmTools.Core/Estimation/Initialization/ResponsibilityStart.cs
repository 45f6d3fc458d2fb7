using System;
using System.Collections.Generic;
using System.Threading;
using GmmTools.Estimation.Models;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Estimation.Initialization;

/// <summary>
/// The mixture that one exact M-step makes of given responsibilities. Nothing steadies it: from a hard partition the run that
/// follows is the classical one, whose values can be compared with those of others. Where rows have gaps, these are filled first.
/// </summary>
internal static class ResponsibilityStart
{
    private const int RowsPerCheck = 4096;

    /// <param name="observations">The rows.</param>
    /// <param name="responsibilities">Non-negative numbers; rows are normalised.</param>
    /// <param name="model">What is estimated: its M-step makes the start.</param>
    /// <param name="fixedWeights">Weights that are not to be estimated, or null.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The start, not factorised: a covariance may be singular.</returns>
    /// <exception cref="EstimationException">Rows and responsibilities do not fit together.</exception>
    public static MixtureParameters Create(
        IObservations observations, RowResponsibilities responsibilities, EstimationModel model, double[]? fixedWeights, CancellationToken cancellationToken)
    {
        CheckRows(observations, responsibilities);

        // rows in a file are read from there; only where gaps are to be filled are the rows in memory, as they are anyway
        IObservations rows = observations.CanEnumerate && !observations.HasGaps
            ? observations : observations.Sample(int.MaxValue, 0, cancellationToken);
        CovarianceShape shape = model.Covariances.Model.Shape();
        int dimension = rows.Property.Count;
        int componentCount = responsibilities.ComponentCount;
        SufficientStatistics statistics = new(componentCount, dimension, shape);
        for (int j = 0; j < dimension; j++)
        {
            for (int k = 0; k < componentCount; k++)
            {
                statistics.Centres[(k * dimension) + j] = (0.5 * rows.Minimum[j]) + (0.5 * rows.Maximum[j]);
            }
        }

        // twice: about the middle first, then about the means, so that nothing cancels
        Accumulate(rows, responsibilities, statistics, cancellationToken);
        statistics.Clear(Means(statistics));
        Accumulate(rows, responsibilities, statistics, cancellationToken);
        MixtureParameters mixture = new(componentCount, dimension, shape);
        model.Maximize(statistics, null, mixture, fixedWeights);
        return mixture;
    }

    private static void CheckRows(IObservations observations, RowResponsibilities responsibilities)
    {
        if (responsibilities.Count != observations.Count)
        {
            throw new EstimationException(
                "InitialResponsibilityCount",
                FormattableString.Invariant($"Responsibilities were given for {Counted.Of(responsibilities.Count, "row")}, but there are {observations.Count}. Give one set per row."),
                responsibilities.Count);
        }
    }

    private static double[] Means(SufficientStatistics statistics)
    {
        double[] means = (double[])statistics.Centres.Clone();
        for (int i = 0; i < means.Length; i++)
        {
            int component = i / statistics.Dimension;
            if (!(statistics.Weights[component] > 0))
            {
                throw new EstimationException(
                    "EmptyInitialComponent",
                    FormattableString.Invariant($"No row starts in component {component + 1}. Leave its column of responsibilities out."),
                    component + 1);
            }

            means[i] += statistics.FirstMoments[i] / statistics.Weights[component];
        }

        return means;
    }

    private static void Accumulate(
        IObservations rows, RowResponsibilities responsibilities, SufficientStatistics statistics, CancellationToken cancellationToken)
    {
        using IEnumerator<double[]> given = responsibilities.EnumerateRows().GetEnumerator();
        long i = 0;
        foreach ((double[] row, double weight) in rows.EnumerateWeighted())
        {
            if (i % RowsPerCheck == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            given.MoveNext();
            double[] shares = given.Current;
            double sum = ResponsibilitiesBuilder.Sum(shares, null, i++);
            statistics.TotalWeight += weight;
            for (int k = 0; k < shares.Length; k++)
            {
                if (shares[k] > 0)
                {
                    MemberStart.AddRow(statistics, k, row, weight * shares[k] / sum);
                }
            }
        }
    }
}

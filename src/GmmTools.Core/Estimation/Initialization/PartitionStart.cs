using System;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Mixtures;
using GmmTools.Observations;

namespace GmmTools.Estimation.Initialization;

/// <summary>Turns a partition of rows into a mixture: one M-step, steadied so that small clusters have a covariance too.</summary>
internal static class PartitionStart
{
    /// <param name="rows">The rows.</param>
    /// <param name="labels">The cluster of each row, from 0.</param>
    /// <param name="componentCount">Number of clusters.</param>
    /// <param name="step">The M-step of the model wanted.</param>
    /// <param name="pooled">Moments of all rows.</param>
    /// <param name="fixedWeights">Weights that are not to be estimated, one per cluster, or null.</param>
    /// <returns>The start, not factorised.</returns>
    public static MixtureParameters Create(
        InMemoryObservations rows,
        int[] labels,
        int componentCount,
        MaximizationStep step,
        PooledMoments pooled,
        double[]? fixedWeights)
    {
        CovarianceShape shape = step.Model.Shape();
        MixtureParameters mixture = new(componentCount, pooled.Dimension, shape);
        SufficientStatistics statistics = SumAboutFirstRows(rows, labels, mixture);
        Steady(statistics, mixture, pooled, rows.Count);
        step.Maximize(statistics, mixture, mixture, fixedWeights);
        return mixture;
    }

    /// <summary>Statistics of the hard partition, each cluster's about its own first row.</summary>
    private static SufficientStatistics SumAboutFirstRows(InMemoryObservations rows, int[] labels, MixtureParameters mixture)
    {
        int dimension = mixture.Dimension;
        SufficientStatistics statistics = new(mixture.ComponentCount, dimension, mixture.Shape);
        bool[] seen = new bool[mixture.ComponentCount];
        double[] row = new double[dimension];
        for (int i = 0; i < labels.Length; i++)
        {
            int k = labels[i];
            rows.CopyRow(i, row);
            if (!seen[k])
            {
                seen[k] = true;
                Array.Copy(row, 0, mixture.Means, k * dimension, dimension);
            }

            double weight = rows.WeightOf(i);
            statistics.TotalWeight += weight;
            statistics.Weights[k] += weight;
            AddRow(statistics, mixture, k, row, weight);
        }

        return statistics;
    }

    private static void AddRow(SufficientStatistics statistics, MixtureParameters mixture, int k, double[] row, double weight)
    {
        int mean = k * row.Length;
        int scatter = k * statistics.ScatterLength;
        for (int i = 0; i < row.Length; i++)
        {
            double moment = weight * (row[i] - mixture.Means[mean + i]);
            statistics.FirstMoments[mean + i] += moment;
            if (statistics.Shape == CovarianceShape.Diagonal)
            {
                statistics.Scatters[scatter + i] += moment * (row[i] - mixture.Means[mean + i]);
                continue;
            }

            for (int j = 0; j <= i; j++)
            {
                statistics.Scatters[scatter + j] += moment * (row[j] - mixture.Means[mean + j]);
            }

            scatter += i + 1;
        }
    }

    /// <summary>
    /// Adds to each cluster's scatter that of d + 2 imaginary rows, spread like all rows but shrunk to the volume of one of K
    /// equal clusters, so that a cluster of a few rows neither is singular nor collapses in the first iterations.
    /// </summary>
    private static void Steady(SufficientStatistics statistics, MixtureParameters mixture, PooledMoments pooled, long rowCount)
    {
        double rowWeight = statistics.TotalWeight / rowCount;
        double strength = rowWeight * (pooled.Dimension + 2) * Math.Pow(mixture.ComponentCount, -2.0 / pooled.Dimension);
        for (int k = 0; k < statistics.ComponentCount; k++)
        {
            if (!(statistics.Weights[k] > 0))
            {
                // an empty cluster: as if of one row in the middle
                statistics.Weights[k] = rowWeight;
                Array.Copy(pooled.Mean, 0, mixture.Means, k * pooled.Dimension, pooled.Dimension);
            }

            int offset = k * statistics.ScatterLength;
            for (int i = 0; i < statistics.ScatterLength; i++)
            {
                statistics.Scatters[offset + i] += strength * pooled.Covariance[i];
            }
        }
    }
}

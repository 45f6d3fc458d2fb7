using System;
using System.Linq;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Estimation.Models;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Dense;
using GmmTools.Observations;

namespace GmmTools.Estimation.Initialization;

/// <summary>Turns sets of rows into a mixture: one M-step, steadied so that small sets have a covariance too.</summary>
internal static class MemberStart
{
    /// <param name="rows">The rows.</param>
    /// <param name="members">For each component the numbers of its rows, from 0; sets may overlap.</param>
    /// <param name="step">The M-step of the model wanted.</param>
    /// <param name="pooled">Moments of all rows.</param>
    /// <param name="weights">Weights that are not to be estimated, one per component, or null.</param>
    /// <returns>The start, not factorised.</returns>
    public static MixtureParameters Create(
        InMemoryObservations rows, int[][] members, MaximizationStep step, PooledMoments pooled, double[]? weights)
    {
        CovarianceShape shape = step.Model.Shape();
        SufficientStatistics statistics = new(members.Length, pooled.Dimension, shape);
        double[] row = new double[pooled.Dimension];
        for (int k = 0; k < members.Length; k++)
        {
            AddMembers(rows, members[k], statistics, k, row);
        }

        Steady(statistics, pooled, rows.TotalWeight / rows.Count);
        MixtureParameters mixture = new(members.Length, pooled.Dimension, shape);
        step.Maximize(statistics, null, mixture, weights);
        return mixture;
    }

    /// <summary>The members of each cluster of a partition.</summary>
    public static int[][] OfPartition(int[] labels, int clusterCount)
    {
        int[] sizes = new int[clusterCount];
        foreach (int label in labels)
        {
            sizes[label]++;
        }

        int[][] members = [.. sizes.Select(size => new int[size])];
        for (int i = labels.Length - 1; i >= 0; i--)
        {
            members[labels[i]][--sizes[labels[i]]] = i;
        }

        return members;
    }

    /// <summary>Adds a row to one component's weight and moments, not to the total weight.</summary>
    public static void AddRow(SufficientStatistics statistics, int k, double[] row, double weight)
    {
        statistics.Weights[k] += weight;
        int mean = k * row.Length;
        int scatter = k * statistics.ScatterLength;
        for (int i = 0; i < row.Length; i++)
        {
            double moment = weight * (row[i] - statistics.Centres[mean + i]);
            statistics.FirstMoments[mean + i] += moment;
            if (statistics.Shape == CovarianceShape.Diagonal)
            {
                statistics.Scatters[scatter + i] += moment * (row[i] - statistics.Centres[mean + i]);
                continue;
            }

            RowArithmetic.AddDifferences(statistics.Scatters, scatter, moment, row, statistics.Centres, mean, i + 1);
            scatter += i + 1;
        }
    }

    /// <summary>Sums about the first member, so that nothing cancels.</summary>
    public static void AddMembers(InMemoryObservations rows, int[] members, SufficientStatistics statistics, int k, double[] row)
    {
        for (int i = 0; i < members.Length; i++)
        {
            rows.CopyRow(members[i], row);
            if (i == 0)
            {
                Array.Copy(row, 0, statistics.Centres, k * row.Length, row.Length);
            }

            double weight = rows.WeightOf(members[i]);
            statistics.TotalWeight += weight;
            AddRow(statistics, k, row, weight);
        }
    }

    /// <summary>
    /// Adds to each set's scatter that of d + 2 imaginary rows, spread like all rows but shrunk to the volume of one of K
    /// equal clusters, so that a set of a few rows neither is singular nor collapses in the first iterations.
    /// </summary>
    private static void Steady(SufficientStatistics statistics, PooledMoments pooled, double rowWeight)
    {
        double strength = rowWeight * (pooled.Dimension + 2) * Math.Pow(statistics.ComponentCount, -2.0 / pooled.Dimension);
        for (int k = 0; k < statistics.ComponentCount; k++)
        {
            if (!(statistics.Weights[k] > 0))
            {
                // an empty set: as if of one row in the middle
                statistics.Weights[k] = rowWeight;
                statistics.TotalWeight += rowWeight;
                Array.Copy(pooled.Mean, 0, statistics.Centres, k * pooled.Dimension, pooled.Dimension);
            }

            int offset = k * statistics.ScatterLength;
            for (int i = 0; i < statistics.ScatterLength; i++)
            {
                statistics.Scatters[offset + i] += strength * pooled.Covariance[i];
            }
        }
    }
}

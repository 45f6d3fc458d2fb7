using System;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Estimation.Models;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Estimation.Initialization;

/// <summary>What every initializer needs to know of the mixture that is wanted and the rows to find it in.</summary>
internal sealed class StartProblem
{
    public StartProblem(
        InMemoryObservations rows, PooledMoments pooled, MaximizationStep step, int componentCount, double[]? fixedWeights)
    {
        Rows = rows;
        Pooled = pooled;
        Step = step;
        ComponentCount = componentCount;
        FixedWeights = fixedWeights;
    }

    /// <summary>The rows to start from.</summary>
    public InMemoryObservations Rows { get; }

    /// <summary>Moments of all rows.</summary>
    public PooledMoments Pooled { get; }

    /// <summary>The M-step of the model wanted.</summary>
    public MaximizationStep Step { get; }

    /// <summary>Number of components.</summary>
    public int ComponentCount { get; }

    /// <summary>Weights that are not to be estimated, or null.</summary>
    public double[]? FixedWeights { get; }

    /// <summary>The same problem on other rows.</summary>
    public StartProblem On(InMemoryObservations rows) => new(rows, Pooled, Step, ComponentCount, FixedWeights);

    /// <summary>A row, in proportion to its weight.</summary>
    public int DrawRow(SplitMix64 random)
    {
        if (!Rows.IsWeighted)
        {
            return random.NextIndex((int)Rows.Count);
        }

        double left = random.NextDouble() * Rows.TotalWeight;
        int row = 0;
        while (row < Rows.Count - 1 && (left -= Rows.WeightOf(row)) >= 0)
        {
            row++;
        }

        return row;
    }

    /// <summary>Different rows, in proportion to their weights: those whose exponential clocks, as fast as the weights are large, ring
    /// first (Efraimidis and Spirakis, Information Processing Letters 97 (2006) 181-185).</summary>
    public int[] DrawRows(SplitMix64 random, int count)
    {
        if (!Rows.IsWeighted)
        {
            return random.NextPermutation((int)Rows.Count);
        }

        double[] times = new double[Rows.Count];
        int[] order = new int[times.Length];
        for (int i = 0; i < times.Length; i++)
        {
            times[i] = -Math.Log(1 - random.NextDouble()) / Rows.WeightOf(i);
            order[i] = i;
        }

        Array.Sort(times, order);
        Array.Resize(ref order, count);
        return order;
    }

    /// <summary>The fixed weights in random order, or equal ones.</summary>
    public double[] DrawWeights(SplitMix64 random)
    {
        int[] order = random.NextPermutation(ComponentCount);
        double[] weights = new double[ComponentCount];
        for (int k = 0; k < weights.Length; k++)
        {
            weights[k] = FixedWeights?[order[k]] ?? (1.0 / ComponentCount);
        }

        return weights;
    }
}

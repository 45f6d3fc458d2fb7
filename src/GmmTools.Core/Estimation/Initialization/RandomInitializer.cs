using System;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Initialization;

/// <summary>K different random rows as means, the K-th part of the pooled covariance for every component, equal weights.</summary>
internal sealed class RandomInitializer : IInitializer
{
    private readonly StartProblem _problem;

    /// <param name="problem">The mixture that is wanted, and the rows.</param>
    public RandomInitializer(StartProblem problem)
    {
        _problem = problem;
    }

    public string Name => "Random";

    public MixtureParameters Initialize(SplitMix64 random, CancellationToken cancellationToken)
    {
        int count = _problem.ComponentCount;
        int dimension = _problem.Pooled.Dimension;
        int[] rows = _problem.DrawRows(random, count);
        double[] row = new double[dimension];
        MixtureParameters mixture = new(count, dimension, _problem.Step.Model.Shape());
        double[] weights = _problem.DrawWeights(random);
        for (int k = 0; k < count; k++)
        {
            mixture.Weights[k] = weights[k];
            _problem.Rows.CopyRow(rows[k], row);
            Array.Copy(row, 0, mixture.Means, k * dimension, dimension);
            for (int i = 0; i < mixture.CovarianceLength; i++)
            {
                mixture.Covariances[(k * mixture.CovarianceLength) + i] = _problem.Pooled.Covariance[i] / count;
            }
        }

        return mixture;
    }
}

using System.Collections.Generic;
using GmmTools.Numerics;

namespace GmmTools.Mixtures;

/// <summary>Mixtures drawn at random, to try methods on.</summary>
public static class RandomMixture
{
    /// <summary>
    /// Draws a mixture: means uniform in ±range, covariances AᵀA of matrices A of standard normal numbers, weights uniform
    /// and normalised.
    /// </summary>
    /// <param name="componentCount">Number of components, K ≥ 1.</param>
    /// <param name="dimension">Number of columns, d ≥ 1.</param>
    /// <param name="range">Half the width of the interval of the means, positive.</param>
    /// <param name="seed">Seed; the same seed gives the same mixture.</param>
    /// <param name="property">Names of the d columns, or null for x1..xd.</param>
    /// <returns>The mixture.</returns>
    /// <exception cref="InvalidMixtureException">An argument is out of its domain, or the names do not fit.</exception>
    public static GaussianMixture Draw(
        int componentCount, int dimension, double range, ulong seed, IReadOnlyList<string>? property = null)
    {
        if (componentCount < 1 || dimension < 1 || !(range > 0) || double.IsInfinity(range))
        {
            throw new InvalidMixtureException(
                "InvalidRandomMixture",
                "A random mixture needs at least one component, at least one column and a positive range.");
        }

        SplitMix64 random = new(seed);
        MixtureParameters parameters = new(componentCount, dimension, CovarianceShape.Full);
        for (int i = 0; i < parameters.Means.Length; i++)
        {
            parameters.Means[i] = range * ((2 * random.NextDouble()) - 1);
        }

        for (int k = 0; k < componentCount; k++)
        {
            DrawCovariance(parameters, k, random);
        }

        DrawWeights(parameters.Weights, random);
        return new GaussianMixture(parameters, property);
    }

    private static void DrawCovariance(MixtureParameters parameters, int component, SplitMix64 random)
    {
        int dimension = parameters.Dimension;
        double[] a = new double[dimension * dimension];

        // a singular A has probability 0 but finite precision: draw again until the product is a covariance
        do
        {
            for (int i = 0; i < a.Length; i++)
            {
                a[i] = random.NextNormal();
            }

            for (int i = 0; i < dimension; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    double sum = 0;
                    for (int m = 0; m < dimension; m++)
                    {
                        sum += a[(m * dimension) + i] * a[(m * dimension) + j];
                    }

                    parameters.Covariances[parameters.CovarianceIndex(component, i, j)] = sum;
                }
            }
        }
        while (!parameters.TryFactorize(component));
    }

    private static void DrawWeights(double[] weights, SplitMix64 random)
    {
        double sum = 0;
        for (int k = 0; k < weights.Length; k++)
        {
            // 1 − u lies in (0, 1]: no weight is zero
            weights[k] = 1 - random.NextDouble();
            sum += weights[k];
        }

        for (int k = 0; k < weights.Length; k++)
        {
            weights[k] /= sum;
        }
    }
}

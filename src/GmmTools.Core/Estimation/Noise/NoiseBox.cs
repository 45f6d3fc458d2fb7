using System;
using System.Linq;
using System.Threading;
using GmmTools.Estimation.Models;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Estimation.Noise;

/// <summary>
/// The box of uniform noise: the smaller of that along the columns and that along the principal axes. Banfield and Raftery, Biometrics 49
/// (1993) 803-821. The axes are those of the correlations, so that the box does not depend on units.
/// </summary>
internal static class NoiseBox
{
    /// <summary>Rows between two looks at whether the work is to stop.</summary>
    private const int RowsPerCheck = 4096;

    /// <summary>An axis along which standardised columns vary less than this, as a variance, is rounding, and no box has a width there.</summary>
    private const double MinVariance = 1e-12;

    /// <summary>The box that options ask for: the one that is known; that along the columns in a given volume; or the smaller one.</summary>
    /// <param name="observations">The rows. Where they have gaps or cannot be enumerated, the box lies along the columns.</param>
    /// <param name="options">What is estimated.</param>
    /// <param name="pooled">Moments of all rows, or null.</param>
    /// <param name="logScale">The sum of the logarithms of what columns were divided by, a volume being given in their own units.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static UniformBackground Find(
        IObservations observations, EmOptions options, PooledMoments? pooled, double logScale, CancellationToken cancellationToken)
    {
        UniformBackground box = UniformBackground.OfBox(observations.Minimum, observations.Maximum);
        if (options.NoiseVolume is double volume)
        {
            return box.WithLogVolume(Math.Log(volume) - logScale);
        }

        if (observations.HasGaps || !observations.CanEnumerate || observations.Property.Count == 1)
        {
            return box;
        }

        // the same moments whatever the model, so that the volume is the same for all
        if (pooled?.Shape != CovarianceShape.Full)
        {
            pooled = PooledMoments.Compute(observations, CovarianceShape.Full, options.ThreadCount, cancellationToken);
        }

        return Smaller(box, observations, pooled, cancellationToken);
    }

    private static UniformBackground Smaller(UniformBackground box, IObservations observations, PooledMoments pooled, CancellationToken cancellationToken)
    {
        int dimension = pooled.Dimension;
        double[] deviations = pooled.StandardDeviations();
        double[,] correlations = new double[dimension, dimension];
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j < dimension; j++)
            {
                correlations[i, j] = pooled.Covariance[PackedMatrix.Index(Math.Max(i, j), Math.Min(i, j))] / deviations[i] / deviations[j];
            }
        }

        double[] variances = SymmetricEigen.Decompose(correlations, out double[,] axes);
        if (!(variances[0] > MinVariance))
        {
            return box;
        }

        (double[] least, double[] most) = Extents(observations, pooled.Mean, deviations, axes, cancellationToken);
        double logVolume = deviations.Sum(Math.Log) + Enumerable.Range(0, dimension).Sum(i => Math.Log(most[i] - least[i]));
        return logVolume < -box.LogDensity ? Turned(box, pooled.Mean, deviations, axes, least, most, logVolume) : box;
    }

    /// <summary>How far rows lie along each axis from the mean, in standardised columns.</summary>
    private static (double[] Least, double[] Most) Extents(
        IObservations observations, double[] mean, double[] deviations, double[,] axes, CancellationToken cancellationToken)
    {
        int dimension = mean.Length;
        double[] least = [.. Enumerable.Repeat(double.PositiveInfinity, dimension)];
        double[] most = [.. Enumerable.Repeat(double.NegativeInfinity, dimension)];
        double[] standardised = new double[dimension];
        long count = 0;
        foreach ((double[] row, double weight) in observations.EnumerateWeighted())
        {
            if (count++ % RowsPerCheck == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            for (int j = 0; j < dimension; j++)
            {
                standardised[j] = (row[j] - mean[j]) / deviations[j];
            }

            for (int i = 0; i < dimension && weight > 0; i++)
            {
                double place = 0;
                for (int j = 0; j < dimension; j++)
                {
                    place += axes[j, i] * standardised[j];
                }

                least[i] = Math.Min(least[i], place);
                most[i] = Math.Max(most[i], place);
            }
        }

        return (least, most);
    }

    private static UniformBackground Turned(
        UniformBackground box, double[] mean, double[] deviations, double[,] axes, double[] least, double[] most, double logVolume)
    {
        int dimension = mean.Length;
        double[] centre = (double[])mean.Clone();
        double[] edges = new double[dimension * dimension];
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j < dimension; j++)
            {
                double unit = axes[j, i] * deviations[j];
                edges[(i * dimension) + j] = (most[i] - least[i]) * unit;
                centre[j] += 0.5 * (most[i] + least[i]) * unit;
            }
        }

        return box.WithBox(centre, edges, logVolume);
    }
}

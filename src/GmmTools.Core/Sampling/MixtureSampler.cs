using System;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Sampling;

/// <summary>
/// Draws rows from a mixture. Row i uses the numbers i·(1 + 2⌈d/2⌉) .. of one random stream, so the rows do not depend on how
/// many are drawn at a time. Normal numbers by Box and Muller, Annals of Mathematical Statistics 29 (1958) 610-611.
/// </summary>
public sealed class MixtureSampler
{
    private readonly MixtureParameters _mixture;
    private readonly double[] _cumulativeWeights;
    private readonly double[] _factors;
    private readonly ulong _streamStart;
    private readonly int _drawsPerRow;
    private readonly double[] _units;
    private double[] _normals = [];

    /// <summary>Prepares to draw.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="seed">Seed; the same seed gives the same rows.</param>
    public MixtureSampler(GaussianMixture mixture, ulong seed)
    {
        _mixture = mixture.Parameters.ToShape(CovarianceShape.Full);
        _streamStart = SplitMix64.StreamStart(seed);
        _drawsPerRow = 1 + (2 * ((Dimension + 1) / 2));
        _units = new double[Dimension];
        _cumulativeWeights = Cumulate(_mixture.Weights);
        _factors = new double[_mixture.Covariances.Length];
        for (int k = 0; k < _mixture.ComponentCount; k++)
        {
            int offset = k * _mixture.CovarianceLength;
            PackedMatrix.TryCholesky(_mixture.Covariances, offset, _factors, offset, Dimension);
        }
    }

    /// <summary>Number of columns, d.</summary>
    public int Dimension => _mixture.Dimension;

    /// <summary>Draws consecutive rows.</summary>
    /// <param name="firstRow">Number of the first row, from 0.</param>
    /// <param name="count">How many.</param>
    /// <param name="values">count × d numbers, row after row; overwritten.</param>
    /// <param name="components">The component that each row came from, from 1, 0 for noise; overwritten. Or null.</param>
    public void Draw(long firstRow, int count, double[] values, int[]? components)
    {
        if (values.Length < (long)count * Dimension)
        {
            throw new ArgumentException("The array is too short for the rows.", nameof(values));
        }

        int padded = _drawsPerRow - 1;
        if (_normals.Length < count * padded)
        {
            _normals = new double[count * padded];
        }

        ulong state = unchecked(_streamStart + ((ulong)firstRow * (ulong)_drawsPerRow * SplitMix64.Increment));
        NormalKernel.Fill(_normals, count, padded / 2, state, _drawsPerRow);
        for (int i = 0; i < count; i++)
        {
            ulong bits = SplitMix64.Mix(unchecked(state + (((ulong)i * (ulong)_drawsPerRow) + 1) * SplitMix64.Increment));
            int component = FindComponent(SplitMix64.ToUnitInterval(bits));
            if (components is not null)
            {
                components[i] = component + 1;
            }

            if (component < 0)
            {
                PlaceNoise(unchecked(state + ((((ulong)i * (ulong)_drawsPerRow) + 1) * SplitMix64.Increment)), values, i * Dimension);
            }
            else
            {
                Place(component, i * padded, Scale(component, bits), values, i * Dimension);
            }
        }
    }

    /// <summary>Draws a whole matrix.</summary>
    /// <param name="count">Number of rows.</param>
    /// <param name="cancellationToken">Stops the drawing.</param>
    /// <returns>count × d numbers.</returns>
    public double[,] DrawMatrix(int count, CancellationToken cancellationToken = default)
    {
        const int Batch = 4096;
        double[,] matrix = new double[count, Dimension];
        double[] values = new double[Batch * Dimension];
        for (int first = 0; first < count; first += Batch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int rows = Math.Min(Batch, count - first);
            Draw(first, rows, values, null);
            Buffer.BlockCopy(values, 0, matrix, first * Dimension * sizeof(double), rows * Dimension * sizeof(double));
        }

        return matrix;
    }

    private static double[] Cumulate(double[] weights)
    {
        double[] cumulative = new double[weights.Length];
        double sum = 0;
        for (int k = 0; k < weights.Length; k++)
        {
            cumulative[k] = sum += weights[k];
        }

        return cumulative;
    }

    /// <summary>The component whose part of [0, 1) holds u, −1 for noise, which has the last part; weights are sorted, so the first are the
    /// likeliest.</summary>
    private int FindComponent(double u)
    {
        if (_mixture.Background is not null && u >= _cumulativeWeights[_cumulativeWeights.Length - 1])
        {
            return -1;
        }

        int k = 0;
        while (k < _cumulativeWeights.Length - 1 && u >= _cumulativeWeights[k])
        {
            k++;
        }

        return k;
    }

    /// <summary>A row of the box of the noise, by the numbers that another row takes for its normal ones.</summary>
    private void PlaceNoise(ulong state, double[] values, int offset)
    {
        for (int j = 0; j < Dimension; j++)
        {
            state = unchecked(state + SplitMix64.Increment);
            _units[j] = SplitMix64.ToUnitInterval(SplitMix64.Mix(state));
        }

        _mixture.Background!.Place(_units, values, offset);
    }

    /// <summary>What the normal numbers of a row are multiplied by: of multivariate t a number of the row's own, which follows from its first one.</summary>
    private double Scale(int component, ulong bits) =>
        _mixture.DegreesOfFreedom is double[] degrees ? GammaDraw.Scale(degrees[component], bits) : 1;

    /// <summary>x = μ + s·L·z.</summary>
    private void Place(int component, int normalOffset, double scale, double[] values, int offset)
    {
        int factor = component * _mixture.CovarianceLength;
        int mean = component * Dimension;
        for (int i = 0; i < Dimension; i++)
        {
            double sum = _mixture.Means[mean + i];
            for (int j = 0; j <= i; j++)
            {
                sum += _factors[factor + j] * (scale * _normals[normalOffset + j]);
            }

            values[offset + i] = sum;
            factor += i + 1;
        }
    }
}

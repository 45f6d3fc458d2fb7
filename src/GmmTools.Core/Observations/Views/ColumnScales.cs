using System;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Observations.Views;

/// <summary>What each column is divided by, and what that does to mixtures and statistics: with D = diag(s), μ' = D⁻¹μ and Σ' = D⁻¹ΣD⁻¹.</summary>
internal sealed class ColumnScales
{
    private readonly double[] _scales;

    /// <param name="scales">d positive numbers.</param>
    public ColumnScales(double[] scales)
    {
        _scales = scales;
        LogVolume = scales.Sum(Math.Log);
    }

    /// <summary>Σ log s: a density over the divided columns is that over the original ones times exp of this.</summary>
    public double LogVolume { get; }

    /// <summary>The scale of a column.</summary>
    public double this[int column] => _scales[column];

    /// <summary>Maps a mixture of divided columns to the original ones, its factors included.</summary>
    /// <param name="source">The mixture, factorised.</param>
    /// <param name="target">Overwritten.</param>
    public void Multiply(MixtureParameters source, MixtureParameters target)
    {
        target.CopyFrom(source);
        Map(target, s => s);
        target.FillBackground();
        ForEachEntry(target.ComponentCount, target.Shape, (i, j, place) => target.PrecisionFactors[place] /= _scales[j]);
        for (int k = 0; k < target.ComponentCount; k++)
        {
            target.LogNormalizers[k] -= LogVolume;
        }
    }

    /// <summary>Statistics of divided columns mapped to the original ones.</summary>
    public SufficientStatistics Multiplied(SufficientStatistics statistics)
    {
        SufficientStatistics original = statistics.Clone();
        for (int i = 0; i < original.FirstMoments.Length; i++)
        {
            original.FirstMoments[i] *= _scales[i % _scales.Length];
            original.Centres[i] *= _scales[i % _scales.Length];
        }

        ForEachEntry(original.ComponentCount, original.Shape, (i, j, place) => original.Scatters[place] *= _scales[i] * _scales[j]);
        return original;
    }

    /// <summary>A mixture of the original columns mapped to divided ones; its factors have to be made anew.</summary>
    public MixtureParameters Divided(MixtureParameters mixture)
    {
        MixtureParameters divided = mixture.Clone();
        Map(divided, s => 1 / s);
        return divided;
    }

    /// <summary>Noise of the original columns mapped to divided ones.</summary>
    public UniformBackground Divided(UniformBackground noise) => noise.Multiplied([.. _scales.Select(scale => 1 / scale)]);

    /// <summary>Rows with their columns divided; their log-likelihoods remain those of the original columns.</summary>
    public InMemoryObservations Divided(InMemoryObservations rows) => new(rows.Property, [.. rows.Chunks.Select(Divide)], LogVolume);

    /// <summary>Maps statistics of the original columns to divided ones, in place.</summary>
    public void Divide(SufficientStatistics statistics)
    {
        for (int i = 0; i < statistics.FirstMoments.Length; i++)
        {
            statistics.FirstMoments[i] /= _scales[i % _scales.Length];
        }

        ForEachEntry(
            statistics.ComponentCount, statistics.Shape, (i, j, place) => statistics.Scatters[place] /= _scales[i] * _scales[j]);
    }

    private void Map(MixtureParameters mixture, Func<double, double> factor)
    {
        double[] factors = [.. _scales.Select(factor)];
        for (int i = 0; i < mixture.Means.Length; i++)
        {
            mixture.Means[i] *= factors[i % factors.Length];
        }

        mixture.Background = mixture.Background?.Multiplied(factors);
        ForEachEntry(mixture.ComponentCount, mixture.Shape, (i, j, place) => mixture.Covariances[place] *= factors[i] * factors[j]);
    }

    /// <summary>Visits the entries of K matrices stored one after the other, as diagonals or as lower triangles.</summary>
    private void ForEachEntry(int componentCount, CovarianceShape shape, Action<int, int, int> visit)
    {
        int place = 0;
        for (int k = 0; k < componentCount; k++)
        {
            for (int i = 0; i < _scales.Length; i++)
            {
                for (int j = shape == CovarianceShape.Full ? 0 : i; j <= i; j++)
                {
                    visit(i, j, place++);
                }
            }
        }
    }

    private RowChunk Divide(RowChunk chunk)
    {
        double[] values = new double[chunk.Values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = chunk.Values[i] / _scales[i / chunk.Count];
        }

        return new RowChunk(values, chunk.Count, chunk.Weights, chunk.Labels);
    }
}

using System;
using System.Threading;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Inference.Replicates;

/// <summary>
/// As many rows as there are, drawn from them with replacement: each row counts as often as it is drawn, and none is copied but where
/// all of them are few. A row of weight w is w rows. Where the weights do not sum to a whole number, the nearest is drawn, and the counts are scaled to the sum.
/// </summary>
internal sealed class RowResampling : Resampling
{
    private const int DrawsPerCheck = 1 << 16;

    private readonly IObservations _observations;
    private readonly double[] _cumulative;
    private readonly bool _isWeighted;
    private readonly long _drawCount;

    /// <param name="observations">The rows.</param>
    public RowResampling(IObservations observations)
    {
        _observations = observations;
        double[] weights = WeightsOf(observations);
        _isWeighted = Array.Exists(weights, weight => weight != 1);
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = sum += weights[i];
        }

        _cumulative = weights;
        _drawCount = Math.Max(1, (long)Math.Round(sum));
    }

    /// <inheritdoc/>
    public override IObservations Draw(ulong seed, CancellationToken cancellationToken)
    {
        SplitMix64 random = new(seed);
        double[] counts = new double[_cumulative.Length];
        double total = _cumulative[counts.Length - 1];
        double share = _isWeighted ? total / _drawCount : 1;
        for (long i = 0; i < _drawCount; i++)
        {
            if (i % DrawsPerCheck == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            counts[_isWeighted ? Find(random.NextDouble() * total) : random.NextIndex(counts.Length)] += share;
        }

        IObservations drawn = _observations.Reweight(counts);
        return drawn is InMemoryObservations rows ? rows.WithoutLeftOut() : drawn;
    }

    /// <summary>The row whose part of the sum of weights holds a number.</summary>
    private int Find(double value)
    {
        int found = Array.BinarySearch(_cumulative, value);
        return Math.Min(found < 0 ? ~found : found + 1, _cumulative.Length - 1);
    }
}

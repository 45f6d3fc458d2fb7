using System;
using System.Threading;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Sampling;

namespace GmmTools.Inference.Replicates;

/// <summary>The same rows with random weights, those of a Dirichlet distribution that sum to what the rows count for. A row of weight w is w
/// rows.</summary>
internal sealed class WeightResampling : Resampling
{
    private readonly IObservations _observations;
    private readonly double[] _weights;

    /// <param name="observations">The rows.</param>
    public WeightResampling(IObservations observations)
    {
        _observations = observations;
        _weights = WeightsOf(observations);
    }

    /// <inheritdoc/>
    public override IObservations Draw(ulong seed, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        SplitMix64 random = new(seed);
        double[] drawn = new double[_weights.Length];
        double sum = 0;
        for (int i = 0; i < drawn.Length; i++)
        {
            // a gamma number of shape 1 is exponential
            drawn[i] = _weights[i] == 1 ? -Math.Log(1 - random.NextDouble()) : GammaDraw.Next(_weights[i], random);
            sum += drawn[i];
        }

        for (int i = 0; i < drawn.Length; i++)
        {
            drawn[i] *= _observations.TotalWeight / sum;
        }

        return _observations.Reweight(drawn);
    }
}

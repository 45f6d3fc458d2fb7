using System;
using System.Linq;
using System.Threading;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Inference.Replicates;

/// <summary>
/// The rows without one of them, or without one of as many groups as are wanted where there are more rows. Of rows in their order, each run of as many
/// as there are groups has one of each group, by chance. A row of weight w is w rows, which may be in several groups.
/// </summary>
internal sealed class JackknifeGroups
{
    private const int UnitsPerCheck = 1 << 16;

    private readonly IObservations _observations;
    private readonly double[] _weights;
    private readonly ulong _seed;

    /// <param name="observations">The rows.</param>
    /// <param name="maximumCount">The most groups.</param>
    /// <param name="seed">Seed of the groups.</param>
    public JackknifeGroups(IObservations observations, int maximumCount, ulong seed)
    {
        _observations = observations;
        _weights = Resampling.WeightsOf(observations);
        _seed = seed;
        Count = (int)Math.Min(maximumCount, _weights.Sum(Math.Ceiling));
    }

    /// <summary>Number of groups.</summary>
    public int Count { get; }

    /// <summary>The rows without a group; from any thread.</summary>
    /// <param name="group">The group, from 0.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public IObservations Without(int group, CancellationToken cancellationToken)
    {
        SplitMix64 random = new(_seed);
        double[] left = [.. _weights];
        int[] run = [];
        long unit = 0;
        for (int i = 0; i < left.Length; i++)
        {
            for (double rest = _weights[i]; rest > 0; rest -= 1)
            {
                if (unit % UnitsPerCheck == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }

                int place = (int)(unit++ % Count);
                run = place == 0 ? random.NextPermutation(Count) : run;
                if (run[place] == group)
                {
                    left[i] -= Math.Min(1, rest);
                }
            }
        }

        return _observations.Reweight(left);
    }
}

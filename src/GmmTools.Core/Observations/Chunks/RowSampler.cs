using System;
using GmmTools.Numerics;

namespace GmmTools.Observations.Chunks;

/// <summary>
/// Chooses rows in one pass, in order. Where every row counts once: selection sampling (Knuth, The Art of Computer Programming,
/// volume 2, algorithm S). Where rows have weights: systematic sampling in proportion to them, so that a histogram's few heavy bins
/// are never left out; the weights of what is chosen are estimates of the weights of all.
/// </summary>
internal sealed class RowSampler
{
    private readonly SplitMix64 _random;
    private readonly bool _all;
    private readonly double _step;
    private long _remaining;
    private int _wanted;
    private double _passed;
    private double _next;

    /// <param name="count">Number of rows.</param>
    /// <param name="totalWeight">Sum of their weights.</param>
    /// <param name="maximumCount">The most rows to choose.</param>
    /// <param name="weighted">Whether rows have weights.</param>
    /// <param name="random">Source of the choice.</param>
    public RowSampler(long count, double totalWeight, int maximumCount, bool weighted, SplitMix64 random)
    {
        _random = random;
        _all = count <= maximumCount;
        _remaining = count;
        _wanted = maximumCount;
        if (weighted && !_all)
        {
            _step = totalWeight / maximumCount;
            _next = random.NextDouble() * _step;
        }
    }

    /// <summary>Whether no more rows are wanted.</summary>
    public bool IsDone => _wanted == 0;

    /// <summary>Decides on the next row.</summary>
    /// <param name="weight">Its weight.</param>
    /// <returns>The weight that it has in the sample; 0 when it is not chosen.</returns>
    public double Take(double weight)
    {
        if (_all)
        {
            return weight;
        }

        return _step > 0 ? TakeInProportion(weight) : TakeAtRandom();
    }

    private double TakeAtRandom()
    {
        bool taken = _wanted > 0 && _random.NextDouble() * _remaining < _wanted;
        _remaining--;
        _wanted -= taken ? 1 : 0;
        return taken ? 1 : 0;
    }

    private double TakeInProportion(double weight)
    {
        _passed += weight;
        double hits = Math.Ceiling((_passed - _next) / _step);
        if (!(hits > 0))
        {
            return 0;
        }

        _next += hits * _step;
        return hits * _step;
    }
}

using System;
using System.Collections.Generic;

namespace GmmTools.Inference.Drift;

/// <summary>
/// How far numbers are from the distribution that they are said to have: the statistic of Anderson and Darling (Annals of Mathematical Statistics 23 (1952)
/// 193-212), for numbers that may count several times, and where the shares below differ most.
/// </summary>
internal sealed class DistributionGap
{
    /// <summary>The least probability whose logarithm is finite for every purpose.</summary>
    private const double Least = 1e-300;

    private readonly List<Place> _places = [];
    private double _total;

    /// <summary>N∫(Fₙ − F)²/(F(1 − F)) dF, of which 1 is expected; 0 where there are no numbers.</summary>
    public double AndersonDarling { get; private set; }

    /// <summary>The number up to which the shares differ most.</summary>
    public double Value { get; private set; } = double.NaN;

    /// <summary>The share that should be up to there.</summary>
    public double Expected { get; private set; } = double.NaN;

    /// <summary>The share that is.</summary>
    public double Observed { get; private set; } = double.NaN;

    /// <summary>The difference of the shares in standard errors.</summary>
    public double Score { get; private set; }

    /// <summary>Takes in a number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="below">P(X ≤ value).</param>
    /// <param name="above">P(X ≥ value).</param>
    /// <param name="weight">How often it counts.</param>
    public void Add(double value, double below, double above, double weight)
    {
        if (weight > 0)
        {
            _places.Add(new Place(value, Math.Max(below, Least), Math.Max(above, Least), weight));
            _total += weight;
        }
    }

    /// <summary>Measures the numbers that were taken in.</summary>
    public DistributionGap Measure()
    {
        _places.Sort();
        double sum = 0;
        double share = 0;
        double largest = 0;
        Place before = new(double.NegativeInfinity, 0, 1, 0);
        foreach (Place place in _places)
        {
            sum += Between(share, before, place);
            Compare(place, share, ref largest);
            share = Math.Min(1, share + (place.Weight / _total));
            Compare(place, share, ref largest);
            before = place;
        }

        if (_places.Count > 0)
        {
            AndersonDarling = _total * (sum + Between(1, before, new Place(double.PositiveInfinity, 1, 0, 0)));
        }

        return this;
    }

    /// <summary>∫(c − u)²/(u(1 − u)) du = [c² log u − (1 − c)² log(1 − u) − u] from one place to the next.</summary>
    private static double Between(double share, Place from, Place to)
    {
        double rest = 1 - share;
        double low = share == 0 ? 0 : share * share * (Math.Log(to.Below) - Math.Log(from.Below));
        double high = rest == 0 ? 0 : rest * rest * (Math.Log(to.Above) - Math.Log(from.Above));
        return low - high - (to.Below - from.Below);
    }

    private void Compare(Place place, double share, ref double largest)
    {
        double difference = Math.Abs(share - place.Below);
        if (difference > largest)
        {
            largest = difference;
            Value = place.Value;
            Expected = place.Below;
            Observed = share;
            Score = (share - place.Below) * Math.Sqrt(_total / (place.Below * Math.Max(place.Above, Least)));
        }
    }

    /// <summary>A number with its place in the distribution.</summary>
    private readonly struct Place(double value, double below, double above, double weight) : IComparable<Place>
    {
        public double Value { get; } = value;

        public double Below { get; } = below;

        public double Above { get; } = above;

        public double Weight { get; } = weight;

        public int CompareTo(Place other)
        {
            int order = Below.CompareTo(other.Below);
            return order != 0 ? order : other.Above.CompareTo(Above);
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Scoring;

namespace GmmTools.Outliers;

/// <summary>
/// A mixture of several components in one column: where its density is below a level are the tails, and intervals between its modes, whose ends are
/// found by halving. Beyond the outermost means the density is monotone; between them it is followed in steps that are small beside the
/// narrowest component there, and its turning points are found.
/// </summary>
internal sealed class UnivariateDensityTail : DensityTail
{
    /// <summary>More components are as fast to sample, since each step between the means looks at all of them.</summary>
    public const int MaxComponents = 32;

    private const int StepsPerDeviation = 16;
    private const int DeviationsAround = 8;
    private const int Halvings = 200;
    private const int LevelHalvings = 80;
    private const double GoldenSection = 0.6180339887498949;

    private readonly UnivariateMixture _mixture;
    private readonly double _widest;

    /// <summary>The outermost means, and between them the places at which the density turns, with the log-densities there.</summary>
    private readonly double[] _turns;
    private readonly double[] _logDensities;

    public UnivariateDensityTail(GaussianMixture mixture)
    {
        _mixture = new UnivariateMixture(mixture);
        GaussianComponent[] components = [.. mixture.Components.Where(component => component.Weight > 0)];
        _widest = components.Max(component => component.StandardDeviation[0]);
        _turns = FindTurns(components);
        _logDensities = [.. _turns.Select(_mixture.LogDensity)];
    }

    public override string Method => "Univariate";

    public override int SampleCount => 0;

    public override double Probability(double logDensity)
    {
        if (double.IsNegativeInfinity(logDensity))
        {
            return 0;
        }

        double probability = Outside(_turns[0], _logDensities[0], -1, logDensity) + Outside(_turns[_turns.Length - 1], _logDensities[_turns.Length - 1], 1, logDensity);
        for (int i = 1; i < _turns.Length; i++)
        {
            probability += Inside(i, logDensity);
        }

        return Math.Min(1, probability);
    }

    public override double Level(double rate)
    {
        double high = _logDensities.Max();
        double low = high - 1;
        for (double step = 1; Probability(low) > rate; step *= 2)
        {
            low -= step;
        }

        for (int i = 0; i < LevelHalvings; i++)
        {
            double middle = low + (0.5 * (high - low));
            (low, high) = Probability(middle) > rate ? (low, middle) : (middle, high);
        }

        return low;
    }

    public override double RateError(double rate) => 0;

    /// <summary>The probability beyond an outermost mean, on a side of it, of densities up to the level.</summary>
    private double Outside(double mean, double atMean, int side, double level)
    {
        double end = mean;
        if (atMean > level)
        {
            double step = _widest;
            while (_mixture.LogDensity(mean + (side * step)) > level && !double.IsInfinity(step))
            {
                step *= 2;
            }

            if (double.IsInfinity(step))
            {
                return 0;
            }

            end = Cross(mean, mean + (side * step), level);
        }

        return side < 0 ? _mixture.Below(end, 1) : _mixture.Below(end, -1);
    }

    /// <summary>The probability between two turning points of densities up to the level.</summary>
    private double Inside(int index, double level)
    {
        (double from, double to) = (_turns[index - 1], _turns[index]);
        bool fromBelow = _logDensities[index - 1] <= level;
        bool toBelow = _logDensities[index] <= level;
        if (fromBelow == toBelow)
        {
            return fromBelow ? _mixture.Between(from, to) : 0;
        }

        return fromBelow ? _mixture.Between(from, Cross(to, from, level)) : _mixture.Between(Cross(from, to, level), to);
    }

    /// <summary>The place between two at which the density falls to the level: it is above it at the first, and monotone between them.</summary>
    private double Cross(double above, double below, double level)
    {
        for (int i = 0; i < Halvings; i++)
        {
            double middle = above + (0.5 * (below - above));
            if (middle == above || middle == below)
            {
                break;
            }

            (above, below) = _mixture.LogDensity(middle) > level ? (middle, below) : (above, middle);
        }

        return below;
    }

    private double[] FindTurns(GaussianComponent[] components)
    {
        double first = components.Min(component => component.Mean[0]);
        double last = components.Max(component => component.Mean[0]);
        double[] grid = Grid(components, first, last);
        double[] values = [.. grid.Select(_mixture.LogDensity)];
        List<double> turns = [first];
        for (int i = 1; i < grid.Length - 1; i++)
        {
            int rise = Math.Sign(values[i] - values[i - 1]);
            int fall = Math.Sign(values[i] - values[i + 1]);
            if (rise != 0 && (fall == rise || fall == 0))
            {
                turns.Add(Turn(grid[i - 1], grid[i + 1], rise));
            }
        }

        turns.Add(last);
        return [.. turns.Distinct().OrderBy(turn => turn)];
    }

    private static double[] Grid(GaussianComponent[] components, double first, double last)
    {
        SortedSet<double> grid = [first, last];
        foreach (GaussianComponent component in components)
        {
            for (int i = -DeviationsAround * StepsPerDeviation; i <= DeviationsAround * StepsPerDeviation; i++)
            {
                double place = component.Mean[0] + (component.StandardDeviation[0] * i / StepsPerDeviation);
                if (place > first && place < last)
                {
                    grid.Add(place);
                }
            }
        }

        return [.. grid];
    }

    /// <summary>The highest place between two for sign 1, the lowest for sign −1, by golden section.</summary>
    private double Turn(double low, double high, int sign)
    {
        for (int i = 0; i < LevelHalvings && high - low > 1e-12 * _widest; i++)
        {
            double left = high - (GoldenSection * (high - low));
            double right = low + (GoldenSection * (high - low));
            (low, high) = sign * _mixture.LogDensity(left) > sign * _mixture.LogDensity(right) ? (low, right) : (left, high);
        }

        return low + (0.5 * (high - low));
    }
}

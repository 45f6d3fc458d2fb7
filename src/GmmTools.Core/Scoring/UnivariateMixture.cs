using System;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;
using MathNet.Numerics;

namespace GmmTools.Scoring;

/// <summary>Distribution function and quantiles of a mixture of one column.</summary>
public sealed class UnivariateMixture
{
    private const int MaxSteps = 2200;
    private static readonly double RootTwo = Math.Sqrt(2);

    private readonly double[] _weights;
    private readonly double[] _means;
    private readonly double[] _deviations;

    /// <summary>Degrees of freedom of components of t; null where they are normal.</summary>
    private readonly double[]? _degrees;

    /// <summary>log(w·φ(μ)) of each component.</summary>
    private readonly double[] _logHeights;

    /// <summary>Weight of the noise, and where its interval begins and ends.</summary>
    private readonly double _noiseWeight;
    private readonly double _noiseFrom;
    private readonly double _noiseTo;

    /// <summary>Takes a mixture.</summary>
    /// <param name="mixture">A mixture of one column.</param>
    /// <exception cref="InvalidMixtureException">It has more columns (NotUnivariate).</exception>
    public UnivariateMixture(GaussianMixture mixture)
    {
        if (mixture.Dimension != 1)
        {
            throw new InvalidMixtureException(
                "NotUnivariate",
                FormattableString.Invariant($"The mixture has {Counted.Of(mixture.Dimension, "column")}, but only a mixture of one column has a distribution function and quantiles."),
                mixture)
            { Remedy = new Remedy("ChooseOneColumn", mixture.Property[0]) };
        }

        // a component of no weight has no part in any of it
        GaussianComponent[] components = [.. mixture.Components.Where(component => component.Weight > 0)];
        _weights = [.. components.Select(component => component.Weight)];
        _means = [.. components.Select(component => component.Mean[0])];
        _deviations = [.. components.Select(component => component.StandardDeviation[0])];
        _degrees = mixture.Tail == Tail.Student ? [.. components.Select(component => component.DegreesOfFreedom!.Value)] : null;
        _logHeights = [.. components.Select((component, k) => Math.Log(_weights[k]) - Math.Log(_deviations[k]) - (0.5 * Math.Log(2 * Math.PI))
            + (_degrees is null ? 0 : StudentDensity.LogRatio(_degrees[k], 1)))];
        if (mixture.Noise is MixtureNoise noise && noise.Weight > 0)
        {
            _noiseWeight = noise.Weight;
            _noiseFrom = noise.Center[0] - (0.5 * noise.Width[0]);
            _noiseTo = noise.Center[0] + (0.5 * noise.Width[0]);
        }
    }

    /// <summary>P(X ≤ value), with the relative accuracy of a small number in the lower tail.</summary>
    /// <param name="value">Any number.</param>
    /// <returns>A probability.</returns>
    public double Cdf(double value) => Math.Min(1, Below(value, 1));

    /// <summary>The least value that a row does not exceed with the given probability: found between the same quantiles of the components by
    /// Newton's steps, and by halving where these leave the interval, until no number between is left: the error of the probability is below 1e-12
    /// wherever the spacing of numbers allows it.</summary>
    /// <param name="probability">From 0 to 1.</param>
    /// <returns>The quantile; −∞ for 0, ∞ for 1.</returns>
    /// <exception cref="InvalidMixtureException">The probability is none (InvalidProbability).</exception>
    public double Quantile(double probability)
    {
        if (!(probability >= 0) || !(probability <= 1))
        {
            throw new InvalidMixtureException(
                "InvalidProbability",
                FormattableString.Invariant($"{probability:R} is not a probability. Give numbers from 0 to 1."),
                probability);
        }

        return probability == 0 ? double.NegativeInfinity
            : probability == 1 ? double.PositiveInfinity
            : probability <= 0.5 ? Solve(probability, 1)
            : -Solve(1 - probability, -1);
    }

    /// <summary>P(from ≤ X ≤ to), with the relative accuracy of a small number wherever the two are.</summary>
    internal double Between(double from, double to)
    {
        double sum = 0;
        for (int k = 0; k < _weights.Length; k++)
        {
            // the tail on whose side the interval is
            int side = from > _means[k] ? -1 : 1;
            double near = side * ((side > 0 ? to : from) - _means[k]) / _deviations[k];
            double far = side * ((side > 0 ? from : to) - _means[k]) / _deviations[k];
            sum += _weights[k] * (BelowIn(k, near) - BelowIn(k, far));
        }

        return _noiseWeight > 0 ? sum + (_noiseWeight * (NoiseTail(to, 1) - NoiseTail(from, 1))) : sum;
    }

    /// <summary>log p(value) of the components: finite also where p is too small for a number, and −∞ where the logarithm is. Noise is left out.</summary>
    internal double LogDensity(double value)
    {
        double largest = double.NegativeInfinity;
        double sum = 0;
        for (int k = 0; k < _weights.Length; k++)
        {
            double term = LogTerm(k, value);
            if (term > largest)
            {
                sum = (sum * Math.Exp(largest - term)) + 1;
                largest = term;
            }
            else if (!double.IsNegativeInfinity(term))
            {
                sum += Math.Exp(term - largest);
            }
        }

        return double.IsNegativeInfinity(largest) ? largest : largest + Math.Log(sum);
    }

    /// <summary>log(w·φ(value)) of a component.</summary>
    private double LogTerm(int component, double value)
    {
        double z = (value - _means[component]) / _deviations[component];
        return _logHeights[component]
            - (_degrees is null ? 0.5 * z * z : StudentDensity.Exponent(_degrees[component], 1) * LogOnePlus(z / Math.Sqrt(_degrees[component])));
    }

    /// <summary>log(1 + y²), where y² itself may be too large.</summary>
    private static double LogOnePlus(double y) => Math.Abs(y) > 1e150 ? 2 * Math.Log(Math.Abs(y)) : Math.Log(1 + (y * y));

    /// <summary>P(X ≤ value) for side 1; P(X ≥ value) for side −1.</summary>
    internal double Below(double value, int side)
    {
        double sum = 0;
        for (int k = 0; k < _weights.Length; k++)
        {
            double z = side * (value - _means[k]) / _deviations[k];
            sum += _weights[k] * BelowIn(k, z);
        }

        return _noiseWeight > 0 ? sum + (_noiseWeight * NoiseTail(value, side)) : sum;
    }

    /// <summary>P(Z ≤ z) of a component, in its own units.</summary>
    private double BelowIn(int component, double z) => _degrees is null ? GammaTail.Normal(z) : StudentTail(z, _degrees[component]);

    /// <summary>P(T ≤ z) of the t distribution.</summary>
    private static double StudentTail(double z, double degreesOfFreedom)
    {
        // where z² overflows, so does its reciprocal underflow
        double far = 0.5 * SpecialFunctions.BetaRegularized(0.5 * degreesOfFreedom, 0.5, 1 / (1 + (z * z / degreesOfFreedom)));
        return z < 0 ? far : 1 - far;
    }

    /// <summary>The share of the interval of the noise that lies below a value for side 1, above it for side −1.</summary>
    private double NoiseTail(double value, int side)
    {
        double below = side > 0 ? value - _noiseFrom : _noiseTo - value;
        return Math.Max(0, Math.Min(1, below / (_noiseTo - _noiseFrom)));
    }

    /// <summary>The y whose lower tail has the probability, for the mixture or for its mirror image.</summary>
    private double Solve(double probability, int side)
    {
        (double low, double high) = Bracket(probability, side);
        double y = low + (0.5 * (high - low));
        for (int i = 0; i < MaxSteps && y > low && y < high; i++)
        {
            double excess = Below(side * y, side) - probability;
            if (excess == 0)
            {
                return y;
            }

            (low, high) = excess > 0 ? (low, y) : (y, high);
            double next = y - (excess / Density(side * y));
            bool inside = next > low && next < high;
            if (inside && Math.Abs(next - y) <= 1.2e-16 * Math.Abs(next))
            {
                return next;
            }

            // every other step halves, so that steps from one side alone cannot go on for long
            y = inside && i % 2 == 0 ? next : low + (0.5 * (high - low));
        }

        return y;
    }

    private (double Low, double High) Bracket(double probability, int side)
    {
        double z = -RootTwo * SpecialFunctions.ErfcInv(2 * probability);
        double low = double.PositiveInfinity;
        double high = double.NegativeInfinity;
        double widest = 0;
        for (int k = 0; k < _weights.Length; k++)
        {
            double quantile = (side * _means[k]) + (z * _deviations[k]);
            low = Math.Min(low, quantile);
            high = Math.Max(high, quantile);
            widest = Math.Max(widest, _deviations[k]);
        }

        if (_noiseWeight > 0)
        {
            double width = _noiseTo - _noiseFrom;
            double quantile = (side > 0 ? _noiseFrom : -_noiseTo) + (probability * width);
            low = Math.Min(low, quantile);
            high = Math.Max(high, quantile);
            widest = Math.Max(widest, width);
        }

        // the components' quantiles have errors of their own
        for (double margin = 1e-6 * widest; Below(side * low, side) > probability; margin *= 4)
        {
            low -= margin;
        }

        for (double margin = 1e-6 * widest; Below(side * high, side) < probability; margin *= 4)
        {
            high += margin;
        }

        return (low, high);
    }

    private double Density(double value)
    {
        double sum = _noiseWeight > 0 && value >= _noiseFrom && value <= _noiseTo ? _noiseWeight / (_noiseTo - _noiseFrom) : 0;
        for (int k = 0; k < _weights.Length; k++)
        {
            sum += Math.Exp(LogTerm(k, value));
        }

        return sum;
    }
}

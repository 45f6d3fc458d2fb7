using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;
using GmmTools.Observations.Intake;
using GmmTools.Sampling;

namespace GmmTools.Outliers;

/// <summary>
/// A mixture of several components, by importance sampling: rows are drawn from the mixture itself and from copies of it that are wider,
/// so that many of them lie where the mixture has few, and count with the ratio p/q of the densities. That ratio is bounded, since q
/// contains a share of p (defensive mixture: Hesterberg, Technometrics 37 (1995) 185-194). Where too few rows were drawn, far out, a
/// bound in closed form is used: as p(x) ≥ wₖ·φₖ(x), P(p(X) ≤ c) ≤ Σ wₖ·P(wₖ·φₖ(Xₖ) ≤ c), and each of these is known.
/// </summary>
internal sealed class SampledDensityTail : DensityTail
{
    private const int RowsPerBlock = 4096;

    /// <summary>Fewer rows than this do not estimate a probability.</summary>
    private const int FewestRows = 30;

    /// <summary>The widest copy reaches as far as one row in so many.</summary>
    private const double FarthestRate = 1e-12;

    /// <summary>Shares of the copies; the first is the mixture itself.</summary>
    private static readonly double[] Shares = [0.4, 0.2, 0.2, 0.2];

    private readonly MixtureParameters _mixture;
    private readonly double[] _logDensities;

    /// <summary>Sum of the weights up to each row, and of their squares, over the number of rows.</summary>
    private readonly double[] _cumulated;
    private readonly double[] _cumulatedSquares;

    private SampledDensityTail(MixtureParameters mixture, double[] logDensities, double[] weights)
    {
        _mixture = mixture;
        _logDensities = logDensities;
        Array.Sort(logDensities, weights);
        _cumulated = new double[weights.Length];
        _cumulatedSquares = new double[weights.Length];
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            sum += weights[i];
            squares += weights[i] * weights[i];
            _cumulated[i] = sum / weights.Length;
            _cumulatedSquares[i] = squares / weights.Length;
        }
    }

    public override string Method => "Sampling";

    public override int SampleCount => _logDensities.Length;

    /// <summary>Draws the sample. The result does not depend on the number of threads.</summary>
    public static SampledDensityTail Draw(GaussianMixture mixture, int sampleCount, ulong seed, int threadCount, CancellationToken cancellationToken)
    {
        GaussianMixture proposal = Widen(mixture);
        double[] logDensities = new double[sampleCount];
        double[] weights = new double[sampleCount];
        Parallel.For(
            0,
            (sampleCount + RowsPerBlock - 1) / RowsPerBlock,
            new ParallelOptions { MaxDegreeOfParallelism = threadCount, CancellationToken = cancellationToken },
            () => new Worker(mixture, proposal, seed),
            (block, _, worker) =>
            {
                int first = block * RowsPerBlock;
                worker.Draw(first, Math.Min(RowsPerBlock, sampleCount - first), logDensities, weights);
                return worker;
            },
            _ => { });
        return new SampledDensityTail(mixture.Parameters, logDensities, weights);
    }

    public override double Probability(double logDensity)
    {
        int count = CountUpTo(logDensity);
        double bound = Bound(logDensity);
        return count < FewestRows ? bound : Math.Min(bound, _cumulated[count - 1]);
    }

    public override double Level(double rate)
    {
        int place = Place(rate);
        return place < FewestRows ? InvertBound(rate, _logDensities[Math.Min(FewestRows, _logDensities.Length) - 1])
            : place == _logDensities.Length ? _logDensities[place - 1]
            : 0.5 * (_logDensities[place - 1] + _logDensities[place]);
    }

    public override double RateError(double rate)
    {
        int place = Place(rate);
        return place < FewestRows
            ? double.NaN
            : Math.Sqrt(Math.Max(0, _cumulatedSquares[place - 1] - (rate * rate)) / _logDensities.Length);
    }

    /// <summary>The mixture and copies of it whose standard deviations are a few times as large.</summary>
    private static GaussianMixture Widen(GaussianMixture mixture)
    {
        MixtureParameters source = mixture.Parameters;
        double widest = Math.Max(1.5, Math.Sqrt(ChiSquare.UpperQuantile(FarthestRate, source.Dimension) / source.Dimension));
        MixtureParameters target = new(source.ComponentCount * Shares.Length, source.Dimension, source.Shape)
        {
            DegreesOfFreedom = source.DegreesOfFreedom is double[] degrees ? [.. Shares.SelectMany(_ => degrees)] : null,
        };
        for (int s = 0; s < Shares.Length; s++)
        {
            double variance = Math.Pow(widest, 2.0 * s / (Shares.Length - 1));
            for (int k = 0; k < source.ComponentCount; k++)
            {
                target.Weights[(s * source.ComponentCount) + k] = Shares[s] * source.Weights[k];
            }

            Array.Copy(source.Means, 0, target.Means, s * source.Means.Length, source.Means.Length);
            for (int i = 0; i < source.Covariances.Length; i++)
            {
                target.Covariances[(s * source.Covariances.Length) + i] = variance * source.Covariances[i];
            }
        }

        return new GaussianMixture(target, mixture.Property);
    }

    /// <summary>Number of sampled rows up to a log-density.</summary>
    private int CountUpTo(double logDensity)
    {
        int low = 0;
        int high = _logDensities.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_logDensities[middle] <= logDensity)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>Number of sampled rows whose weights together do not exceed a rate.</summary>
    private int Place(double rate)
    {
        int place = Array.BinarySearch(_cumulated, rate);
        return place < 0 ? ~place : place + 1;
    }

    private double Bound(double logDensity)
    {
        double sum = 0;
        for (int k = 0; k < _mixture.ComponentCount; k++)
        {
            if (_mixture.Weights[k] > 0)
            {
                sum += _mixture.Weights[k] * ComponentTail.Probability(_mixture, k, logDensity);
            }
        }

        return Math.Min(1, sum);
    }

    /// <summary>The level at which the bound equals a rate that is too small for the sample.</summary>
    private double InvertBound(double rate, double start)
    {
        double high = start;
        double low = start - 1;
        for (double step = 1; Bound(low) > rate; step *= 2)
        {
            high = low;
            low -= step;
        }

        while (high - low > 1e-12 * Math.Max(1, Math.Abs(low)))
        {
            double middle = low + (0.5 * (high - low));
            (low, high) = Bound(middle) > rate ? (low, middle) : (middle, high);
        }

        return low;
    }

    /// <summary>What one thread needs to draw rows and to score them twice.</summary>
    private sealed class Worker(GaussianMixture mixture, GaussianMixture proposal, ulong seed)
    {
        private readonly MixtureSampler _sampler = new(proposal, seed);
        private readonly KernelScorer _target = new(mixture.Dimension);
        private readonly KernelScorer _source = new(mixture.Dimension);
        private readonly double[] _rows = new double[RowsPerBlock * mixture.Dimension];

        public void Draw(int first, int count, double[] logDensities, double[] weights)
        {
            _sampler.Draw(first, count, _rows, null);
            RowChunk rows = RowBlock.FromRows(_rows, count, mixture.Dimension).Chunk;
            RowScores under = _target.Score(rows, mixture.Parameters.Terms, false);
            RowScores drawn = _source.Score(rows, proposal.Parameters.Terms, false);
            for (int i = 0; i < count; i++)
            {
                logDensities[first + i] = under.LogDensities[i];
                weights[first + i] = Math.Exp(under.LogDensities[i] - drawn.LogDensities[i]);
            }
        }
    }
}

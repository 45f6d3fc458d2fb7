using System;
using System.Threading;
using System.Threading.Tasks;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;
using GmmTools.Observations.Intake;
using GmmTools.Sampling;

namespace GmmTools.Comparison;

/// <summary>Averages over rows drawn from one mixture: of log f − log g, of log f − log ½(f + g), of (√f − √g)²/(f + g), which is bounded, and of f − g;
/// with their standard errors.</summary>
internal sealed class SampledDivergence
{
    private const int RowsPerBlock = 4096;
    private static readonly double LogTwo = Math.Log(2);

    private SampledDivergence(double[] ratios, double[] logDensities)
    {
        double[] shared = new double[ratios.Length];
        double[] roots = new double[ratios.Length];
        double[] excesses = new double[ratios.Length];
        double largest = double.NegativeInfinity;
        for (int i = 0; i < ratios.Length; i++)
        {
            largest = Math.Max(largest, Math.Max(logDensities[i], logDensities[i] - ratios[i]));
        }

        for (int i = 0; i < ratios.Length; i++)
        {
            // log f − log ½(f + g) = log 2 − log(1 + g/f)
            shared[i] = LogTwo - (ratios[i] > 0 ? Log1p(Math.Exp(-ratios[i])) : Log1p(Math.Exp(ratios[i])) - ratios[i]);

            // 1 − 2√(fg)/(f + g) = 1 − 1/cosh ½ρ, without cancelling where f and g are nearly the same
            double half = Math.Sinh(0.25 * ratios[i]);
            double cosine = 1 + (2 * half * half);
            roots[i] = double.IsInfinity(cosine) ? 1 : 1 - (1 / cosine);
            excesses[i] = Math.Exp(logDensities[i] - largest) - Math.Exp(logDensities[i] - ratios[i] - largest);
        }

        (Mean, Error) = Summarize(ratios);
        (SharedMean, SharedError) = Summarize(shared);
        (RootMean, RootError) = Summarize(roots);
        (ExcessMean, ExcessError) = Summarize(excesses);
        LogExcessUnit = largest;
    }

    public double Mean { get; }

    public double Error { get; }

    public double SharedMean { get; }

    public double SharedError { get; }

    /// <summary>Average of (√f − √g)²/(f + g). The mean of those over rows of either mixture is the squared Hellinger distance.</summary>
    public double RootMean { get; }

    public double RootError { get; }

    /// <summary>Average of f − g, in units whose logarithm is <see cref="LogExcessUnit"/>.</summary>
    public double ExcessMean { get; }

    public double ExcessError { get; }

    public double LogExcessUnit { get; }

    /// <summary>Draws from the first mixture. The result does not depend on the number of threads.</summary>
    public static SampledDivergence Draw(
        GaussianMixture first, GaussianMixture second, int sampleCount, ulong seed, int threadCount, CancellationToken cancellationToken)
    {
        double[] ratios = new double[sampleCount];
        double[] logDensities = new double[sampleCount];
        Parallel.For(
            0,
            (sampleCount + RowsPerBlock - 1) / RowsPerBlock,
            new ParallelOptions { MaxDegreeOfParallelism = threadCount, CancellationToken = cancellationToken },
            () => new Worker(first, second, seed),
            (block, _, worker) =>
            {
                worker.Draw(block * RowsPerBlock, Math.Min(RowsPerBlock, sampleCount - (block * RowsPerBlock)), ratios, logDensities);
                return worker;
            },
            _ => { });
        return new SampledDivergence(ratios, logDensities);
    }

    private static double Log1p(double x) => x < 1e-5 ? x - (0.5 * x * x) : Math.Log(1 + x);

    private static (double Mean, double Error) Summarize(double[] values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        double mean = sum / values.Length;
        double squares = 0;
        foreach (double value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return (mean, Math.Sqrt(squares / (values.Length - 1) / values.Length));
    }

    private sealed class Worker(GaussianMixture first, GaussianMixture second, ulong seed)
    {
        private readonly MixtureSampler _sampler = new(first, seed);
        private readonly KernelScorer _own = new(first.Dimension);
        private readonly KernelScorer _other = new(first.Dimension);
        private readonly double[] _rows = new double[RowsPerBlock * first.Dimension];

        public void Draw(int firstRow, int count, double[] ratios, double[] logDensities)
        {
            _sampler.Draw(firstRow, count, _rows, null);
            RowChunk rows = RowBlock.FromRows(_rows, count, first.Dimension).Chunk;
            RowScores own = _own.Score(rows, first.Parameters.Terms, false);
            RowScores other = _other.Score(rows, second.Parameters.Terms, false);
            for (int i = 0; i < count; i++)
            {
                ratios[firstRow + i] = own.LogDensities[i] - other.LogDensities[i];
                logDensities[firstRow + i] = own.LogDensities[i];
            }
        }
    }
}

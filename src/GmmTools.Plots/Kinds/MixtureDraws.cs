using System;
using System.Linq;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Sampling;
using GmmTools.Scoring;

namespace GmmTools.Plots.Kinds;

/// <summary>
/// What draws from a mixture tell about it: where nearly all of its mass lies, and which density encloses a share of it (R. Hyndman,
/// Computing and graphing highest density regions, American Statistician 50 (1996) 120-126). The draws are always the same.
/// </summary>
internal sealed class MixtureDraws
{
    private const int Count = 20000;
    private const double Tail = 0.0005;
    private const ulong Seed = 1996;

    private readonly GaussianMixture _mixture;
    private readonly double[,] _draws;

    /// <summary>Draws.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="cancellationToken">Stops the drawing.</param>
    public MixtureDraws(GaussianMixture mixture, CancellationToken cancellationToken)
    {
        _mixture = mixture;
        _draws = new MixtureSampler(mixture, Seed).DrawMatrix(Count, cancellationToken);
    }

    /// <summary>Between which values a column lies, but for one in a thousand draws.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="positive">Whether only positive values count; there are none where the result is NaN.</param>
    /// <returns>The smallest and the largest value.</returns>
    public (double Minimum, double Maximum) Range(int column, bool positive)
    {
        double[] values = [.. Enumerable.Range(0, Count).Select(i => _draws[i, column]).Where(value => !positive || value > 0)];
        if (values.Length == 0)
        {
            return (double.NaN, double.NaN);
        }

        Array.Sort(values);
        int skipped = (int)(values.Length * Tail);
        return (values[skipped], values[values.Length - 1 - skipped]);
    }

    /// <summary>The log-densities of the smallest regions that hold shares of the mass.</summary>
    /// <param name="masses">The shares, in (0, 1).</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One log-density per share.</returns>
    public double[] LogLevels(double[] masses, CancellationToken cancellationToken)
    {
        MixtureScorer scorer = new(_mixture);
        double[] row = new double[_mixture.Dimension];
        double[] scores = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Buffer.BlockCopy(_draws, i * row.Length * sizeof(double), row, 0, row.Length * sizeof(double));
            scores[i] = scorer.Score(row);
        }

        Array.Sort(scores);
        return [.. masses.Select(mass => scores[(int)Math.Min(Count - 1, Math.Round((1 - mass) * Count))])];
    }
}

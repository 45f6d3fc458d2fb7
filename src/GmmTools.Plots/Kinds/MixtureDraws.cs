using System;
using System.Linq;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Sampling;

namespace GmmTools.Plots.Kinds;

/// <summary>What draws from a mixture tell about it: where nearly all of its mass lies. The draws are always the same.</summary>
internal sealed class MixtureDraws
{
    private const int Count = 20000;
    private const double Tail = 0.0005;
    private const ulong Seed = 1996;

    private readonly double[,] _draws;

    /// <summary>Draws.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="cancellationToken">Stops the drawing.</param>
    public MixtureDraws(GaussianMixture mixture, CancellationToken cancellationToken)
    {
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
}

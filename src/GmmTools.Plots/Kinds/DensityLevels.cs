using System;
using System.Linq;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Outliers;
using GmmTools.Plots.Figures;
using GmmTools.Sampling;
using GmmTools.Scoring;

namespace GmmTools.Plots.Kinds;

/// <summary>
/// Which density encloses a share of the mass of a mixture: that which the rest of the mass undercuts (R. Hyndman, Computing and graphing
/// highest density regions, American Statistician 50 (1996) 120-126).
/// </summary>
internal static class DensityLevels
{
    /// <summary>Shares of the mass that contours enclose.</summary>
    public static readonly double[] Masses = [0.5, 0.9, 0.99];

    private const int SampleCount = 20000;
    private const ulong Seed = 1996;

    /// <summary>The log-densities that enclose <see cref="Masses"/> in a picture: per decade of a column whose axis is logarithmic.</summary>
    /// <param name="mixture">A mixture of two columns.</param>
    /// <param name="x">The axis of its first column.</param>
    /// <param name="y">The axis of its second column.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static double[] Of(GaussianMixture mixture, Axis x, Axis y, CancellationToken cancellationToken)
    {
        if (x.Scale == AxisScale.Logarithmic || y.Scale == AxisScale.Logarithmic)
        {
            return OfDraws(mixture, x, y, cancellationToken);
        }

        DensityTail tail = DensityTail.Of(mixture, SampleCount, Seed, Environment.ProcessorCount, cancellationToken);
        return [.. Masses.Select(mass => tail.Level(1 - mass))];
    }

    /// <summary>Of the draws that have a place; the others are no part of the picture.</summary>
    private static double[] OfDraws(GaussianMixture mixture, Axis x, Axis y, CancellationToken cancellationToken)
    {
        double[,] draws = new MixtureSampler(mixture, Seed).DrawMatrix(SampleCount, cancellationToken);
        MixtureScorer scorer = new(mixture);
        double[] scores =
        [
            .. from i in Enumerable.Range(0, SampleCount)
               let places = (X: x.ToPlace(draws[i, 0]), Y: y.ToPlace(draws[i, 1]))
               where !double.IsNaN(places.X) && !double.IsNaN(places.Y)
               select scorer.Score([draws[i, 0], draws[i, 1]]) + Math.Log(x.Stretch(places.X) * y.Stretch(places.Y)),
        ];
        Array.Sort(scores);
        return scores.Length == 0 ? [] : [.. Masses.Select(mass => scores[(int)((1 - mass) * scores.Length)])];
    }
}

using System;
using System.Linq;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Outliers;

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

    /// <summary>The log-densities that enclose <see cref="Masses"/>.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static double[] Of(GaussianMixture mixture, CancellationToken cancellationToken)
    {
        DensityTail tail = DensityTail.Of(mixture, SampleCount, Seed, Environment.ProcessorCount, cancellationToken);
        return [.. Masses.Select(mass => tail.Level(1 - mass))];
    }
}

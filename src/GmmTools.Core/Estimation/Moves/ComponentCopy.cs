using System;
using GmmTools.Mixtures;

namespace GmmTools.Estimation.Moves;

/// <summary>Copies components from one mixture to another.</summary>
internal static class ComponentCopy
{
    /// <param name="source">The mixture that has the component.</param>
    /// <param name="from">Its number there, from 0.</param>
    /// <param name="target">The mixture that gets it; of the same shape.</param>
    /// <param name="to">Its number there.</param>
    /// <param name="weight">Its weight there.</param>
    public static void Copy(MixtureParameters source, int from, MixtureParameters target, int to, double weight)
    {
        target.Weights[to] = weight;
        Array.Copy(source.Means, from * source.Dimension, target.Means, to * source.Dimension, source.Dimension);
        Array.Copy(
            source.Covariances, from * source.CovarianceLength, target.Covariances, to * source.CovarianceLength, source.CovarianceLength);
    }
}

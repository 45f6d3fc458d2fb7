using System;
using System.Linq;
using GmmTools.Mixtures;

namespace GmmTools.Estimation.Moves;

/// <summary>Copies components from one mixture to another.</summary>
internal static class ComponentCopy
{
    /// <summary>Some components as a mixture of their own, not factorised.</summary>
    /// <param name="mixture">The mixture that has them.</param>
    /// <param name="components">Their numbers, from 0.</param>
    public static MixtureParameters Part(MixtureParameters mixture, params int[] components)
    {
        MixtureParameters part = new(components.Length, mixture.Dimension, mixture.Shape);
        double sum = components.Sum(k => mixture.Weights[k]);
        for (int k = 0; k < components.Length; k++)
        {
            Copy(mixture, components[k], part, k, mixture.Weights[components[k]] / sum);
        }

        return part;
    }

    /// <summary>Copies a component.</summary>
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

using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Mixtures;

namespace GmmTools.Estimation.Known;

/// <summary>What of the components of a start is not estimated but kept as it is, so that a mixture that is known is completed.</summary>
public sealed class FrozenParts
{
    /// <summary>Creates a list of what is kept.</summary>
    /// <param name="parts">For each component of the start, in order, what of it is kept.</param>
    /// <param name="inProportion">Whether weights are kept in proportion to each other only, as they are where components are added.</param>
    public FrozenParts(IEnumerable<FrozenPart> parts, bool inProportion = false)
    {
        InProportion = inProportion;
        Parts = FixedList.Of(parts ?? throw new ArgumentNullException(nameof(parts)));
    }

    /// <summary>For each component of the start what of it is kept.</summary>
    public IReadOnlyList<FrozenPart> Parts { get; }

    /// <summary>Whether weights are kept in proportion to each other only.</summary>
    public bool InProportion { get; }

    /// <summary>Whether anything is kept.</summary>
    internal bool Any => Parts.Any(part => part != FrozenPart.None);

    /// <summary>Whether a part of a component is kept; components that are added are free.</summary>
    /// <param name="component">The component, from 0.</param>
    /// <param name="part">The part.</param>
    internal bool Has(int component, FrozenPart part) => component < Parts.Count && (Parts[component] & part) != 0;

    /// <summary>Whether a part of any component is kept.</summary>
    internal bool HasAny(FrozenPart part) => Parts.Any(kept => (kept & part) != 0);

    /// <summary>Whether weights are kept in proportion to each other only, in a mixture of so many components.</summary>
    internal bool KeepsProportions(int componentCount) => InProportion || componentCount > Parts.Count;

    /// <summary>What is kept of a mixture that the start led to, whose added components are free.</summary>
    /// <param name="componentCount">Its number of components.</param>
    internal FrozenParts Continued(int componentCount) => new(
        Enumerable.Range(0, componentCount).Select(k => k < Parts.Count ? Parts[k] : FrozenPart.None), KeepsProportions(componentCount));

    /// <summary>Number of parameters of a mixture that are not free.</summary>
    /// <param name="model">The covariance model: where all components share a covariance, it is kept for all or for none.</param>
    /// <param name="componentCount">Number of components, K, with those that are added.</param>
    /// <param name="dimension">Number of columns, d.</param>
    internal int ParameterCount(CovarianceModel model, int componentCount, int dimension)
    {
        int means = Parts.Count(part => (part & FrozenPart.Mean) != 0) * dimension;
        int matrices = Parts.Count(part => (part & FrozenPart.Covariance) != 0);
        int ofMatrix = model.CovarianceParameterCount(1, dimension);
        int covariances = model.IsShared() ? Math.Min(matrices, 1) * ofMatrix : matrices * ofMatrix;
        int weights = Parts.Count(part => (part & FrozenPart.Weight) != 0);
        return means + covariances + (weights == 0 ? 0 : KeepsProportions(componentCount) || weights == componentCount ? weights - 1 : weights);
    }
}

using System;

namespace GmmTools.Estimation.Known;

/// <summary>What of a component is kept as it is.</summary>
[Flags]
public enum FrozenPart
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The mean.</summary>
    Mean = 1,

    /// <summary>The covariance.</summary>
    Covariance = 2,

    /// <summary>The mixing weight; where components are added, in proportion to those of the others that are kept.</summary>
    Weight = 4,

    /// <summary>The component as a whole.</summary>
    All = Mean | Covariance | Weight,
}

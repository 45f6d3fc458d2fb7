using System;

namespace GmmTools.Numerics;

/// <summary>Sums over the rows that some models need beside the moments of every component.</summary>
[Flags]
internal enum FurtherSums
{
    /// <summary>The moments are enough.</summary>
    None = 0,

    /// <summary>Σ w·rₖ·u of every component, where rows count for u in the moments.</summary>
    MomentWeights = 1,

    /// <summary>Σ w·r₀ of the background.</summary>
    BackgroundWeight = 2,
}

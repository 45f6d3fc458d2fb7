using System.Collections.Generic;

namespace GmmTools.Estimation;

/// <summary>What became of the starts of a fit.</summary>
internal sealed class StartRecord
{
    public IReadOnlyList<EmStart> Starts { get; set; } = [];

    /// <summary>How many of them reached the optimum that was kept.</summary>
    public int BestStartCount { get; set; }
}

using System.Collections.Generic;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Runs;

/// <summary>What became of the starts of a fit.</summary>
internal sealed class StartRecord
{
    public IReadOnlyList<EmStart> Starts { get; set; } = [];

    /// <summary>How many of them reached the optimum that was kept.</summary>
    public int BestStartCount { get; set; }

    /// <summary>Writes or reads the record.</summary>
    public void Exchange(StateExchange state)
    {
        BestStartCount = state.Count(BestStartCount);
        EmStart[] starts = new EmStart[state.Count(Starts.Count)];
        for (int i = 0; i < starts.Length; i++)
        {
            starts[i] = EmStart.Exchange(state, i < Starts.Count ? Starts[i] : null);
        }

        Starts = starts;
    }
}

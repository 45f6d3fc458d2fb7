using System.Collections.Generic;
using System.Linq;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Runs;

/// <summary>What became of the starts of a fit.</summary>
internal sealed class StartRecord
{
    public IReadOnlyList<EmStart> Starts { get; set; } = [];

    /// <summary>How many of them reached the optimum that was kept.</summary>
    public int BestStartCount { get; set; }

    /// <summary>Whether the starts were tried on all rows, so that their log-likelihoods are those of fits.</summary>
    public bool CoversAllRows { get; set; }

    /// <summary>The highest of the starts that ended higher than the run that was kept; null where none did.</summary>
    /// <param name="logLikelihood">Log-likelihood of the run that was kept.</param>
    /// <param name="tolerance">A gain that is nothing.</param>
    public EmStart? FindHigher(double logLikelihood, double tolerance) => CoversAllRows
        ? Starts.Where(start => start.LogLikelihood > logLikelihood + tolerance).OrderByDescending(start => start.LogLikelihood).FirstOrDefault()
        : null;

    /// <summary>Whether a fit with such options can have such a record.</summary>
    public bool IsOf(EmOptions options)
    {
        int number = 0;
        return BestStartCount <= Starts.Count && Starts.All(start => start.Start == ++number && start.IterationCount <= options.MaxIteration);
    }

    /// <summary>Writes or reads the record.</summary>
    public void Exchange(StateExchange state)
    {
        BestStartCount = state.Count(BestStartCount, "the number of best starts");
        CoversAllRows = state.Flag(CoversAllRows);
        EmStart[] starts = new EmStart[state.ItemCount(Starts.Count, "the number of starts", EmStart.MinNumbers)];
        for (int i = 0; i < starts.Length; i++)
        {
            starts[i] = EmStart.Exchange(state, i < Starts.Count ? Starts[i] : null);
        }

        Starts = starts;
    }
}

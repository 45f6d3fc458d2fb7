using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Estimation.Runs;

namespace GmmTools.Estimation.Fitting;

/// <summary>
/// The runs that are worth running to convergence: those that, when they came, were among the best few that differ. Whether one is chosen
/// depends on those before it alone, so that further runs take away none.
/// </summary>
/// <param name="most">How many of the best.</param>
/// <param name="isSame">Whether two runs lead to the same optimum.</param>
/// <param name="rank">Orders runs, the best first.</param>
internal sealed class Contenders(int most, Func<EmRun, EmRun, bool> isSame, Func<IEnumerable<EmRun>, IEnumerable<EmRun>> rank)
{
    private readonly List<EmRun> _best = [];

    /// <summary>The runs chosen, in the order in which they came.</summary>
    public List<EmRun> Chosen { get; } = [];

    /// <summary>Takes the next run.</summary>
    public void Add(EmRun run)
    {
        if (Chosen.Exists(other => isSame(run, other)))
        {
            return;
        }

        EmRun[] best = [.. rank([.. _best, run]).Take(most)];
        if (best.Contains(run))
        {
            Chosen.Add(run);
            _best.Clear();
            _best.AddRange(best);
        }
    }

    /// <summary>Chooses among other runs as if they were alone; none of those here is in their way.</summary>
    public void AddApart(IEnumerable<EmRun> runs)
    {
        Contenders apart = new(most, isSame, rank);
        foreach (EmRun run in rank(runs))
        {
            apart.Add(run);
        }

        Chosen.AddRange(apart.Chosen.Where(run => !Chosen.Exists(other => isSame(run, other))));
    }
}

using System;
using System.Diagnostics;
using System.Threading;
using GmmTools.Estimation;

namespace GmmTools.Shared;

/// <summary>Holds a fit up in mid-run until its time limit has passed, so that the place does not depend on the machine.</summary>
internal static class HeldUpFit
{
    /// <summary>Timers may come late, on a busy machine by much: each later call waits as long again.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(300);

    /// <summary>Progress that does not come back from one of its calls before the limit has passed.</summary>
    /// <param name="limit">The time limit of the fit.</param>
    /// <param name="call">The number of the call, from 1.</param>
    public static Action<EmProgress> UntilPast(TimeSpan limit, int call)
    {
        // the clock of the fit runs before its first report
        Stopwatch watch = new();
        int calls = 0;
        return _ =>
        {
            watch.Start();
            TimeSpan end = ++calls < call ? TimeSpan.Zero : limit + ((calls - call + 1) * Margin);
            while (watch.Elapsed < end)
            {
                Thread.Sleep(10);
            }
        };
    }
}

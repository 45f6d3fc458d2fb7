using System;
using System.Threading;

namespace GmmTools.Estimation.Runs;

/// <summary>Starts the time that work may take.</summary>
internal static class TimeLimitClock
{
    /// <summary>Cancels when the time is up; at once where it is less than a timer counts.</summary>
    /// <param name="timed">What to cancel.</param>
    /// <param name="limit">The time, or null for no limit.</param>
    public static void Start(CancellationTokenSource timed, TimeSpan? limit)
    {
        // timers count whole milliseconds, and one of none at all may still come late
        if (limit < TimeSpan.FromMilliseconds(1))
        {
            timed.Cancel();
        }
        else if (limit is TimeSpan time)
        {
            timed.CancelAfter(time);
        }
    }
}

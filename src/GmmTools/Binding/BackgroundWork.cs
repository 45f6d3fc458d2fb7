using System;
using System.Threading;
using System.Threading.Tasks;

namespace GmmTools.Binding;

/// <summary>Runs work on another thread while the pipeline thread reports and listens for a stop.</summary>
internal static class BackgroundWork
{
    private const int PollMilliseconds = 50;
    private const int GraceMilliseconds = 100;

    /// <summary>Runs the work and waits for it.</summary>
    /// <typeparam name="T">What the work gives.</typeparam>
    /// <param name="work">The work; it must heed the token itself.</param>
    /// <param name="report">Called several times a second on this thread.</param>
    /// <param name="stop">Ends the waiting even if the work is slow to notice.</param>
    /// <param name="waitForEnd">Whether the work has something to clean up, which is waited for.</param>
    /// <returns>The result.</returns>
    public static T Run<T>(Func<T> work, Action report, CancellationToken stop, bool waitForEnd = false)
    {
        Task<T> task = Task.Run(work, CancellationToken.None);
        try
        {
            Wait(task, report, waitForEnd, stop);
        }
        catch when (waitForEnd)
        {
            // a report during a stop is refused by the engine; the work hears of the stop and cleans up
            Task.WaitAny([task], CancellationToken.None);
            throw;
        }

        return task.GetAwaiter().GetResult();
    }

    private static void Wait(Task task, Action report, bool waitForEnd, CancellationToken stop)
    {
        while (Task.WaitAny([task], PollMilliseconds, CancellationToken.None) < 0)
        {
            if (stop.IsCancellationRequested && !waitForEnd && Task.WaitAny([task], GraceMilliseconds, CancellationToken.None) < 0)
            {
                throw new OperationCanceledException(stop);
            }

            report();
        }
    }
}

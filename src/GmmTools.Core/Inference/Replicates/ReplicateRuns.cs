using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Estimation.Iteration;
using GmmTools.Estimation.Runs;
using GmmTools.Observations;
using GmmTools.Selection;

namespace GmmTools.Inference.Replicates;

/// <summary>Runs replicates through a <see cref="FitPool"/>, side by side where rows are few, until all are done, enough are, or the time is up.</summary>
internal sealed class ReplicateRuns
{
    /// <summary>Replicates after which it is asked whether there are enough.</summary>
    private const int BlockSize = 64;

    /// <summary>Replicates that are listed at a time where all are wanted.</summary>
    private const int ListSize = 1024;

    private readonly int _threadCount;
    private readonly TimeSpan? _timeLimit;
    private readonly Action<FitPoolProgress>? _progress;
    private readonly bool _runAlone;

    /// <param name="observations">The rows that replicates are made of.</param>
    /// <param name="threadCount">The most threads to use.</param>
    /// <param name="timeLimit">Time after which no more are waited for, or null.</param>
    /// <param name="progress">Called when one is done, from any thread; must be quick. Or null.</param>
    public ReplicateRuns(IObservations observations, int threadCount, TimeSpan? timeLimit, Action<FitPoolProgress>? progress)
    {
        _threadCount = threadCount;
        _timeLimit = timeLimit;
        _progress = progress;
        _runAlone = new ThreadBudget(threadCount).SharesRows(observations);
    }

    /// <summary>Whether the time limit ended the work.</summary>
    public bool IsTimeUp { get; private set; }

    /// <summary>Makes replicates.</summary>
    /// <typeparam name="T">What a replicate gives.</typeparam>
    /// <param name="count">How many there are to be at most.</param>
    /// <param name="make">Makes the replicate of a number, from 0, which is all that it may depend on.</param>
    /// <param name="isEnough">Whether no more are needed than those that there are, in order; null where all are.</param>
    /// <param name="cancellationToken">Stops the work; nothing is returned then.</param>
    /// <returns>The replicates by number, as many as were done with none of a smaller number missing: which are there says nothing of what they
    /// led to.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<T> Make<T>(
        int count, Func<int, FitJobContext, T> make, Func<IReadOnlyList<T>, bool>? isEnough, CancellationToken cancellationToken)
        where T : class
    {
        using CancellationTokenSource timed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        TimeLimitClock.Start(timed, _timeLimit);

        List<T> made = [];
        try
        {
            while (made.Count < count && isEnough?.Invoke(made) != true)
            {
                int first = made.Count;
                T?[] block = new T?[Math.Min(isEnough is null ? ListSize : BlockSize, count - first)];
                try
                {
                    Run(block, first, count, make, timed.Token);
                }
                finally
                {
                    made.AddRange(block.TakeWhile(one => one is not null)!);
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            IsTimeUp = true;
        }

        return made;
    }

    /// <summary>Says how many replicates collapsed.</summary>
    /// <param name="collapsed">How many, at least one.</param>
    /// <param name="made">Of how many.</param>
    public static string DescribeCollapsed(int collapsed, int made) => FormattableString.Invariant(
        $"In {collapsed} of {Counted.Of(made, "replicate")} a component collapsed or ran out of rows; {(collapsed == 1 ? "it is" : "they are")} left out.");

    private void Run<T>(T?[] block, int first, int total, Func<int, FitJobContext, T> make, CancellationToken cancellationToken)
        where T : class
    {
        FitPool pool = new(_threadCount, null, _progress is null ? null : done => _progress(new FitPoolProgress(first + done.Done, total, done.Latest)));
        for (int i = 0; i < block.Length; i++)
        {
            int place = i;
            FitJob<T> job = pool.Add(FormattableString.Invariant($"{first + i + 1}"), [], context => block[place] = make(first + place, context));
            job.RunsAlone = _runAlone;
        }

        pool.Run(cancellationToken);
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using GmmTools.Estimation.Checkpoints;

namespace GmmTools.Selection;

/// <summary>
/// Runs named jobs that may need each other, side by side as far as one budget of threads allows. When a job fails, the others are
/// cancelled; when the run ends, however it does, no job is at work any more.
/// </summary>
internal sealed class FitPool
{
    private readonly int _threadCount;
    private readonly Checkpoint? _checkpoint;
    private readonly Action<FitPoolProgress>? _progress;
    private readonly List<FitJob> _jobs = [];
    private readonly HashSet<string> _names = [];
    private readonly object _lock = new();
    private readonly LinkedList<FitJob> _waiting = [];
    private int _freeThreads;
    private int _runningCount;
    private int _doneCount;
    private int _countedJobs;
    private ExceptionDispatchInfo? _failure;
    private CancellationToken _userToken;

    /// <param name="threadCount">Threads that all jobs together may use.</param>
    /// <param name="checkpoint">Where the jobs keep their runs, or null.</param>
    /// <param name="progress">Called when a job is done, from its thread; must be quick. Or null.</param>
    public FitPool(int threadCount, Checkpoint? checkpoint = null, Action<FitPoolProgress>? progress = null)
    {
        _threadCount = Math.Max(1, threadCount);
        _checkpoint = checkpoint;
        _progress = progress;
    }

    /// <summary>Adds a job. Jobs that are ready begin in the order in which they were added.</summary>
    /// <typeparam name="T">Its result.</typeparam>
    /// <param name="name">Its name, which no other has.</param>
    /// <param name="needs">The jobs whose results it takes, which were added before.</param>
    /// <param name="work">Makes the result.</param>
    public FitJob<T> Add<T>(string name, IEnumerable<FitJob> needs, Func<FitJobContext, T> work)
    {
        FitJob<T> job = new(name, needs, work);
        if (!_names.Add(name) || !job.Needs.All(_jobs.Contains))
        {
            throw new ArgumentException($"There is a job '{name}' already, or it needs one that was not added before it.", nameof(name));
        }

        _jobs.Add(job);
        return job;
    }

    /// <summary>Runs all jobs; once.</summary>
    /// <param name="cancellationToken">Stops them.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _userToken = cancellationToken;
        _freeThreads = _threadCount;
        _jobs.ForEach(job => _waiting.AddLast(job));
        _countedJobs = _jobs.Count(job => !job.IsPreparation);
        TakenJob? own;
        lock (_lock)
        {
            own = Take(stop);
            BeginReady(stop);
        }

        // the caller works, too: waiting, it would hold a thread of the pool that others are begun on
        Work(own, stop);
        lock (_lock)
        {
            while (_runningCount > 0)
            {
                Monitor.Wait(_lock);
            }
        }

        _failure?.Throw();
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Begins jobs as long as there are threads. Under the lock.</summary>
    private void BeginReady(CancellationTokenSource stop)
    {
        while (Take(stop) is TakenJob taken)
        {
            Task.Run(() => Work(taken, stop), CancellationToken.None);
        }
    }

    /// <summary>Takes the next job that is ready; null where there is none, or no thread for it. Under the lock.</summary>
    private TakenJob? Take(CancellationTokenSource stop)
    {
        // the user's token is asked, too: the linked one hears of it a moment later
        if (_freeThreads == 0 || stop.IsCancellationRequested || _userToken.IsCancellationRequested)
        {
            return null;
        }

        FitJob[] ready = [.. _waiting.Where(job => job.IsReady).Take(_threadCount)];
        if (ready.Length == 0 || (ready[0].RunsAlone && _freeThreads < _threadCount))
        {
            return null;
        }

        FitJob next = ready[0];
        int threads = next.RunsAlone ? _threadCount : Math.Max(1, _freeThreads / ready.Length);
        _waiting.Remove(next);
        _freeThreads -= threads;
        _runningCount++;
        return new TakenJob(next, threads);
    }

    /// <summary>Runs one job after the other on one thread: handing thousands of short ones to others would take longer than they do.</summary>
    private void Work(TakenJob? first, CancellationTokenSource stop)
    {
        for (TakenJob? taken = first; taken is not null;)
        {
            Run(taken.Job, taken.ThreadCount, stop);
            lock (_lock)
            {
                _freeThreads += taken.ThreadCount;
                taken = Take(stop);
                BeginReady(stop);
                _runningCount--;
                if (_runningCount == 0)
                {
                    Monitor.PulseAll(_lock);
                }
            }
        }
    }

    private void Run(FitJob job, int threads, CancellationTokenSource stop)
    {
        try
        {
            job.Run(new FitJobContext(job.Name, threads, _checkpoint, stop.Token));
            Report(job);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // told by the run as a whole
        }
        catch (Exception exception) when (Keep(exception))
        {
            // thrown again by the run as a whole, when the others have ended
            Cancel(stop);
        }
    }

    private static void Cancel(CancellationTokenSource stop)
    {
        try
        {
            stop.Cancel();
        }
        catch (AggregateException)
        {
            // of who listens to it; there is a failure to tell already
        }
    }

    private void Report(FitJob job)
    {
        if (!job.IsPreparation)
        {
            _progress?.Invoke(new FitPoolProgress(Interlocked.Increment(ref _doneCount), _countedJobs, job.Name));
        }
    }

    /// <summary>Keeps the first failure.</summary>
    private bool Keep(Exception exception)
    {
        Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
        return true;
    }

    /// <param name="Job">The job.</param>
    /// <param name="ThreadCount">The threads that it takes.</param>
    private sealed record TakenJob(FitJob Job, int ThreadCount);
}

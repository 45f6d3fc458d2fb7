using System;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace GmmTools.Numerics;

/// <summary>
/// Threads that live as long as an estimation and share out the items of each pass. A pass allocates nothing. Which thread
/// takes which item is left to chance; results must not depend on it. A pass is over when its items are done: a thread that wakes
/// too late takes no part in it, and nobody waits for it, so that sharing a short pass costs little where cores are busy.
/// </summary>
internal sealed class WorkerTeam : IDisposable
{
    /// <summary>About 50 microseconds: what a sleeping thread takes to wake, so that staying awake costs no more than that.</summary>
    private const int AwakeSpins = 250;
    private const int SpinLength = 20;

    private readonly object _lock = new();
    private readonly Thread[] _threads;
    private Action<int, int>? _body;
    private ExceptionDispatchInfo? _failure;
    private int _itemCount;
    private int _nextItem;
    private int _working;
    private int _pass;
    private bool _isOpen;
    private bool _disposed;

    /// <summary>Starts threadCount − 1 threads; the calling thread is the first of the team.</summary>
    public WorkerTeam(int threadCount)
    {
        _threads = new Thread[Math.Max(1, threadCount) - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            int number = i + 1;
            _threads[i] = new Thread(() => Work(number)) { IsBackground = true, Name = "GmmTools worker" };
            _threads[i].Start();
        }
    }

    /// <summary>Number of threads, the caller's included.</summary>
    public int ThreadCount => _threads.Length + 1;

    /// <summary>Calls body(thread, item) for every item and returns when all are done; the first failure is thrown again.</summary>
    public void Run(int itemCount, Action<int, int> body)
    {
        if (_threads.Length == 0 || itemCount == 1)
        {
            for (int item = 0; item < itemCount; item++)
            {
                body(0, item);
            }

            return;
        }

        lock (_lock)
        {
            _body = body;
            _failure = null;
            _itemCount = itemCount;
            _nextItem = 0;
            _isOpen = true;
            Volatile.Write(ref _pass, _pass + 1);
            Monitor.PulseAll(_lock);
        }

        TakeItems(0);
        lock (_lock)
        {
            _isOpen = false;
        }

        WaitForOthers();
        _failure?.Throw();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            Volatile.Write(ref _pass, _pass + 1);
            Monitor.PulseAll(_lock);
        }

        foreach (Thread thread in _threads)
        {
            thread.Join();
        }
    }

    private void Work(int number)
    {
        int seen = 0;
        while (true)
        {
            bool joined = WaitForPass(ref seen);
            if (_disposed)
            {
                return;
            }

            if (!joined)
            {
                continue;
            }

            TakeItems(number);
            if (Interlocked.Decrement(ref _working) == 0)
            {
                lock (_lock)
                {
                    Monitor.PulseAll(_lock);
                }
            }
        }
    }

    private void TakeItems(int number)
    {
        try
        {
            int item;
            while ((item = Interlocked.Increment(ref _nextItem) - 1) < _itemCount)
            {
                _body!(number, item);
            }
        }
        catch (Exception exception) when (RecordFailure(exception))
        {
            // rethrown by Run on the caller's thread
        }
    }

    private bool RecordFailure(Exception exception)
    {
        Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
        Volatile.Write(ref _nextItem, _itemCount);
        return true;
    }

    /// <summary>
    /// Waits a moment awake, since the next pass usually follows at once, then asleep; joins the pass and returns true, if that is
    /// not over already.
    /// </summary>
    private bool WaitForPass(ref int seen)
    {
        for (int spin = 0; spin < AwakeSpins && Volatile.Read(ref _pass) == seen; spin++)
        {
            Thread.SpinWait(SpinLength);
        }

        lock (_lock)
        {
            while (_pass == seen)
            {
                Monitor.Wait(_lock);
            }

            seen = _pass;
            _ = _isOpen ? Interlocked.Increment(ref _working) : 0;
            return _isOpen;
        }
    }

    private void WaitForOthers()
    {
        for (int spin = 0; spin < AwakeSpins && Volatile.Read(ref _working) != 0; spin++)
        {
            Thread.SpinWait(SpinLength);
        }

        lock (_lock)
        {
            while (Volatile.Read(ref _working) != 0)
            {
                Monitor.Wait(_lock);
            }
        }
    }
}

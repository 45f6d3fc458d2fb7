using System.Threading;
using GmmTools.Estimation.Checkpoints;

namespace GmmTools.Selection;

/// <summary>What a job of a <see cref="FitPool"/> may use.</summary>
internal sealed class FitJobContext(string name, int threadCount, Checkpoint? checkpoint, CancellationToken cancellationToken)
{
    /// <summary>Its share of the threads, the one that it runs on included.</summary>
    public int ThreadCount { get; } = threadCount;

    /// <summary>Cancelled when the pool is, and when another job failed.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Where its runs are kept, or null.</summary>
    public FitJournal? Journal => checkpoint?.Journal(name);
}

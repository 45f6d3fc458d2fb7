using GmmTools.Observations;

namespace GmmTools.Estimation.Iteration;

/// <summary>
/// Threads that may be at work at once, and what they share: the fits of a pool, the starts of a fit, or the rows of a pass. No result depends
/// on it.
/// </summary>
internal readonly struct ThreadBudget(int threadCount)
{
    /// <summary>Cells times components and starts from which on it pays to wake threads.</summary>
    private const double MinWork = 200_000;

    /// <summary>The most threads at work.</summary>
    public int ThreadCount { get; } = threadCount;

    /// <summary>Whether passes over the rows are worth sharing, so that fits are done one after the other and each pass finds the rows in the cache, or
    /// the file of them read once.</summary>
    public bool SharesRows(IObservations rows) => (double)rows.Count * rows.Property.Count > MinWork;

    /// <summary>Whether the starts of a fit are shared: its rows are too few to be.</summary>
    public bool SharesStarts(InMemoryObservations rows, int componentCount, int startCount) =>
        ThreadCount > 1 && rows.Chunks.Count == 1 && (double)rows.Count * rows.Property.Count * componentCount * startCount >= MinWork;
}

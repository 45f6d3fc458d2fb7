using System;
using System.Collections.Generic;
using GmmTools.Numerics;

namespace GmmTools.Observations.Chunks;

/// <summary>Keeps the few rows of least density out of many that are offered; of rows of one density those that came first.</summary>
internal sealed class LeastProbableRows
{
    /// <summary>In increasing order; few are wanted.</summary>
    private readonly List<(double LogDensity, long Row)> _smallest;
    private readonly int _count;

    /// <param name="count">How many rows are wanted.</param>
    public LeastProbableRows(int count)
    {
        _count = count;
        _smallest = new List<(double LogDensity, long Row)>(count + 1);
    }

    /// <summary>The rows kept, the least probable first.</summary>
    public IReadOnlyList<(double LogDensity, long Row)> Rows => _smallest;

    /// <summary>Searches pieces of a table on several threads. The pieces are dealt by their number alone and what is found is merged in their order, so
    /// that the result does not depend on the number of threads.</summary>
    /// <param name="pieceCount">Number of pieces.</param>
    /// <param name="count">How many rows are wanted.</param>
    /// <param name="threadCount">The most threads to use.</param>
    /// <param name="createScan">Creates what offers the rows of one piece after the other, for one thread.</param>
    public static LeastProbableRows Search(int pieceCount, int count, int threadCount, Func<ILeastProbableScan> createScan)
    {
        LeastProbableRows[] found = new LeastProbableRows[ChunkLayout.ItemCount(pieceCount, count)];
        using WorkerTeam team = new(Math.Min(threadCount, found.Length));
        ILeastProbableScan?[] scans = new ILeastProbableScan?[team.ThreadCount];
        try
        {
            team.Run(found.Length, (thread, item) =>
            {
                found[item] = new LeastProbableRows(count);
                ILeastProbableScan scan = scans[thread] ??= createScan();
                int end = (int)((long)pieceCount * (item + 1) / found.Length);
                for (int piece = (int)((long)pieceCount * item / found.Length); piece < end; piece++)
                {
                    scan.Offer(piece, found[item]);
                }
            });
        }
        finally
        {
            Array.ForEach(scans, scan => scan?.Dispose());
        }

        for (int item = 1; item < found.Length; item++)
        {
            found[0].Merge(found[item]);
        }

        return found[0];
    }

    /// <summary>Offers a row.</summary>
    public void Offer(double logDensity, long row)
    {
        if (_smallest.Count == _count && !(logDensity < _smallest[_smallest.Count - 1].LogDensity))
        {
            return;
        }

        int place = _smallest.FindIndex(entry => entry.LogDensity > logDensity);
        _smallest.Insert(place < 0 ? _smallest.Count : place, (logDensity, row));
        if (_smallest.Count > _count)
        {
            _smallest.RemoveAt(_smallest.Count - 1);
        }
    }

    private void Merge(LeastProbableRows later)
    {
        foreach ((double logDensity, long row) in later._smallest)
        {
            Offer(logDensity, row);
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Numerics;

namespace GmmTools.Observations.Chunks;

/// <summary>Keeps the few rows of least density out of many that are offered; of rows of one density those that came first.</summary>
internal sealed class LeastProbableRows
{
    /// <summary>As many rows are kept beyond those that are wanted, or this many, before all are sorted and the rest is dropped.</summary>
    private const int MinBeyond = 64;

    private readonly int _count;
    private readonly int _most;
    private List<(double LogDensity, long Row)> _kept;
    private double _bound = double.PositiveInfinity;

    /// <param name="count">How many rows are wanted.</param>
    public LeastProbableRows(int count)
    {
        _count = count;
        _most = count + Math.Max(count, MinBeyond);
        _kept = [];
    }

    /// <summary>The rows kept, the least probable first.</summary>
    public IReadOnlyList<(double LogDensity, long Row)> Rows
    {
        get
        {
            Drop();
            return _kept;
        }
    }

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
        if (_kept.Count >= _count && !(logDensity < _bound))
        {
            return;
        }

        _kept.Add((logDensity, row));
        if (_kept.Count == _most)
        {
            Drop();
        }
    }

    /// <summary>Sorts, so that of rows of one density the first comes first, and drops those that are too many.</summary>
    private void Drop()
    {
        _kept = [.. _kept.OrderBy(entry => double.IsNaN(entry.LogDensity) ? double.PositiveInfinity : entry.LogDensity).Take(_count)];
        if (_kept.Count == _count)
        {
            _bound = _kept[_count - 1].LogDensity;
        }
    }

    private void Merge(LeastProbableRows later)
    {
        foreach ((double logDensity, long row) in later.Rows)
        {
            Offer(logDensity, row);
        }
    }
}

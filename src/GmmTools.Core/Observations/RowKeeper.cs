using System;
using System.Collections.Generic;
using System.IO;
using GmmTools.Numerics;
using GmmTools.Observations.Chunks;

namespace GmmTools.Observations;

/// <summary>Keeps rows that were checked, 8 bytes per cell: in memory, or where the storage says so in a file.</summary>
internal sealed class RowKeeper
{
    private const int FirstCapacity = 256;

    private readonly string[] _property;
    private readonly int _rowsPerChunk;
    private readonly bool _weighted;
    private readonly RowStorage? _storage;
    private readonly ChunkFiller _filler;
    private readonly List<RowChunk> _chunks = [];
    private ColumnStore? _store;

    /// <param name="property">Names of the d columns.</param>
    /// <param name="weighted">Whether rows carry weights.</param>
    /// <param name="storage">Where the rows are kept; null for memory.</param>
    /// <param name="rowsPerChunk">Rows of a chunk; null for as many as suit.</param>
    /// <param name="firstCapacity">Rows that there is room for at first.</param>
    public RowKeeper(string[] property, bool weighted, RowStorage? storage = null, int? rowsPerChunk = null, int firstCapacity = FirstCapacity)
    {
        _property = property;
        _weighted = weighted;
        _storage = storage;
        _rowsPerChunk = rowsPerChunk ?? ChunkLayout.RowsPerChunk(property.Length);
        _filler = new ChunkFiller(property.Length, _rowsPerChunk, firstCapacity, weighted);
    }

    /// <summary>Number of rows so far.</summary>
    public long Count { get; private set; }

    /// <summary>Keeps a row of finite numbers and a weight above 0.</summary>
    public void Add(double[] row, double weight)
    {
        _filler.Add(row, weight);
        Accept(1);
    }

    /// <summary>Keeps some cells of a row.</summary>
    public void Add(double[] row, int[] columns, double weight)
    {
        _filler.Add(row, columns, weight);
        Accept(1);
    }

    /// <summary>Keeps rows that lie one after the other; each counts once.</summary>
    public void AddRows(double[] rows, int count)
    {
        for (int done = 0; done < count;)
        {
            done += Accept(_filler.AddRows(rows, done, count));
        }
    }

    /// <summary>Keeps rows that are given by columns; each counts once.</summary>
    public void AddColumns(double[][] columns, int count)
    {
        for (int done = 0; done < count;)
        {
            done += Accept(_filler.AddColumns(columns, done, count));
        }
    }

    /// <summary>The table in memory; the keeper is empty afterwards.</summary>
    /// <exception cref="InvalidObservationException">There are no rows (NoRows).</exception>
    public InMemoryObservations Build() => (InMemoryObservations)BuildAnywhere();

    /// <summary>The table, in memory or in a file as the storage says; the keeper is empty afterwards.</summary>
    /// <exception cref="InvalidObservationException">There are no rows (NoRows).</exception>
    /// <exception cref="RowStorageException">The file cannot be written.</exception>
    public ChunkedObservations BuildAnywhere()
    {
        if (Count == 0)
        {
            throw new InvalidObservationException("NoRows", RowChecks.NoRows);
        }

        if (_filler.Count > 0)
        {
            Keep(_filler.Take());
        }

        Guard(_store is null ? null : _store.Complete);
        ChunkedObservations observations = _store is null
            ? new InMemoryObservations(_property, [.. _chunks])
            : new MappedObservations(_property, _store);
        _chunks.Clear();
        Count = 0;
        return observations;
    }

    private int Accept(int taken)
    {
        Count += taken;
        if (_filler.IsFull)
        {
            Keep(_filler.Take());
        }

        return taken;
    }

    private void Keep(RowChunk chunk)
    {
        long bytes = (chunk.Values.Length + (long)(chunk.Weights?.Length ?? 0)) * sizeof(double);
        if (_store is null && _storage?.TryKeep(bytes) == false)
        {
            Spill(_storage);
        }

        if (_store is null)
        {
            _chunks.Add(chunk);
        }
        else
        {
            Guard(() => _store.Append(chunk));
        }
    }

    /// <summary>Moves what is in memory to a file.</summary>
    private void Spill(RowStorage storage)
    {
        _store = storage.CreateStore(_property.Length, _rowsPerChunk, _weighted);
        foreach (RowChunk chunk in _chunks)
        {
            Guard(() => _store.Append(chunk));
        }

        _chunks.Clear();
        _chunks.Capacity = 0;
    }

    private void Guard(Action? write)
    {
        try
        {
            write?.Invoke();
        }
        catch (IOException exception)
        {
            throw _storage!.Failure(exception);
        }
    }
}

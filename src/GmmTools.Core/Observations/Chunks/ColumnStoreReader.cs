using System;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using GmmTools.Numerics;

namespace GmmTools.Observations.Chunks;

/// <summary>
/// Gives one thread the chunks of a store. A window of some chunks is mapped at a time, so that little of the file counts as memory of
/// the process; a chunk is copied from there to where the second-level cache keeps it, as kernels expect arrays.
/// </summary>
internal sealed class ColumnStoreReader : IChunkReader
{
    private const int WindowBytes = 1 << 22;

    private readonly ColumnStore _store;
    private readonly int _dimension;
    private readonly int _windowChunks;
    private RowChunk? _chunk;
    private MemoryMappedViewAccessor? _window;
    private IntPtr _start;
    private int _first;
    private int _end;

    public ColumnStoreReader(ColumnStore store, int dimension)
    {
        _store = store;
        _dimension = dimension;
        _windowChunks = Math.Max(1, WindowBytes / store.ChunkBytes);
    }

    public RowChunk Read(int index)
    {
        if (index < _first || index >= _end)
        {
            MoveWindow(index);
        }

        int count = _store.RowCount(index);
        if (_chunk?.Count != count)
        {
            _chunk = new RowChunk(new double[count * _dimension], count, _store.IsWeighted ? new double[count] : null);
        }

        IntPtr values = Offset(_start, (long)(index - _first) * _store.ChunkBytes);
        Marshal.Copy(values, _chunk.Values, 0, _chunk.Values.Length);
        if (_chunk.Weights is not null)
        {
            Marshal.Copy(Offset(values, (long)_chunk.Values.Length * sizeof(double)), _chunk.Weights, 0, count);
        }

        return _chunk;
    }

    public void Dispose()
    {
        if (_window is not null)
        {
            _window.SafeMemoryMappedViewHandle.ReleasePointer();
            _window.Dispose();
            _window = null;
            _end = _first;
        }
    }

    private static IntPtr Offset(IntPtr start, long bytes) => new(start.ToInt64() + bytes);

    /// <summary>Maps the window that begins with a chunk: items of work go through chunks in order.</summary>
    private unsafe void MoveWindow(int index)
    {
        Dispose();
        long offset = (long)index * _store.ChunkBytes;
        _window = _store.Map(offset, Math.Min((long)_windowChunks * _store.ChunkBytes, _store.Length - offset));
        byte* pointer = null;
        _window.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        _start = new IntPtr(pointer + _window.PointerOffset);
        _first = index;
        _end = Math.Min(_store.ChunkCount, index + _windowChunks);
    }
}

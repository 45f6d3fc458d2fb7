using System;
using System.IO;
using System.IO.MemoryMappedFiles;
using System.Threading;
using GmmTools.Numerics;

namespace GmmTools.Observations.Chunks;

/// <summary>
/// Chunks of rows in a temporary file, one after the other: the columns of a chunk, then its weights, 8 bytes a number. The file is
/// gone when the store is disposed of and when the process ends, however it ends.
/// </summary>
internal sealed class ColumnStore : IChunkSource, IDisposable
{
    private readonly FileStream _file;
    private readonly Stream _target;
    private readonly int _dimension;
    private readonly byte[] _bytes;
    private MemoryMappedFile? _map;

    /// <param name="folder">Where the file is to be.</param>
    /// <param name="dimension">Number of columns.</param>
    /// <param name="rowsPerChunk">Rows of all chunks but the last.</param>
    /// <param name="weighted">Whether rows carry weights.</param>
    /// <param name="wrap">Comes between the store and its file, for tests; or null.</param>
    /// <exception cref="IOException">The file cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be created.</exception>
    public ColumnStore(string folder, int dimension, int rowsPerChunk, bool weighted, Func<Stream, Stream>? wrap = null)
    {
        _dimension = dimension;
        RowsPerChunk = rowsPerChunk;
        IsWeighted = weighted;
        Totals = new RowTotals(dimension);
        _bytes = new byte[ChunkBytes];
        _file = Create(Path.Combine(folder, $"gmmtools-{Guid.NewGuid():N}.rows"));
        _target = wrap is null ? _file : wrap(_file);
    }

    public int ChunkCount { get; private set; }

    /// <inheritdoc/>
    public int RowsPerChunk { get; }

    public bool IsWeighted { get; }

    /// <summary>What is known of the rows as a whole.</summary>
    public RowTotals Totals { get; }

    /// <summary>Size of the file.</summary>
    public long Length => Totals.Count * RowBytes;

    /// <summary>Bytes that a row takes.</summary>
    public int RowBytes => (_dimension + (IsWeighted ? 1 : 0)) * sizeof(double);

    /// <summary>Bytes that a chunk takes.</summary>
    public int ChunkBytes => RowsPerChunk * RowBytes;

    /// <summary>Writes a chunk behind the others.</summary>
    /// <exception cref="IOException">The disk is full, or fails.</exception>
    public void Append(RowChunk chunk)
    {
        Buffer.BlockCopy(chunk.Values, 0, _bytes, 0, chunk.Values.Length * sizeof(double));
        if (chunk.Weights is not null)
        {
            Buffer.BlockCopy(chunk.Weights, 0, _bytes, chunk.Values.Length * sizeof(double), chunk.Count * sizeof(double));
        }

        _target.Write(_bytes, 0, chunk.Count * RowBytes);
        Totals.Add(chunk);
        ChunkCount++;
    }

    /// <summary>Ends the writing; the chunks may be read now.</summary>
    /// <exception cref="IOException">The disk is full, or fails.</exception>
    public void Complete()
    {
        _target.Flush();
        _map = MemoryMappedFile.CreateFromFile(
            _file, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
    }

    /// <summary>Number of rows in a chunk.</summary>
    public int RowCount(int chunk) => (int)Math.Min(RowsPerChunk, Totals.Count - ((long)chunk * RowsPerChunk));

    /// <summary>Maps part of the file.</summary>
    public MemoryMappedViewAccessor Map(long offset, long length) =>
        (_map ?? throw new ObjectDisposedException(nameof(ColumnStore))).CreateViewAccessor(offset, length, MemoryMappedFileAccess.Read);

    public IChunkReader Open() => new ColumnStoreReader(this, _dimension);

    /// <summary>Removes the file.</summary>
    public void Dispose()
    {
        Interlocked.Exchange(ref _map, null)?.Dispose();
        try
        {
            _target.Dispose();
        }
        catch (IOException)
        {
            // what could not be written is not wanted any more
        }
        finally
        {
            _file.Dispose();
        }
    }

    private static FileStream Create(string path)
    {
        // nothing is buffered: chunks are large enough
        const int NoBuffer = 1;
        bool unix = Path.DirectorySeparatorChar == '/';
        FileStream file = new(
            path,
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            NoBuffer,
            unix ? FileOptions.None : FileOptions.DeleteOnClose);
        if (unix)
        {
            // the file lives on without a name, until the last handle is closed: by a kill as well
            DeleteOrClose(path, file);
        }

        return file;
    }

    private static void DeleteOrClose(string path, FileStream file)
    {
        try
        {
            File.Delete(path);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}

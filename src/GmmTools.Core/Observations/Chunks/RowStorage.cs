using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using GmmTools.Files;

namespace GmmTools.Observations.Chunks;

/// <summary>
/// Where the rows of one table are kept: in memory up to a limit, beyond it in a temporary file. The rows and all that follows from
/// them do not depend on it. It owns the file: dispose of it when the rows are no longer needed.
/// </summary>
public sealed class RowStorage : IDisposable
{
    private readonly object _gate = new();
    private readonly string? _folder;
    private ColumnStore? _store;
    private readonly RowStorage _budget;
    private readonly List<RowStorage> _beside = [];
    private long _bytes;
    private long _bytesInAll;
    private bool _hasGaps;
    private bool _disposed;

    /// <summary>Prepares to keep rows.</summary>
    /// <param name="memoryLimit">The most bytes that rows may take in memory.</param>
    /// <param name="folder">Where the temporary file is to be; null for the system's folder of such files.</param>
    public RowStorage(long memoryLimit, string? folder = null)
    {
        MemoryLimit = memoryLimit;
        _folder = folder;
        FreeDisk = FindFreeDisk;
        _budget = this;
    }

    private RowStorage(RowStorage budget)
        : this(budget.MemoryLimit, budget._folder)
    {
        _budget = budget;
        FreeDisk = budget.FreeDisk;
        Wrap = budget.Wrap;
    }

    /// <summary>The most bytes that rows may take in memory.</summary>
    public long MemoryLimit { get; }

    /// <summary>The folder of the temporary file.</summary>
    public string Folder => _folder ?? Path.GetTempPath();

    /// <summary>Size of the temporary files in bytes; 0 when there are none.</summary>
    public long FileLength => (_store?.Length ?? 0) + _beside.Sum(storage => storage.FileLength);

    /// <summary>Says that a temporary file is used and why; null when there is none.</summary>
    public string? Summary => _store is null ? null : string.Format(
        CultureInfo.InvariantCulture,
        "{0} kept in a temporary file of {1} in '{2}' because they exceed the memory limit of {3}.",
        Counted.Of(_store.Totals.Count, "row", "is", "are"),
        ByteText.Describe(_store.Length),
        Folder,
        ByteText.Describe(MemoryLimit));

    /// <summary>What part of the source has been read, above 0 and up to 1, where that is known: to foresee the size of the file; or
    /// null.</summary>
    public Func<double?>? ShareRead { get; set; }

    /// <summary>Bytes that are free on the disk, or null where the system does not say; tests replace it.</summary>
    internal Func<long?> FreeDisk { get; set; }

    /// <summary>Comes between the store and its file, for tests.</summary>
    internal Func<Stream, Stream>? Wrap { get; set; }

    /// <summary>Room for a second table that goes with the rows, such as responsibilities to start from: under the same memory limit, in a
    /// temporary file of its own beyond it, and removed with this one.</summary>
    /// <returns>The storage of the second table.</returns>
    public RowStorage Beside()
    {
        RowStorage storage = new(this);
        lock (_gate)
        {
            _beside.Add(storage);
        }

        return storage;
    }

    /// <summary>Removes the temporary files.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _store?.Dispose();
            _beside.ForEach(storage => storage.Dispose());
        }
    }

    /// <summary>Half of the memory that is free now; 1 GiB where the system does not say.</summary>
    /// <returns>Bytes.</returns>
    public static long DefaultMemoryLimit() => (FreeMemory.Find() ?? 1L << 31) / 2;

    /// <summary>Counts rows that are to be kept.</summary>
    /// <param name="bytes">Their size.</param>
    /// <returns>Whether they, and those before them, may stay in memory.</returns>
    /// <exception cref="RowStorageException">They may not, and have gaps (GapsBeyondMemory).</exception>
    internal bool TryKeep(long bytes)
    {
        _bytes += bytes;
        _budget._bytesInAll += bytes;
        return _budget._bytesInAll <= MemoryLimit || (_hasGaps ? throw GapsError() : false);
    }

    /// <summary>Says that there are rows with gaps, which are kept in memory only.</summary>
    /// <exception cref="RowStorageException">There are rows in a file already (GapsBeyondMemory).</exception>
    internal void NoteGaps()
    {
        _hasGaps = true;
        if (_store is not null)
        {
            throw GapsError();
        }
    }

    /// <summary>Creates the temporary file.</summary>
    /// <exception cref="RowStorageException">It cannot be created (TemporaryFileFailed), or has no room (DiskFull).</exception>
    internal ColumnStore CreateStore(int dimension, int rowsPerChunk, bool weighted)
    {
        try
        {
            CheckRoom();
            ColumnStore store = new(Folder, dimension, rowsPerChunk, weighted, Wrap);
            Own(store);

            // what goes into the file takes no memory from others
            _budget._bytesInAll -= _bytes;
            return store;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failure(exception);
        }
    }

    /// <summary>The error for a file that cannot be written.</summary>
    internal RowStorageException Failure(Exception exception)
    {
        string need = ByteText.Describe(Math.Max(_bytes, _store?.Length ?? 0));
        return DiskFailure.IsFull(exception)
            ? new RowStorageException(
                "DiskFull",
                FormattableString.Invariant($"The disk of '{Folder}' is full: the rows read so far need {need} in a temporary file there, and more are to come, {_store?.RowBytes} bytes each{DescribeFree()}."),
                Folder,
                exception)
            { Remedy = MoveRows }
            : new RowStorageException(
                "TemporaryFileFailed",
                $"The rows exceed the memory limit of {ByteText.Describe(MemoryLimit)}, and cannot be kept in a temporary file of {need} or more in '{Folder}': {exception.Message}",
                Folder,
                exception)
            { Remedy = MoveRows };
    }

    /// <summary>A stop may come from another thread while rows are read.</summary>
    private void Own(ColumnStore store)
    {
        lock (_gate)
        {
            _store = store;
            if (_disposed)
            {
                store.Dispose();
                throw new ObjectDisposedException(nameof(RowStorage));
            }
        }
    }

    private RowStorageException GapsError() => new(
        "GapsBeyondMemory",
        $"The rows exceed the memory limit of {ByteText.Describe(MemoryLimit)}, and rows with missing values must be kept in memory.",
        Folder);

    /// <summary>A disk that is too small is told when the file is begun, not when the disk is full.</summary>
    private void CheckRoom()
    {
        bool foreseen = ShareRead?.Invoke() is > 0 and <= 1;
        long need = foreseen ? (long)(_bytes / ShareRead!()!.Value) : _bytes;
        if (FreeDisk() is long free && free < need)
        {
            throw new RowStorageException(
                "DiskFull",
                $"The rows need {(foreseen ? "about " : "more than ")}{ByteText.Describe(need)} in a temporary file, but only {ByteText.Describe(free)} are free on the disk of '{Folder}'.",
                Folder)
            { Remedy = MoveRows };
        }
    }

    private static Remedy MoveRows => new("MoveTemporaryRows");

    private string DescribeFree() => FreeDisk() is long free ? $"; {ByteText.Describe(free)} are free" : string.Empty;

    private long? FindFreeDisk()
    {
        try
        {
            return new DriveInfo(Path.GetFullPath(Folder)).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // a share of the network, say
            return null;
        }
    }
}

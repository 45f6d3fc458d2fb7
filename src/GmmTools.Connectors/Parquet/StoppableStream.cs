#if NET
using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace GmmTools.Connectors.Parquet;

/// <summary>A file whose reading ends when it is cancelled, and when a reader does not believe that the file has ended.</summary>
/// <param name="file">The file; disposed with this stream.</param>
/// <param name="cancellationToken">Stops the reading.</param>
internal sealed class StoppableStream(FileStream file, CancellationToken cancellationToken) : Stream
{
    private const int MaxReadsAtEnd = 100;

    private int _readsAtEnd;
    private long _overlayStart;
    private ReadOnlyMemory<byte> _overlay;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => file.Length;

    /// <inheritdoc/>
    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    /// <summary>Has other bytes read instead of those of the file.</summary>
    /// <param name="start">Where they begin.</param>
    /// <param name="bytes">The bytes.</param>
    public void Overlay(long start, ReadOnlyMemory<byte> bytes)
    {
        _overlayStart = start;
        _overlay = bytes;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long start = file.Position;
        int read = file.Read(buffer);
        long from = Math.Max(start, _overlayStart);
        long to = Math.Min(start + read, _overlayStart + _overlay.Length);
        if (from < to)
        {
            _overlay.Span[(int)(from - _overlayStart)..(int)(to - _overlayStart)].CopyTo(buffer[(int)(from - start)..]);
        }

        if (read == 0 && buffer.Length > 0 && ++_readsAtEnd > MaxReadsAtEnd)
        {
            throw new EndOfStreamException("It ends too early.");
        }

        return read;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer.AsSpan(offset, count)));

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }
}
#endif

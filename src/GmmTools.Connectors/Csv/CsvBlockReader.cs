#if NET
using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace GmmTools.Connectors.Csv;

/// <summary>
/// Reads a file in blocks of lines on several threads and hands the blocks over in the order of the file. The thread that asks for
/// blocks works as well. Memory is bounded: a few blocks per thread.
/// </summary>
internal sealed class CsvBlockReader : IDisposable
{
    private const int BlocksPerThread = 2;

    /// <summary>A line longer than this is left to the reader that knows what to say about it.</summary>
    private const int MaxBlockSize = 1 << 26;

    private readonly Stream _stream;
    private readonly int _blockSize;
    private readonly CancellationToken _cancellationToken;
    private readonly object _gate = new();
    private readonly Queue<CsvBlock> _claimed = [];
    private readonly Stack<CsvBlock> _free = [];
    private readonly Task[] _helpers;
    private byte[] _carried = [];
    private long _offset;
    private bool _ended;
    private CsvBlock? _handedOver;

    /// <summary>Begins to read.</summary>
    /// <param name="stream">The text, at the beginning of a row; disposed with this reader.</param>
    /// <param name="offset">Where that is, in bytes.</param>
    /// <param name="format">What the bytes mean.</param>
    /// <param name="blockSize">Bytes read at a time.</param>
    /// <param name="threadCount">The most threads to use.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public CsvBlockReader(
        Stream stream, long offset, CsvFormat format, int blockSize, int threadCount, CancellationToken cancellationToken)
    {
        _stream = stream;
        _offset = offset;
        _blockSize = blockSize;
        _cancellationToken = cancellationToken;
        for (int i = 0; i < (BlocksPerThread * threadCount) + 1; i++)
        {
            _free.Push(new CsvBlock(format));
        }

        _helpers = new Task[threadCount - 1];
        for (int i = 0; i < _helpers.Length; i++)
        {
            _helpers[i] = Task.Factory.StartNew(Help, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    /// <summary>The next block of the file, or null at its end; the one before is used anew.</summary>
    public CsvBlock? Next()
    {
        while (true)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            CsvBlock? work;
            lock (_gate)
            {
                Release();
                if (_claimed.TryPeek(out CsvBlock? first) && first.IsRead)
                {
                    return HandOver();
                }

                work = Claim();
                if (work is null)
                {
                    if (_claimed.Count == 0)
                    {
                        return null;
                    }

                    Monitor.Wait(_gate);
                    continue;
                }
            }

            Read(work);
        }
    }

    /// <summary>Ends the reading.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            Monitor.PulseAll(_gate);
        }

        Task.WaitAll(_helpers);
        _stream.Dispose();
    }

    private void Release()
    {
        if (_handedOver is not null)
        {
            _free.Push(_handedOver);
            _handedOver = null;
            Monitor.PulseAll(_gate);
        }
    }

    private CsvBlock HandOver()
    {
        _handedOver = _claimed.Dequeue();
        _handedOver.Failure?.Throw();
        return _handedOver;
    }

    private void Help()
    {
        while (true)
        {
            CsvBlock? work;
            lock (_gate)
            {
                work = Claim();
                if (work is null)
                {
                    if (_ended)
                    {
                        return;
                    }

                    Monitor.Wait(_gate);
                    continue;
                }
            }

            Read(work);
        }
    }

    private void Read(CsvBlock block)
    {
        try
        {
            if (block.IsRegular)
            {
                block.Read();
            }
        }
        catch (Exception exception)
        {
            block.Failure = ExceptionDispatchInfo.Capture(exception);
        }

        lock (_gate)
        {
            block.IsRead = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>The next lines of the file, not yet read; null when there are none or too many are under way.</summary>
    private CsvBlock? Claim()
    {
        if (_ended || _free.Count == 0)
        {
            return null;
        }

        CsvBlock block = _free.Pop();
        block.IsRead = false;
        block.IsRegular = true;
        try
        {
            _cancellationToken.ThrowIfCancellationRequested();
            Fill(block);
        }
        catch (Exception exception)
        {
            // whoever asks for the blocks is told, in their order
            block.Failure = ExceptionDispatchInfo.Capture(exception);
            block.IsRegular = false;
            _ended = true;
        }

        if (block.Length == 0 && block.Failure is null)
        {
            _ended = true;
            Monitor.PulseAll(_gate);
            return null;
        }

        _claimed.Enqueue(block);
        return block;
    }

    /// <summary>Whole lines; what follows the last line end is carried over to the next block.</summary>
    private void Fill(CsvBlock block)
    {
        if (block.Bytes.Length < _blockSize)
        {
            block.Bytes = new byte[_blockSize];
        }

        int length = 0;
        Append(block, _carried, ref length);
        _carried = [];
        int end = -1;
        while (end < 0)
        {
            if (length == block.Bytes.Length)
            {
                byte[] bytes = block.Bytes;
                Array.Resize(ref bytes, length * 2);
                block.Bytes = bytes;
            }

            int wanted = block.Bytes.Length - length;
            int read = _stream.ReadAtLeast(block.Bytes.AsSpan(length), wanted, throwOnEndOfStream: false);
            length += read;
            bool last = read < wanted;
            end = last ? length : block.Bytes.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
            if (end == 0 && !last)
            {
                end = -1;
                if (length >= MaxBlockSize)
                {
                    block.IsRegular = false;
                    end = length;
                }
            }
        }

        _carried = block.Bytes.AsSpan(end, length - end).ToArray();
        block.Length = end;
        block.Offset = _offset;
        _offset += end;
    }

    private static void Append(CsvBlock block, byte[] carried, ref int length)
    {
        if (carried.Length > block.Bytes.Length)
        {
            block.Bytes = new byte[carried.Length * 2];
        }

        carried.CopyTo(block.Bytes, length);
        length += carried.Length;
    }
}
#endif

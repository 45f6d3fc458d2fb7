#if NET
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace GmmTools.Connectors.Parquet;

/// <summary>Reads the row groups of a file on several threads, each with a reader of its own, and gives them in order.</summary>
internal sealed class ParquetRowReader : IDisposable
{
    private readonly string _path;
    private readonly int[] _columns;
    private readonly int[] _extra;
    private readonly int _groupCount;
    private readonly int _threadCount;
    private readonly CancellationTokenSource _stop;
    private readonly ConcurrentBag<ParquetFile> _files = [];
    private readonly Queue<Task<ParquetRows>> _running = [];

    /// <summary>Columns to be used anew: large arrays cost more to make than to fill.</summary>
    private readonly ConcurrentBag<double[][]> _free = [];
    private ParquetRows? _handedOver;
    private int _next;

    /// <summary>Begins to read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">The columns wanted, all numeric.</param>
    /// <param name="extra">Columns of text or numbers that are wanted as they are.</param>
    /// <param name="groupCount">Number of row groups.</param>
    /// <param name="threadCount">The most threads to use.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public ParquetRowReader(
        string path, int[] columns, int[] extra, int groupCount, int threadCount, CancellationToken cancellationToken)
    {
        _path = path;
        _columns = columns;
        _extra = extra;
        _groupCount = groupCount;
        _threadCount = threadCount;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>The next row group, or null after the last; the one before is used anew.</summary>
    public ParquetRows? Next()
    {
        if (_handedOver is not null)
        {
            _free.Add(_handedOver.Columns);
        }

        while (_next < _groupCount && _running.Count < _threadCount)
        {
            int group = _next++;
            _running.Enqueue(Task.Run(() => Read(group), CancellationToken.None));
        }

        _handedOver = _running.TryDequeue(out Task<ParquetRows>? first) ? first.GetAwaiter().GetResult() : null;
        return _handedOver;
    }

    /// <summary>Ends the reading.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        foreach (Task<ParquetRows> task in _running)
        {
            // what goes wrong now is of no interest any more
            ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
            _ = task.Exception;
        }

        foreach (ParquetFile file in _files)
        {
            file.Dispose();
        }

        _stop.Dispose();
    }

    private ParquetRows Read(int group)
    {
        _stop.Token.ThrowIfCancellationRequested();
        ParquetFile file = _files.TryTake(out ParquetFile? free) ? free : ParquetFile.Open(_path, _stop.Token);
        try
        {
            double[][] numbers = _free.TryTake(out double[][]? used) ? used : new double[_columns.Length][];
            return file.ReadRows(group, _columns, _extra, numbers, _stop.Token);
        }
        finally
        {
            _files.Add(file);
        }
    }
}
#endif

using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GmmTools.Connectors.Parquet;
using GmmTools.Files;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Sampling;

namespace GmmTools.Connectors.Samples;

/// <summary>
/// Writes rows drawn from a mixture to a file, CSV, compressed CSV or (net10.0 only) Parquet by the extension. Blocks of rows are drawn and formatted
/// on several threads and written in order; the file is the same for any number of them.
/// </summary>
public sealed class SampleFile
{
    private const string CompressedExtension = ".gz";

    /// <summary>Formats of tables that text in a file so named would be taken for.</summary>
    private static readonly string[] OtherFormats =
        [".xlsx", ".xlsm", ".xls", ".ods", ".json", ".zip", ".parquet.gz", ".feather", ".arrow", ".orc", ".avro", ".npy", ".rds", ".sqlite", ".db"];

    private readonly GaussianMixture _mixture;
    private readonly ulong _seed;
    private readonly bool _includesComponent;

    /// <summary>Prepares to write.</summary>
    /// <param name="mixture">The mixture; its columns are those of the file.</param>
    /// <param name="seed">Seed; the same seed gives the same rows.</param>
    /// <param name="componentColumn">Name of a column for the component that a row was drawn from, or null for none.</param>
    public SampleFile(GaussianMixture mixture, ulong seed, string? componentColumn)
    {
        _mixture = mixture;
        _seed = seed;
        _includesComponent = componentColumn is not null;
        Columns = componentColumn is null ? mixture.Property : [.. mixture.Property, componentColumn];
    }

    /// <summary>Names of the columns of the file.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The most threads to use.</summary>
    public int ThreadCount { get; set; } = Environment.ProcessorCount;

    /// <summary>Writes the rows. An existing file is replaced when all is written, or not at all; devices and pipes are written through.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="rowsWritten">Called every few thousand rows with the number of rows so far, on this thread; or null.</param>
    /// <param name="cancellationToken">Stops the writing; nothing is left behind.</param>
    /// <exception cref="InvalidObservationException">ParquetNotSupported, UnknownFileFormat.</exception>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Write(string path, long count, Action<long>? rowsWritten, CancellationToken cancellationToken)
    {
        RequireExtension(path);
        OutputFile.Write(path, stream =>
        {
            if (!path.EndsWith(CompressedExtension, StringComparison.OrdinalIgnoreCase))
            {
                Write(Create(path, stream), count, rowsWritten, cancellationToken);
                return;
            }

            using GZipStream compressed = new(stream, CompressionLevel.Fastest, leaveOpen: true);
            Write(new CsvSampleWriter(compressed, Columns), count, rowsWritten, cancellationToken);
        });
    }

    private static void RequireExtension(string path)
    {
        string? format = OtherFormats.FirstOrDefault(extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
        if (format is not null)
        {
            throw new InvalidObservationException(
                "UnknownFileFormat",
                $"'{path}' has the extension of a format that cannot be written ({format}). Use .csv, .csv.gz or .parquet.",
                offendingValue: path);
        }
    }

    private void Write(ISampleWriter writer, long count, Action<long>? rowsWritten, CancellationToken cancellationToken)
    {
        using (writer)
        {
            WriteBlocks(writer, count, rowsWritten, cancellationToken);
            writer.Complete();
        }
    }

    private ISampleWriter Create(string path, Stream stream) =>
        ParquetFormat.HasExtension(path) ? CreateParquet(path, stream) : new CsvSampleWriter(stream, Columns);

#if NET
    private ParquetSampleWriter CreateParquet(string path, Stream stream) => new(stream, Columns, _mixture.Dimension);
#else
    private static ISampleWriter CreateParquet(string path, Stream stream) => throw new InvalidObservationException(
        "ParquetNotSupported",
        $"'{path}' would be a Parquet file, which only the engine for .NET 10 writes. Use PowerShell 7.6 or later, or write CSV.",
        offendingValue: path);
#endif

    private void WriteBlocks(ISampleWriter writer, long count, Action<long>? rowsWritten, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Queue<Task<SampleBlock>> running = [];
        try
        {
            long drawn = 0;
            long written = 0;
            while (written < count)
            {
                while (drawn < count && running.Count < ThreadCount + 1)
                {
                    long first = drawn;
                    int rows = (int)Math.Min(writer.BlockRows, count - first);
                    running.Enqueue(Task.Run(() => Draw(writer, first, rows, stop.Token), CancellationToken.None));
                    drawn += rows;
                }

                cancellationToken.ThrowIfCancellationRequested();
                SampleBlock block = running.Dequeue().GetAwaiter().GetResult();
                writer.Write(block);
                written += block.Count;
                rowsWritten?.Invoke(written);
            }
        }
        finally
        {
            stop.Cancel();
            foreach (Task<SampleBlock> task in running)
            {
                // what goes wrong now is of no interest any more
                ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
                _ = task.Exception;
            }
        }
    }

    private SampleBlock Draw(ISampleWriter writer, long first, int rows, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        double[] values = new double[rows * _mixture.Dimension];
        int[]? components = _includesComponent ? new int[rows] : null;
        new MixtureSampler(_mixture, _seed).Draw(first, rows, values, components);
        SampleBlock block = new(values, components, rows);
        writer.Format(block);
        return block;
    }
}

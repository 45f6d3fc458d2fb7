#if NET
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GmmTools.Observations;
using Parquet;
using Parquet.Schema;

namespace GmmTools.Connectors.Parquet;

/// <summary>One open Parquet file. All that goes wrong names the file. Not for use from several threads at once.</summary>
internal sealed class ParquetFile : IDisposable
{
    private readonly string _path;
    private readonly ParquetReader _reader;
    private readonly DataField[] _fields;
    private readonly IReadOnlyList<ParquetLeaf> _leaves;

    private readonly Stream _stream;
    private readonly ParquetFooter _footer;

    private ParquetFile(string path, Stream stream, ParquetFooter footer, ParquetReader reader)
    {
        _path = path;
        _stream = stream;
        _footer = footer;
        _reader = reader;
        _fields = reader.Schema.GetDataFields();
        _leaves = footer.Leaves;
        if (_leaves.Count != _fields.Length)
        {
            throw new InvalidDataException("Its columns are not fully described.");
        }
    }

    /// <summary>Names of the columns; those within others have the names of these before their own.</summary>
    public string[] Header => [.. _fields.Select(column => column.Path.ToString())];

    /// <summary>Number of row groups.</summary>
    public int RowGroupCount => _reader.RowGroupCount;

    /// <summary>Opens a file and reads what it says about itself.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops every reading of it.</param>
    public static ParquetFile Open(string path, CancellationToken cancellationToken) => FileGuard.Read(path, () =>
    {
        StoppableStream stream = new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), cancellationToken);
        try
        {
            return Read(path, async () =>
            {
                ParquetFooter footer = ParquetFooter.Read(stream);
                stream.Overlay(footer.Start, footer.ReadableBytes);
                stream.Position = 0;
                return new ParquetFile(path, stream, footer, await ParquetReader.CreateAsync(stream, null, false).ConfigureAwait(false));
            });
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    });

    /// <summary>Whether a column holds numbers, one per row.</summary>
    /// <param name="column">Index into <see cref="Header"/>.</param>
    public bool IsNumeric(int column) => IsCell(column) && FindReader(column) is not null;

    /// <summary>Whether a column is of an unknown type.</summary>
    /// <param name="column">Index into <see cref="Header"/>.</param>
    public bool IsUnknown(int column) => _leaves[column] == ParquetLeaf.Unknown;

    /// <summary>Whether a column holds text, numbers or truth values, one per row.</summary>
    /// <param name="column">Index into <see cref="Header"/>.</param>
    public bool IsPlain(int column) =>
        IsNumeric(column) || (IsCell(column) && !IsUnknown(column) && (IsText(_fields[column]) || IsTruth(_fields[column])));

    /// <summary>The error for a column that holds something else.</summary>
    /// <param name="column">Index into <see cref="Header"/>.</param>
    public InvalidObservationException ErrorFor(int column) => new(
        "TextInNumericColumn",
        $"'{_path}', column '{Header[column]}' holds {Describe(column)}, "
            + "not numbers.",
        column: Header[column],
        offendingValue: _path)
    { Remedy = new Remedy("ChooseNumericColumns") };

    /// <summary>The error for a column whose cells cannot go with rows.</summary>
    /// <param name="column">Index into <see cref="Header"/>.</param>
    public InvalidObservationException ErrorForExtra(int column) => new(
        "UnsuitableColumn",
        $"'{_path}', column '{Header[column]}' holds neither text nor numbers. Choose another column.",
        column: Header[column],
        offendingValue: _path);

    /// <summary>Reads one row group.</summary>
    /// <param name="group">Its number, from 0.</param>
    /// <param name="columns">The columns wanted, all numeric.</param>
    /// <param name="extra">Further columns wanted, all plain.</param>
    /// <param name="numbers">One array per column; those too short, or null, are replaced.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public ParquetRows ReadRows(
        int group, int[] columns, int[] extra, double[][] numbers, CancellationToken cancellationToken) => Read(_path, async () =>
    {
        using ParquetRowGroupReader reader = _reader.OpenRowGroupReader(group);
        int count = checked((int)reader.RowCount);
        CheckPages(group, [.. columns, .. extra], count);
        for (int j = 0; j < columns.Length; j++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            DataField field = _fields[columns[j]];
            if (numbers[j] is null || numbers[j].Length < count)
            {
                numbers[j] = GC.AllocateUninitializedArray<double>(count);
            }

            await FindReader(columns[j])!(reader, field, numbers[j].AsMemory(0, count)).ConfigureAwait(false);
        }

        object?[][] cells = new object?[extra.Length][];
        for (int i = 0; i < extra.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            cells[i] = await ReadCells(reader, extra[i], count).ConfigureAwait(false);
        }

        return new ParquetRows(numbers, cells, count);
    });

    /// <summary>Closes the file.</summary>
    public void Dispose() => _reader.DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>The columns are plain, so that they have a cell for each row.</summary>
    private void CheckPages(int group, int[] columns, int count)
    {
        foreach (ColumnChunk chunk in columns.Select(column => _footer.Groups[group][column]))
        {
            if (chunk.CellCount != count)
            {
                throw new InvalidDataException($"A column has {Counted.Of(chunk.CellCount, "cell")}, but its row group has {Counted.Of(count, "row")}.");
            }

            ParquetPages.Check(_stream, chunk);
        }
    }

    private static T Read<T>(string path, Func<Task<T>> read)
    {
        try
        {
            return read().GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException or UnauthorizedAccessException))
        {
            // the library tells damage by whatever it stumbles over
            throw new InvalidObservationException(
                "MalformedParquet",
                $"'{path}' cannot be read as a Parquet file: {exception.Message} Write the file again, or use CSV.",
                offendingValue: path,
                innerException: exception);
        }
    }

    private static bool IsText(DataField field) => field.ClrType == typeof(ReadOnlyMemory<char>) || field.ClrType == typeof(string);

    private static bool IsTruth(DataField field) => field.ClrType == typeof(bool);

    /// <summary>The cells of a plain column; null where there is none.</summary>
    private async Task<object?[]> ReadCells(ParquetRowGroupReader reader, int column, int count)
    {
        DataField field = _fields[column];
        if (IsText(field))
        {
            string?[] texts = new string?[count];
            await reader.ReadAsync(field, texts.AsMemory()).ConfigureAwait(false);
            return texts;
        }

        if (IsTruth(field))
        {
            return await ReadTruths(reader, field, count).ConfigureAwait(false);
        }

        double[] numbers = new double[count];
        await FindReader(column)!(reader, field, numbers).ConfigureAwait(false);
        return [.. numbers.Select(number => double.IsNaN(number) ? null : (object?)number)];
    }

    private static async Task<object?[]> ReadTruths(ParquetRowGroupReader reader, DataField field, int count)
    {
        if (field.IsNullable)
        {
            bool?[] cells = new bool?[count];
            await reader.ReadAsync<bool>(field, cells).ConfigureAwait(false);
            return [.. cells.Select(cell => (object?)cell)];
        }

        bool[] truths = new bool[count];
        await reader.ReadAsync<bool>(field, truths).ConfigureAwait(false);
        return [.. truths.Select(cell => (object?)cell)];
    }

    private bool IsCell(int column) => _fields[column] is { MaxRepetitionLevel: 0, IsArray: false };

    private string Describe(int column) => _fields[column] switch
    {
        { MaxRepetitionLevel: > 0 } => "lists",
        _ when IsUnknown(column) => "an unknown type",
        TimeDataField => "times of day",
        DateTimeDataField => "dates or times",
        DataField { ClrType.Name: var name } => name,
    };

    /// <summary>What reads the numbers of a column, NaN for null; null for a column of something else.</summary>
    private Func<ParquetRowGroupReader, DataField, Memory<double>, Task>? FindReader(int column) => _leaves[column] switch
    {
        ParquetLeaf.Half => ParquetNumbers.ReadHalves,
        ParquetLeaf.Unknown => null,
        _ => _fields[column] is TimeDataField ? null : ParquetNumbers.FindReader(_fields[column].ClrType),
    };
}
#endif

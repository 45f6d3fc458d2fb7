#if NET
using System;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Threading;
using System.Threading.Tasks;
using GmmTools.Observations;
using Parquet;
using Parquet.Schema;

namespace GmmTools.Connectors;

/// <summary>One open Parquet file. All that goes wrong names the file. Not for use from several threads at once.</summary>
internal sealed class ParquetFile : IDisposable
{
    private readonly string _path;
    private readonly ParquetReader _reader;
    private readonly DataField[] _fields;

    private ParquetFile(string path, ParquetReader reader)
    {
        _path = path;
        _reader = reader;
        _fields = reader.Schema.GetDataFields();
    }

    /// <summary>Names of the columns; those within others have the names of these before their own.</summary>
    public string[] Header => [.. _fields.Select(column => column.Path.ToString())];

    /// <summary>Number of row groups.</summary>
    public int RowGroupCount => _reader.RowGroupCount;

    /// <summary>Opens a file and reads what it says about itself.</summary>
    /// <param name="path">The file.</param>
    public static ParquetFile Open(string path) => CsvFile.Guard(path, () =>
    {
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            return Read(path, async () => new ParquetFile(path, await ParquetReader.CreateAsync(stream, null, false).ConfigureAwait(false)));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    });

    /// <summary>Whether a column holds numbers, one per row.</summary>
    /// <param name="column">Index into <see cref="Header"/>.</param>
    public bool IsNumeric(int column) => _fields[column] is { MaxRepetitionLevel: 0, IsArray: false } field && FindReader(field) is not null;

    /// <summary>Whether a column holds text, numbers or truth values, one per row.</summary>
    /// <param name="column">Index into <see cref="Header"/>.</param>
    public bool IsPlain(int column) =>
        IsNumeric(column) || (_fields[column] is { MaxRepetitionLevel: 0, IsArray: false } field && (IsText(field) || IsTruth(field)));

    /// <summary>The error for a column that holds something else.</summary>
    /// <param name="column">Index into <see cref="Header"/>.</param>
    public InvalidObservationException ErrorFor(int column) => new(
        "TextInNumericColumn",
        $"'{_path}', column '{Header[column]}' holds {(_fields[column].MaxRepetitionLevel > 0 ? "lists" : _fields[column].ClrType.Name)}, "
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
        for (int j = 0; j < columns.Length; j++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            DataField field = _fields[columns[j]];
            if (numbers[j] is null || numbers[j].Length < count)
            {
                numbers[j] = GC.AllocateUninitializedArray<double>(count);
            }

            await FindReader(field)!(reader, field, numbers[j].AsMemory(0, count)).ConfigureAwait(false);
        }

        object?[][] cells = new object?[extra.Length][];
        for (int i = 0; i < extra.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            cells[i] = await ReadCells(reader, _fields[extra[i]], count).ConfigureAwait(false);
        }

        return new ParquetRows(numbers, cells, count);
    });

    /// <summary>Closes the file.</summary>
    public void Dispose() => _reader.DisposeAsync().AsTask().GetAwaiter().GetResult();

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
                $"'{path}' cannot be read as a Parquet file: {exception.Message} Write the file anew, or give CSV.",
                offendingValue: path,
                innerException: exception);
        }
    }

    private static bool IsText(DataField field) => field.ClrType == typeof(ReadOnlyMemory<char>) || field.ClrType == typeof(string);

    private static bool IsTruth(DataField field) => field.ClrType == typeof(bool);

    /// <summary>The cells of a plain column; null where there is none.</summary>
    private static async Task<object?[]> ReadCells(ParquetRowGroupReader reader, DataField field, int count)
    {
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
        await FindReader(field)!(reader, field, numbers).ConfigureAwait(false);
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

    /// <summary>What reads the numbers of a column, NaN for null; null for a column of something else.</summary>
    private static Func<ParquetRowGroupReader, DataField, Memory<double>, Task>? FindReader(DataField field) => Type.GetTypeCode(field.ClrType) switch
    {
        TypeCode.Double => ReadDoubles,
        TypeCode.Single => ReadNumbers<float>,
        TypeCode.Decimal => ReadNumbers<decimal>,
        TypeCode.Int64 => ReadNumbers<long>,
        TypeCode.Int32 => ReadNumbers<int>,
        TypeCode.Int16 => ReadNumbers<short>,
        TypeCode.SByte => ReadNumbers<sbyte>,
        TypeCode.UInt64 => ReadNumbers<ulong>,
        TypeCode.UInt32 => ReadNumbers<uint>,
        TypeCode.UInt16 => ReadNumbers<ushort>,
        TypeCode.Byte => ReadNumbers<byte>,
        _ => null,
    };

    private static async Task ReadDoubles(ParquetRowGroupReader reader, DataField field, Memory<double> numbers)
    {
        if (field.IsNullable)
        {
            await ReadNumbers<double>(reader, field, numbers).ConfigureAwait(false);
            return;
        }

        await reader.ReadAsync(field, numbers).ConfigureAwait(false);
    }

    private static async Task ReadNumbers<T>(ParquetRowGroupReader reader, DataField field, Memory<double> numbers)
        where T : struct, INumber<T>
    {
        if (field.IsNullable)
        {
            T?[] cells = GC.AllocateUninitializedArray<T?>(numbers.Length);
            await reader.ReadAsync<T>(field, cells).ConfigureAwait(false);
            Convert(cells, numbers.Span);
        }
        else
        {
            T[] cells = GC.AllocateUninitializedArray<T>(numbers.Length);
            await reader.ReadAsync<T>(field, cells).ConfigureAwait(false);
            Convert(cells, numbers.Span);
        }
    }

    private static void Convert<T>(T?[] cells, Span<double> numbers)
        where T : struct, INumber<T>
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = cells[i] is T cell ? double.CreateChecked(cell) : double.NaN;
        }
    }

    private static void Convert<T>(T[] cells, Span<double> numbers)
        where T : struct, INumber<T>
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = double.CreateChecked(cells[i]);
        }
    }
}
#endif

#if NET
using System;
using System.Buffers.Binary;
using System.IO;
using System.Numerics;
using System.Threading.Tasks;
using Parquet;
using Parquet.Schema;

namespace GmmTools.Connectors.Parquet;

/// <summary>Reads the cells of a column as doubles, NaN for null.</summary>
internal static class ParquetNumbers
{
    /// <summary>What reads cells of a type; null when they are no numbers.</summary>
    public static Func<ParquetRowGroupReader, DataField, Memory<double>, Task>? FindReader(Type type) => Type.GetTypeCode(type) switch
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

    /// <summary>Reads numbers of half precision, which come as pairs of bytes.</summary>
    public static async Task ReadHalves(ParquetRowGroupReader reader, DataField field, Memory<double> numbers)
    {
        byte[]?[] cells = new byte[]?[numbers.Length];
        await reader.ReadAsync(field, cells.AsMemory()).ConfigureAwait(false);
        for (int i = 0; i < cells.Length; i++)
        {
            numbers.Span[i] = cells[i] switch
            {
                null => double.NaN,
                { Length: 2 } bytes => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
                _ => throw new InvalidDataException("A half-precision number in it does not have two bytes."),
            };
        }
    }

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

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GmmTools.Connectors;
using GmmTools.Observations;
using Parquet;
using Parquet.Schema;
using Xunit;

namespace GmmTools.Core.Tests.Connectors;

public sealed class ParquetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Numeric_columns_of_every_type_are_read()
    {
        string path = await Write(
            "types.parquet",
            [
                Column<double>("double", [1.5, -2]),
                Column<float>("float", [0.5f, 3]),
                Column<int>("int", [-7, int.MaxValue]),
                Column<long>("long", [-7, 1L << 40]),
                Column<short>("short", [-7, 7]),
                Column<byte>("byte", [0, 255]),
                Column<ushort>("ushort", [0, 65535]),
                Column<uint>("uint", [0, uint.MaxValue]),
                Column<ulong>("ulong", [0, 1UL << 63]),
                Column<decimal>("decimal", [1.25m, -3.5m]),
                Column<double?>("nullable", [2.5, -1]),
                Column<int?>("nullable int", [4, 5]),
                Column<bool>("bool", [true, false]),
                Column<DateTime>("date", [new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc)]),
            ]);
        InMemoryObservations observations = Read([path], new FileReadOptions());
        Assert.Equal(
            ["double", "float", "int", "long", "short", "byte", "ushort", "uint", "ulong", "decimal", "nullable", "nullable int"],
            observations.Property);
        Assert.Equal(observations.Property, FileObservationReader.ReadHeader(path));
        Assert.Equal([1.5, 0.5, -7, -7, -7, 0, 0, 0, 0, 1.25, 2.5, 4], Rows(observations)[0]);
        Assert.Equal(
            [-2, 3, int.MaxValue, 1L << 40, 7, 255, 65535, uint.MaxValue, 1UL << 63, -3.5, -1, 5], Rows(observations)[1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Row_groups_come_in_order_for_any_number_of_threads(int threads)
    {
        double[] numbers = [.. Enumerable.Range(0, 10_000).Select(i => i / 8.0)];
        string path = await Write(
            "groups.parquet", [Column<double>("x", numbers), Column<double?>("y", [.. numbers.Select(x => (double?)-x)])], 777);
        FileReadOptions options = new() { ThreadCount = threads };
        List<double[]> rows = Rows(Read([path], options));
        Assert.Equal(numbers, rows.Select(row => row[0]));
        Assert.Equal(numbers.Select(x => -x), rows.Select(row => row[1]));
    }

    [Fact]
    public async Task Chosen_columns_come_in_the_order_asked_for()
    {
        string path = await Write("order.parquet", [Column<double>("a", [1]), Column<double>("b", [2]), Column<int>("c", [3])]);
        Assert.Equal([[3, 1]], Rows(Read([path], new FileReadOptions { Property = ["C", "*"], ExcludeProperty = ["b"] })));
        InvalidObservationException error = Error(() => Read([path], new FileReadOptions { Property = ["aa"] }));
        Assert.Equal("UnknownProperty", error.ErrorId);
        Assert.Contains("Did you mean 'a'?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Null_and_NaN_are_missing_and_infinity_is_infinite()
    {
        double?[] cells = [.. Enumerable.Range(0, 100).Select(i => (double?)i)];
        foreach ((double? cell, string errorId) in new (double?, string)[] { (null, "MissingValue"), (double.NaN, "MissingValue"), (double.PositiveInfinity, "InfiniteValue") })
        {
            cells[61] = cell;
            string path = await Write($"{errorId}{cell}.parquet", [Column<int>("x", [.. Enumerable.Range(0, 100)]), Column<double?>("y", cells)], 30);
            InvalidObservationException error = Error(() => Read([path], new FileReadOptions()));
            Assert.Equal(errorId, error.ErrorId);
            Assert.Equal(62, error.Row);
            Assert.Equal("y", error.Column);
            Assert.Contains($"Row 62 of '{path}'", error.Message, StringComparison.Ordinal);
            Assert.Equal(100, Read([path], new FileReadOptions { Property = ["x"] }).Count);
        }
    }

    [Fact]
    public async Task A_column_of_something_else_is_told()
    {
        string path = await Write("bool.parquet", [Column<double>("x", [1]), Column<bool>("flag", [true])]);
        InvalidObservationException error = Error(() => Read([path], new FileReadOptions { Property = ["flag"] }));
        Assert.Equal("TextInNumericColumn", error.ErrorId);
        Assert.Equal("flag", error.Column);
        Assert.Contains("Boolean", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parquet_and_CSV_are_one_table()
    {
        string first = await Write("1.parquet", [Column<double>("x", [1, 2]), Column<double>("y", [3, 4])]);
        string second = _folder.Write("2.csv", "Y,X\n6,5\n");
        Assert.Equal([[1, 3], [2, 4], [5, 6]], Rows(Read([first, second], new FileReadOptions())));
        Assert.Equal([[6, 5], [3, 1], [4, 2]], Rows(Read([second, first], new FileReadOptions())));
    }

    [Fact]
    public async Task A_file_is_told_by_what_is_in_it()
    {
        string path = await Write("named.csv", [Column<double>("x", [1, 2])]);
        Assert.Equal([[1], [2]], Rows(Read([path], new FileReadOptions())));
        Assert.Equal("NoRows", Error(() => Read([Write("none.parquet", [Column<double>("x", [])]).Result], new FileReadOptions())).ErrorId);
    }

    [Fact]
    public async Task Damage_is_told()
    {
        string path = _folder.Write("text.parquet", "x,y\n1,2\n");
        Assert.Equal("MalformedParquet", Error(() => Read([path], new FileReadOptions())).ErrorId);
        Assert.Equal("MalformedParquet", Error(() => FileObservationReader.ReadHeader(path)).ErrorId);
        byte[] bytes = await File.ReadAllBytesAsync(await Write("whole.parquet", [Column<double>("x", [1, 2, 3])]));
        path = _folder.Write("half.parquet", bytes[..(bytes.Length / 2)]);
        InvalidObservationException error = Error(() => Read([path], new FileReadOptions()));
        Assert.Equal("MalformedParquet", error.ErrorId);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Equal("FileNotFound", Error(() => Read([_folder.PathOf("nowhere.parquet")], new FileReadOptions())).ErrorId);
    }

    [Fact]
    public async Task Reading_stops_when_it_is_cancelled()
    {
        string path = await Write("long.parquet", [Column<double>("x", new double[10_000])], 100);
        using CancellationTokenSource source = new();
        Assert.ThrowsAny<OperationCanceledException>(
            () => FileObservationReader.Read([path], new FileReadOptions { ThreadCount = 2 }, _ => source.Cancel(), source.Token));
    }

    private static (DataField Field, Func<ParquetRowGroupWriter, DataField, int, int, Task> Write, int Count) Column<T>(string name, T[] cells)
    {
        DataField field = new(name, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T), Nullable.GetUnderlyingType(typeof(T)) is not null);
        return (field, (group, to, first, count) => WriteCells(group, to, cells.AsMemory(first, count)), cells.Length);
    }

    private static Task WriteCells<T>(ParquetRowGroupWriter group, DataField field, Memory<T> cells) => (object)cells switch
    {
        Memory<double> typed => group.WriteAsync<double>(field, typed),
        Memory<double?> typed => group.WriteAsync<double>(field, typed),
        Memory<int> typed => group.WriteAsync<int>(field, typed),
        Memory<int?> typed => group.WriteAsync<int>(field, typed),
        Memory<float> typed => group.WriteAsync<float>(field, typed),
        Memory<long> typed => group.WriteAsync<long>(field, typed),
        Memory<short> typed => group.WriteAsync<short>(field, typed),
        Memory<byte> typed => group.WriteAsync<byte>(field, typed),
        Memory<ushort> typed => group.WriteAsync<ushort>(field, typed),
        Memory<uint> typed => group.WriteAsync<uint>(field, typed),
        Memory<ulong> typed => group.WriteAsync<ulong>(field, typed),
        Memory<decimal> typed => group.WriteAsync<decimal>(field, typed),
        Memory<bool> typed => group.WriteAsync<bool>(field, typed),
        Memory<DateTime> typed => group.WriteAsync<DateTime>(field, typed),
        _ => throw new NotSupportedException(),
    };

    private async Task<string> Write(
        string name, (DataField Field, Func<ParquetRowGroupWriter, DataField, int, int, Task> Write, int Count)[] columns, int groupRows = 1 << 20)
    {
        string path = _folder.PathOf(name);
        await using FileStream stream = File.Create(path);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(columns.Select(column => column.Field)), stream);
        for (int first = 0; first < columns[0].Count; first += groupRows)
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            foreach ((DataField field, Func<ParquetRowGroupWriter, DataField, int, int, Task> write, int count) in columns)
            {
                await write(group, field, first, Math.Min(groupRows, count - first));
            }
        }

        return path;
    }

    private static InvalidObservationException Error(Func<object> action) => Assert.Throws<InvalidObservationException>(() => _ = action());

    private static InMemoryObservations Read(string[] paths, FileReadOptions options) =>
        FileObservationReader.Read(paths, options, null, CancellationToken.None);

    private static List<double[]> Rows(InMemoryObservations observations)
    {
        List<double[]> rows = [];
        for (long i = 0; i < observations.Count; i++)
        {
            double[] row = new double[observations.Property.Count];
            observations.CopyRow(i, row);
            rows.Add(row);
        }

        return rows;
    }
}

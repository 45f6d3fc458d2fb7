using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GmmTools.Connectors;
using GmmTools.Core.Tests.Support;
using GmmTools.Observations;
using Xunit;

namespace GmmTools.Core.Tests.Connectors;

/// <summary>Parquet files that lie about themselves, and columns that the library does not know.</summary>
public sealed class ParquetDamageTests : IDisposable
{
    /// <summary>A field of the schema has a type that Thrift does not have; the library never came back from it.</summary>
    private const string Endless =
        "UEFSMRUAFSAVJCwVAhUAFQYVBgAAEDwAAQIDBAUGBwgJCgsMDQ4PFQIZLEgEdGVzdBUCABUOHSAVABgEZGF0YQAWAhkcGRwmKBwVDhklBgAZGARkYXRhFQIWAhZCFkYZDBYIPDYAFgIAAAAWABYCABkMGApwYXJxdWV0LWcTSVgAAABQQVIx";

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _warnings = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_that_kept_the_library_for_ever_is_malformed()
    {
        string path = Write(Convert.FromBase64String(Endless));
        Task<InvalidObservationException> reading = Task.Run(() => Assert.Throws<InvalidObservationException>(() => Read(path)));
        Assert.Same(reading, await Task.WhenAny(reading, Task.Delay(TimeSpan.FromSeconds(20))));
        InvalidObservationException error = await reading;
        Assert.Equal("MalformedParquet", error.ErrorId);
        Assert.Contains("unknown type 13", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_byte_of_the_footer_and_of_a_page_may_be_any_other()
    {
        byte[] sound = new ParquetForge().AddDoubles("x", 1, 2, 3).AddDoubles("y", 3, 1, 2).Write();
        foreach (int place in Enumerable.Range(0, sound.Length))
        {
            foreach (byte value in new byte[] { 0, 1, 0x7F, 0x80, 0xFF, (byte)(sound[place] ^ 1), (byte)(sound[place] ^ 0x10) })
            {
                byte[] damaged = [.. sound];
                damaged[place] = value;
                using CancellationTokenSource stop = new(TimeSpan.FromSeconds(10));
                Exception? error = Record.Exception(() => Read(Write(damaged), stop.Token));
                Assert.True(error is null or InvalidObservationException, $"{place}, {value}: {error}");
            }
        }
    }

    [Fact]
    public void A_file_cut_anywhere_is_malformed()
    {
        byte[] sound = new ParquetForge().AddDoubles("x", 1, 2, 3).Write();
        Assert.Equal(3, Read(Write(sound)).Count);
        for (int length = 4; length < sound.Length; length++)
        {
            string path = Write(sound[..length]);
            Assert.Equal("MalformedParquet", Assert.Throws<InvalidObservationException>(() => Read(path)).ErrorId);
        }
    }

    [Fact]
    public void Counts_offsets_and_sizes_that_cannot_be_are_malformed()
    {
        foreach (ParquetForge forge in new ParquetForge[]
        {
            new() { RowCount = 4 },
            new() { RowCount = long.MaxValue },
            new() { RowCount = -1 },
            new() { Offset = 1 << 30 },
            new() { Offset = -4 },
            new() { Offset = 0 },
            new() { PageCells = int.MaxValue },
            new() { PageCells = -1 },
            new() { PageCells = 0 },
            new() { PageSize = int.MaxValue },
            new() { PageSize = -1 },
        })
        {
            string path = Write(forge.AddDoubles("x", 1, 2, 3).AddDoubles("y", 4, 5, 6).Write());
            Assert.Equal("MalformedParquet", Assert.Throws<InvalidObservationException>(() => Read(path)).ErrorId);
        }
    }

    [Fact]
    public void Numbers_of_half_precision_are_read()
    {
        byte[][] halves = [.. new[] { 1.5, -2, 65504 }.Select(number => BitConverter.GetBytes((Half)number))];
        InMemoryObservations rows = Read(Write(new ParquetForge().AddDoubles("x", 1, 2, 3).Add("h", 7, 2, -1, (15, [0]), halves).Write()));
        Assert.Equal(["x", "h"], rows.Property);
        Assert.Equal([1.5, -2, 65504], ObservationRows.Of(rows).Select(row => row[1]));
        Assert.Empty(_warnings);
    }

    [Theory]
    [InlineData(9, -1, 0)]
    [InlineData(2, -1, 17)]
    [InlineData(2, -1, 40)]
    public void A_column_of_an_unknown_type_is_named_and_the_others_are_read(int type, int converted, int logical)
    {
        byte[][] cells = [.. new[] { 1L, 2, 3 }.Select(BitConverter.GetBytes)];
        string path = Write(new ParquetForge().AddDoubles("x", 1, 2, 3).Add("odd", type, 0, converted, (logical, [0]), cells).AddDoubles("y", 4, 5, 6).Write());
        InMemoryObservations rows = Read(path);
        Assert.Equal(["x", "y"], rows.Property);
        Assert.Equal([1.0, 2, 3], ObservationRows.Of(rows).Select(row => row[0]));
        Assert.Equal($"'{path}': columns of unknown types are left out: odd.", Assert.Single(_warnings));
        Assert.Equal(["x", "y"], FileObservationReader.ReadHeader(path));
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(() => Read(path, default, "odd"));
        Assert.Contains("column 'odd' holds an unknown type", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7, 7, "times of day")]
    [InlineData(6, 6, "dates or times")]
    public void Times_and_dates_are_no_numbers(int converted, int logical, string kind)
    {
        byte[][] cells = [.. new[] { 1, 2, 3 }.Select(BitConverter.GetBytes)];
        byte[] content = logical == 7 ? [0x11, 0x1C, 0x1C, 0, 0, 0] : [0];
        string path = Write(new ParquetForge().AddDoubles("x", 1, 2, 3).Add("t", 1, 0, converted, (logical, content), cells).Write());
        Assert.Equal(["x"], Read(path).Property);
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(() => Read(path, default, "t"));
        Assert.Contains($"column 't' holds {kind}, not numbers", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_heeds_a_stop()
    {
        string path = Write(new ParquetForge().AddDoubles("x", 1, 2, 3).Write());
        Assert.ThrowsAny<OperationCanceledException>(() => Read(path, new CancellationToken(true)));
    }

    private string Write(byte[] content)
    {
        string path = _folder.PathOf("forged.parquet");
        File.WriteAllBytes(path, content);
        return path;
    }

    private InMemoryObservations Read(string path, CancellationToken stop = default, params string[] property) =>
        FileObservationReader.Read([path], new FileReadOptions { Property = property, Warn = (text, remedy) => _warnings.Add(remedy is null ? text : $"{text} {Remedies.Of(remedy)}") }, null, stop);
}

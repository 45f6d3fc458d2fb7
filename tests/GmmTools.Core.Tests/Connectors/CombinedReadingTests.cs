using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GmmTools.Connectors;
using GmmTools.Connectors.Csv;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using Parquet;
using Parquet.Schema;
using Xunit;

namespace GmmTools.Core.Tests.Connectors;

/// <summary>
/// Weights, gaps, columns left out and columns that go with the rows, all at once: the same rows and counts from text read row by row,
/// in blocks, decompressed, and from Parquet.
/// </summary>
public sealed class CombinedReadingTests : IDisposable
{
    private const int Count = 700;
    private const double Absent = -999;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static IEnumerable<object[]> Cases =>
        from policy in new[] { MissingValuePolicy.Omit, MissingValuePolicy.Marginalize }
        from weighted in new[] { false, true }
        from labels in new[] { false, true }
        from number in new[] { false, true }
        select new object[] { policy, weighted, labels, number };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Every_source_gives_the_same_rows(MissingValuePolicy policy, bool weighted, bool labels, bool number)
    {
        Cells[] table = Draw(number);
        Outcome expected = Expect(table, policy, weighted, labels);
        string csv = WriteCsv(table);
        string[] paths = [csv, Compress(csv), await WriteParquet(table)];
        foreach (string path in paths)
        {
            foreach (CsvBlockOptions blocks in new[] { new CsvBlockOptions(1, 1, long.MaxValue), new(1, 64, 0), new(3, 1000, 0) })
            {
                Outcome read = Read([path], policy, weighted, labels, number, blocks);
                Assert.Equal(expected.Rows, read.Rows);
                Assert.Equal(expected.Weights, read.Weights);
                Assert.Equal(expected.Labels, read.Labels);
                Assert.Equal(expected.Counts, read.Counts);
            }
        }

        // what a weight would say is no column then
        Outcome twice = Read([csv, paths[2]], policy, weighted, labels, number, new CsvBlockOptions(2, 256, 0));
        Assert.Equal([.. expected.Rows, .. expected.Rows], twice.Rows);
        Assert.Equal([.. expected.Labels, .. expected.Labels], twice.Labels);
    }

    [Theory]
    [InlineData("x,n\n1,2\n3,-1\n", "InvalidRowWeight")]
    [InlineData("x,n\n1,2\n3,\n", "InvalidRowWeight")]
    [InlineData("x,n\n1,2\n3,many\n", "TextInNumericColumn")]
    public void A_wrong_weight_is_told_with_its_row_in_blocks_too(string content, string errorId)
    {
        string path = _folder.Write("wrong.csv", content);
        foreach (long smallest in new[] { 0, long.MaxValue })
        {
            FileReadOptions options = new()
            {
                WeightProperty = "n",
                MissingValue = MissingValuePolicy.Omit,
                Blocks = new CsvBlockOptions(1, 4, smallest),
            };
            InvalidObservationException error = Assert.Throws<InvalidObservationException>(
                () => FileObservationReader.ReadTable([path], options, null, CancellationToken.None));
            Assert.Equal(errorId, error.ErrorId);
            Assert.Equal(2, error.Row);
        }
    }

    [Fact]
    public void A_blank_line_is_no_row_with_a_gap()
    {
        string path = _folder.Write("blank.csv", "x\n1\n\n2\n  \n\"\"\nNA\n3\n");
        foreach (long smallest in new[] { 0, long.MaxValue })
        {
            FileReadOptions options = new() { MissingValue = MissingValuePolicy.Omit, Blocks = new CsvBlockOptions(1, 4, smallest) };
            RowTable table = FileObservationReader.ReadTable([path], options, null, CancellationToken.None);
            Assert.Equal(3, table.Observations.Count);
            Assert.Equal(2, table.Intake.OmittedCount);
        }
    }

    private static Cells[] Draw(bool number)
    {
        SplitMix64 random = new(5);
        return
        [
            .. Enumerable.Range(0, Count).Select(i => new Cells(
                i < 2 || random.NextDouble() > 0.2 ? Math.Round(random.NextDouble(), 6) : number ? Absent : null,
                i < 2 || random.NextDouble() > 0.2 ? random.NextIndex(1000) / 8.0 : number ? Absent : null,
                random.NextIndex(3),
                "abc"[random.NextIndex(3)].ToString())),
        ];
    }

    private static Outcome Expect(Cells[] table, MissingValuePolicy policy, bool weighted, bool labels)
    {
        Cells[] counted = [.. table.Where(row => !weighted || row.N > 0)];
        Cells[] kept = [.. counted.Where(row => policy == MissingValuePolicy.Omit ? !row.HasGap : !row.IsEmpty)];
        return new Outcome(
            [.. kept.Select(row => new[] { row.Number(row.Y), row.Number(row.X) })],
            [.. kept.Select(row => weighted ? row.N : 1.0)],
            labels ? [.. kept.Select(row => row.Label)] : [],
            [Count, counted.Length - kept.Length, Count - counted.Length]);
    }

    private static Outcome Read(string[] paths, MissingValuePolicy policy, bool weighted, bool labels, bool number, CsvBlockOptions blocks)
    {
        List<string> read = [];
        FileReadOptions options = new()
        {
            Property = ["y", "*"],
            ExcludeProperty = weighted && labels ? ["id"] : weighted ? ["id", "label"] : labels ? ["id", "n"] : ["id", "n", "label"],
            MissingValue = policy,
            MissingText = number ? ["-999"] : null,
            WeightProperty = weighted ? "N" : null,
            Extra = labels ? ["Label"] : [],
            ExtraRead = labels ? (_, cells) => read.Add((string)cells[0]!) : null,
            Blocks = blocks,
            ThreadCount = blocks.ThreadCount,
        };
        RowTable table = FileObservationReader.ReadTable(paths, options, null, CancellationToken.None);
        Assert.Equal(["y", "x"], table.Observations.Property);
        List<double[]> rows = [];
        List<double> weights = [];
        foreach ((double[] row, double weight) in table.Observations.EnumerateWeighted())
        {
            rows.Add([.. row]);
            weights.Add(weight);
        }

        return new Outcome(rows, weights, read, [table.Intake.ReadCount, table.Intake.OmittedCount, table.Intake.ZeroWeightCount]);
    }

    private string WriteCsv(Cells[] table)
    {
        IEnumerable<string> lines = table.Select((row, i) => string.Create(
            CultureInfo.InvariantCulture,
            $"{i},{row.Label},{row.X?.ToString("R", CultureInfo.InvariantCulture) ?? (i % 2 == 0 ? string.Empty : "NA")},{row.N},{row.Y}"));
        return _folder.Write("table.csv", string.Join("\n", [.. lines.Prepend("id,label,x,n,y"), string.Empty]));
    }

    private string Compress(string path)
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.Fastest, true))
        {
            gzip.Write(File.ReadAllBytes(path));
        }

        return _folder.Write("table.csv.gz", compressed.ToArray());
    }

    private async Task<string> WriteParquet(Cells[] table)
    {
        const int GroupRows = 150;
        string path = _folder.PathOf("table.parquet");
        DataField[] fields =
            [new DataField<int>("id"), new DataField<string>("label"), new DataField<double?>("x"), new DataField<int>("n"), new DataField<double?>("y")];
        await using FileStream stream = File.Create(path);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream, null, false, CancellationToken.None);
        for (int first = 0; first < table.Length; first += GroupRows)
        {
            Cells[] rows = [.. table.Skip(first).Take(GroupRows)];
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync<int>(fields[0], Enumerable.Range(first, rows.Length).ToArray());
            await group.WriteAsync(fields[1], rows.Select(row => row.Label).ToArray());
            await group.WriteAsync<double>(fields[2], rows.Select(row => row.X).ToArray());
            await group.WriteAsync<int>(fields[3], rows.Select(row => row.N).ToArray());
            await group.WriteAsync<double>(fields[4], rows.Select(row => row.Y).ToArray());
        }

        return path;
    }

    private sealed record Cells(double? X, double? Y, int N, string Label)
    {
        public bool HasGap => double.IsNaN(Number(X)) || double.IsNaN(Number(Y));

        public bool IsEmpty => double.IsNaN(Number(X)) && double.IsNaN(Number(Y));

        public double Number(double? cell) => cell is null or Absent ? double.NaN : cell.Value;
    }

    private sealed record Outcome(IReadOnlyList<double[]> Rows, IReadOnlyList<double> Weights, IReadOnlyList<string> Labels, long[] Counts);
}

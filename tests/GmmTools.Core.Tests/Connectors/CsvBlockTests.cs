using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Threading;
using GmmTools.Connectors;
using GmmTools.Connectors.Csv;
using GmmTools.Observations;
using Xunit;

namespace GmmTools.Core.Tests.Connectors;

/// <summary>What is read in blocks on several threads is what is read row by row, and so is what is said about errors.</summary>
public sealed class CsvBlockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Contents =>
    [
        "x,y\n1.5,2\n-3,4e2\n+.5,5.\n",
        "x,y\n1.5,2\n-3,4e2",
        "x,y\r\n1.5,2\r\n\r\n-3,4e2\r\n",
        "x,y\r1.5,2\r-3,4e2\r",
        "x,y\n1.5,2\r-3,4e2\n5,6\n",
        "x;y\n1.5;2\n-3;4e2\n",
        "x\ty\n1.5\t2\n-3\t4e2\n",
        "\n\nx,y\n\n1.5,2\n   \n\n-3,4e2\n\n\n",
        "# by hand\n\nx,y\n1.5,2\n#,4\n",
        " x , y \n 1.5 , 2\n-3 ,\t4e2 \n",
        "\"x\",\"y\"\n\"1.5\",\"2\"\n\"-3\",4e2\n",
        "name,x,y\n\"A, B; C\",1.5,2\n\"say \"\"hi\"\"\",-3,4e2\nplain,5,6\n",
        "name,x,y\nZ,0,0\n\"A\nB\r\nC\",1.5,2\nD,-3,4e2\nE,5,6\n",
        "name,x,y\nZ,0,0\n\"A\n1,2,3\n4,5,6\n\",1.5,2\nD,-3,4e2\n",
        "name,x,y\n5\" disk,1.5,2\n3\" disk,-3,4e2\n",
        "x,y\n1.5,2,\n-3,4e2, ,\n5,6\n",
        "name,x,y\n\0,1.5,2\n\0a\0,-3,4e2\n",
        "x,y\n1,2\n3\0,4\n",
        "x,y\n1,2\n3\n5,6\n",
        "x,y\n1,2\n,4\n",
        "x,y\n1,2\n3,NA\n",
        "x,y\n1,2\n3,four\n",
        "x,y\n1,2\n3,\"4\n5,6\n",
        "x,y\n1,2\n\"3\"4,5\n6,7\n",
        "x,y\n1,2\n3,4,5\n",
        "x,y\n1,2\n3,1e999\n",
        "x,y\n1,2\n3,-Infinity\n",
        "x,y\n1,85,2\n",
        "x,y\n1,2\n1,85,2\n",
        "x,y\n1,2\n\"1,85\",2\n",
        "x,y\n1,2\n1_000,2\n",
        "x\n1\n2\n\n3\n",
        "x\n1\n\"\"\n3\n",
        "x,y,x\n1,2,3\n4,5,6\n",
        "x,y\n",
        "x\n1\n123456789012345678901234567890\n0.1234567890123456789012345678901\n4.9e-324\n1e-400\n",
        "name,x\nGröße,1\nÅ,2\n€,3\n",
    ];

    [Theory]
    [MemberData(nameof(Contents))]
    public void Blocks_and_rows_give_the_same_numbers_and_the_same_errors(string content)
    {
        string path = _folder.Write("same.csv", content);
        foreach (int blockSize in new[] { 1, 7, 16, 64, 4096 })
        {
            foreach (int threads in new[] { 1, 3 })
            {
                AssertSame(path, new FileReadOptions(), threads, blockSize);
            }
        }
    }

    [Theory]
    [InlineData("de-DE", "x;y\n1,85;2\n-3,5;1.5\n")]
    [InlineData("de-DE", "x;y\n1,85;2\n-3,5;4e2\n")]
    [InlineData("fr-FR", "x\ty\n1,85\t2\n-3,5\t4e2\n")]
    [InlineData("de-DE", "x,y\n\"1,85\",2\n\"-3,5\",4\n5,6\n")]
    [InlineData("sv-SE", "x;y\n1,85;2\n-3,5;4\n")]
    [InlineData("", "x;y\n1.85;2\n1,85;3\n")]
    public void Cultures_are_the_same_in_blocks(string culture, string content)
    {
        string path = _folder.Write("culture.csv", content);
        AssertSame(path, new FileReadOptions { Culture = CultureInfo.GetCultureInfo(culture) }, 2, 8);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void Marks_and_encodings_are_the_same_in_blocks(string encoding)
    {
        string path = _folder.Write("marked.csv", "Größe,ε\n1.5,2\n-3,4e2\n5,6\n", Encoding.GetEncoding(encoding));
        AssertSame(path, new FileReadOptions(), 2, 8);
        Assert.Equal([1.5, -3, 5], Read(path, new FileReadOptions(), 2, 8).Rows!.Select(row => row[0]));
    }

    [Fact]
    public void A_large_file_is_the_same_for_any_number_of_threads()
    {
        string path = WriteRandom(60_000, quoted: false);
        Outcome sequential = Read(path, new FileReadOptions(), 1, null);
        foreach (int threads in new[] { 1, 2, 5 })
        {
            Assert.Equal(sequential, Read(path, new FileReadOptions(), threads, 1 << 14));
            Assert.Equal(sequential, Read(path, new FileReadOptions(), threads, 1 << 20));
        }
    }

    [Fact]
    public void A_large_file_of_quoted_numbers_is_the_same()
    {
        string path = WriteRandom(20_000, quoted: true);
        Assert.Equal(Read(path, new FileReadOptions(), 1, null), Read(path, new FileReadOptions(), 3, 1 << 14));
    }

    [Fact]
    public void An_error_deep_in_the_file_names_its_row_and_line()
    {
        string path = WriteRandom(30_000, quoted: false);
        File.AppendAllText(path, "\n\n1,2,oops\n");
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(() => Observe(path, new FileReadOptions(), 3, 1 << 14));
        Assert.Equal("TextInNumericColumn", error.ErrorId);
        Assert.Equal(30_001, error.Row);
        Assert.StartsWith($"Row 30001 of '{path}' (line 30004), column 'z': 'oops'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compressed_files_are_read_whatever_their_name()
    {
        string plain = WriteRandom(20_000, quoted: false);
        byte[] bytes = File.ReadAllBytes(plain);
        Outcome expected = Read(plain, new FileReadOptions(), 1, null);
        foreach (string name in new[] { "rows.csv.gz", "rows.csv" })
        {
            string path = Compress(name, bytes);
            Assert.Equal(expected, Read(path, new FileReadOptions(), 3, 1 << 14));
            Assert.Equal(expected, Read(path, new FileReadOptions(), 1, null));
            Assert.Equal(["x", "y", "z"], FileObservationReader.ReadHeader(path));
        }
    }

    [Fact]
    public void An_error_deep_in_a_compressed_file_names_its_row()
    {
        string text = File.ReadAllText(WriteRandom(20_000, quoted: false)) + "1,\"a\nb\",3\n";
        string path = Compress("rows.gz", Encoding.UTF8.GetBytes(text));
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(() => Observe(path, new FileReadOptions(), 3, 1 << 14));
        Assert.Equal(20_001, error.Row);
        Assert.Equal("y", error.Column);
    }

    [Fact]
    public void A_damaged_compressed_file_is_told()
    {
        byte[] bytes = File.ReadAllBytes(Compress("damaged.gz", File.ReadAllBytes(WriteRandom(20_000, quoted: false))));
        Array.Clear(bytes, bytes.Length / 2, 2000);
        string path = _folder.Write("damaged.gz", bytes);
        foreach (int? blockSize in new int?[] { null, 1 << 14 })
        {
            InvalidObservationException error =
                Assert.Throws<InvalidObservationException>(() => Observe(path, new FileReadOptions(), 2, blockSize));
            Assert.Contains(error.ErrorId, new[] { "UnreadableFile", "MalformedCsv", "TextInNumericColumn", "MissingValue" });
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Names_can_be_given_to_files_without_them()
    {
        string path = _folder.Write("bare.csv", "1;2;a\n3;4;b\n");
        FileReadOptions options = new() { Header = ["x", "y", "name"] };
        Assert.Equal([[1, 2], [3, 4]], Read(path, options, 2, 4).Rows!);
        AssertSame(path, options, 2, 4);
        options.Property = ["y"];
        Assert.Equal([[2], [4]], Read(path, options, 1, null).Rows!);
        options.Header = ["x"];
        options.Property = [];
        Assert.Equal("MalformedCsv", Assert.Throws<InvalidObservationException>(() => Observe(path, options, 1, null)).ErrorId);
    }

    [Fact]
    public void Columns_can_be_left_out()
    {
        string path = _folder.Write("exclude.csv", "id,x,y,z\n1,2,\"3,5\",4\n5,6,\"7,5\",8\n");
        FileReadOptions options = new() { ExcludeProperty = ["ID", "y*"] };
        Assert.Equal([[2, 4], [6, 8]], Read(path, options, 1, null).Rows!);
        options.Property = ["z", "*"];
        options.ExcludeProperty = ["i?", "y"];
        Assert.Equal([[4, 2], [8, 6]], Read(path, options, 1, null).Rows!);
    }

    [Theory]
    [InlineData("", "idd", "UnknownProperty", "Did you mean 'id'?")]
    [InlineData("x", "*", "NoColumns", "excluded by *")]
    [InlineData("", "*", "NoNumericColumns", "no column with a number")]
    public void Wrong_exclusions_are_told(string property, string exclude, string errorId, string part)
    {
        string path = _folder.Write("exclude.csv", "id,x\n1,2\n");
        FileReadOptions options = new() { Property = property.Length == 0 ? [] : [property], ExcludeProperty = [exclude] };
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(() => Observe(path, options, 1, null));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_in_blocks_stops_when_it_is_cancelled()
    {
        string path = WriteRandom(60_000, quoted: false);
        using CancellationTokenSource source = new();
        FileReadOptions options = new() { Blocks = new CsvBlockOptions(2, 1 << 12, 0) };
        long last = 0;
        Assert.Throws<OperationCanceledException>(() => FileObservationReader.Read(
            [path],
            options,
            rows =>
            {
                last = rows;
                source.Cancel();
            },
            source.Token));
        Assert.InRange(last, 1, 5000);
    }

    private string WriteRandom(int count, bool quoted)
    {
        Random random = new(7);
        StringBuilder content = new("x,y,z\n");
        for (int i = 0; i < count; i++)
        {
            string[] cells =
            [
                (random.NextDouble() - 0.5).ToString("R", CultureInfo.InvariantCulture),
                (random.NextDouble() * 1e6).ToString("F3", CultureInfo.InvariantCulture),
                random.Next().ToString(CultureInfo.InvariantCulture),
            ];
            content.AppendJoin(',', quoted ? cells.Select(cell => $"\"{cell}\"") : cells).Append('\n');
        }

        return _folder.Write(quoted ? "quoted.csv" : "random.csv", content.ToString());
    }

    private string Compress(string name, byte[] bytes)
    {
        string path = _folder.PathOf(name);
        using GZipStream stream = new(File.Create(path), CompressionLevel.Fastest);
        stream.Write(bytes);
        return path;
    }

    private static void AssertSame(string path, FileReadOptions options, int threads, int blockSize)
    {
        Outcome expected = Read(path, options, 1, null);
        Outcome actual = Read(path, options, threads, blockSize);
        Assert.Equal(expected.Error, actual.Error);
        Assert.Equal(expected, actual);
    }

    private static Outcome Read(string path, FileReadOptions options, int threads, int? blockSize)
    {
        try
        {
            InMemoryObservations observations = Observe(path, options, threads, blockSize);
            List<double[]> rows = [];
            for (long i = 0; i < observations.Count; i++)
            {
                double[] row = new double[observations.Property.Count];
                observations.CopyRow(i, row);
                rows.Add(row);
            }

            return new Outcome(string.Join('|', observations.Property), rows, null);
        }
        catch (InvalidObservationException exception)
        {
            return new Outcome(null, null, $"{exception.ErrorId} {exception.Row} {exception.Column} {exception.Message}");
        }
    }

    /// <summary>Null reads row by row.</summary>
    private static InMemoryObservations Observe(string path, FileReadOptions options, int threads, int? blockSize)
    {
        options.Blocks = new CsvBlockOptions(threads, blockSize ?? 1, blockSize is null ? long.MaxValue : 0);
        return FileObservationReader.Read([path], options, null, CancellationToken.None);
    }

    private sealed record Outcome(string? Property, List<double[]>? Rows, string? Error)
    {
        public bool Equals(Outcome? other) => other is not null
            && Property == other.Property
            && Error == other.Error
            && (Rows ?? []).SelectMany(row => row).Select(BitConverter.DoubleToInt64Bits)
                .SequenceEqual((other.Rows ?? []).SelectMany(row => row).Select(BitConverter.DoubleToInt64Bits));

        public override int GetHashCode() => HashCode.Combine(Property, Error);
    }
}

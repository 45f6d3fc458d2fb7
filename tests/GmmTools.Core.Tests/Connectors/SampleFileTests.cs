using System;
using System.Diagnostics;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GmmTools.Connectors;
using GmmTools.Connectors.Samples;
using GmmTools.Files;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Sampling;
using Xunit;

namespace GmmTools.Core.Tests.Connectors;

public sealed class SampleFileTests : IDisposable
{
    private const int Count = 200_003;

    private readonly TemporaryFolder _folder = new();
    private readonly GaussianMixture _mixture = RandomMixture.Draw(3, 2, 10, 1);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sample.csv", 1)]
    [InlineData("sample.csv", 3)]
    [InlineData("sample.parquet", 1)]
    [InlineData("sample.parquet", 3)]
    public void Files_hold_the_rows_of_the_sampler_to_the_last_bit(string name, int threads)
    {
        string path = _folder.PathOf(name);
        SampleFile file = new(_mixture, 5, "Component") { ThreadCount = threads };
        file.Write(path, Count, null, CancellationToken.None);

        InMemoryObservations read = FileObservationReader.Read([path], new FileReadOptions(), null, CancellationToken.None);
        double[] values = new double[Count * 2];
        int[] components = new int[Count];
        new MixtureSampler(_mixture, 5).Draw(0, Count, values, components);
        Assert.Equal([.. _mixture.Property, "Component"], read.Property);
        Assert.Equal(Count, read.Count);
        double[] row = new double[3];
        for (int i = 0; i < Count; i++)
        {
            read.CopyRow(i, row);
            Assert.True(row[0].Equals(values[2 * i]) && row[1].Equals(values[(2 * i) + 1]) && row[2].Equals(components[i]));
        }
    }

    [Theory]
    [InlineData("sample.csv")]
    [InlineData("sample.parquet")]
    public void Nothing_is_left_when_the_writing_is_stopped(string name)
    {
        string path = _folder.Write(name, "old");
        using CancellationTokenSource source = new();
        Assert.ThrowsAny<OperationCanceledException>(
            () => new SampleFile(_mixture, 5, null).Write(path, Count * 10L, _ => source.Cancel(), source.Token));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Theory]
    [InlineData("sample.csv")]
    [InlineData("sample.parquet")]
    public void Files_are_replaced_and_the_rows_counted(string name)
    {
        string path = _folder.Write(name, "old");
        long reported = 0;
        new SampleFile(_mixture, 5, null).Write(path, 10, rows => reported = rows, CancellationToken.None);
        Assert.Equal(10, reported);
        Assert.Equal(10, FileObservationReader.Read([path], new FileReadOptions(), null, CancellationToken.None).Count);
    }

    [Fact]
    public void Names_that_need_quotes_have_them()
    {
        string path = _folder.PathOf("quoted.csv");
        GaussianMixture named = _mixture.WithProperty(["a,b \"c\"", "#d"]);
        new SampleFile(named, 5, null).Write(path, 10, null, CancellationToken.None);
        Assert.Equal(["a,b \"c\"", "#d"], FileObservationReader.ReadHeader(path));
        Assert.Equal(11, File.ReadLines(path).Count());
    }

    [Fact]
    public void A_folder_that_is_not_there_is_told()
    {
        string path = Path.Combine(_folder.PathOf("nowhere"), "sample.csv");
        OutputException error =
            Assert.Throws<OutputException>(() => new SampleFile(_mixture, 5, null).Write(path, 10, null, CancellationToken.None));
        Assert.Equal("PathNotFound", error.ErrorId);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_named_gz_is_compressed()
    {
        string path = _folder.PathOf("sample.csv.gz");
        new SampleFile(_mixture, 5, null).Write(path, 10, null, CancellationToken.None);
        using GZipStream stream = new(File.OpenRead(path), CompressionMode.Decompress);
        using StreamReader reader = new(stream);
        Assert.Equal(string.Join(",", _mixture.Property), reader.ReadLine());
        Assert.Equal(10, FileObservationReader.Read([path], new FileReadOptions(), null, CancellationToken.None).Count);
    }

    [Fact]
    public void Text_is_not_written_into_a_file_named_like_a_workbook()
    {
        string path = _folder.PathOf("sample.xlsx");
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(
            () => new SampleFile(_mixture, 5, null).Write(path, 10, null, CancellationToken.None));
        Assert.Equal("UnknownFileFormat", error.ErrorId);
        Assert.False(File.Exists(path));
    }

    [Theory]
    [InlineData("sample.csv")]
    [InlineData("sample.parquet")]
    public async Task Rows_pass_through_a_pipe(string name)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string pipe = _folder.PathOf(name);
        using (Process make = Process.Start("mkfifo", [pipe]))
        {
            await make.WaitForExitAsync();
        }

        string copy = _folder.PathOf("copy." + name);
        Task reading = Task.Run(() =>
        {
            using FileStream source = File.OpenRead(pipe);
            using FileStream target = File.Create(copy);
            source.CopyTo(target);
        });
        new SampleFile(_mixture, 5, null).Write(pipe, 1000, null, CancellationToken.None);
        await reading;
        Assert.Equal(1000, FileObservationReader.Read([copy], new FileReadOptions(), null, CancellationToken.None).Count);
        Assert.Equal(2, Directory.GetFiles(_folder.FullName).Length);
    }
}

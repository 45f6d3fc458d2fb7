using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using GmmTools.Connectors;
using GmmTools.Connectors.Csv;
using GmmTools.Core.Tests.Connectors;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Observations.Chunks;
using GmmTools.Observations.Gaps;
using GmmTools.Observations.Intake;
using Xunit;

namespace GmmTools.Core.Tests.Observations;

/// <summary>Rows beyond the memory limit: the same results, and nothing left behind.</summary>
public sealed class RowStorageTests : IDisposable
{
    private const int Count = 30_011;
    private const long SmallLimit = 100_000;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<CovarianceModel> Models() => [.. CovarianceModels.All];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Models))]
    public void A_fit_is_the_same_to_the_last_bit(CovarianceModel model)
    {
        double[,] rows = TestData.Draw(Count, 3, 3, 5);
        AssertSameFit(rows, null, options => options.CovarianceModel = model);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 5)]
    [InlineData(Count * 8 * 3, 3)]
    [InlineData(1, 300)]
    public void Weights_limits_and_numbers_of_columns_do_not_matter(long limit, int dimension)
    {
        int count = dimension > 100 ? 2000 : Count;
        double[,] rows = TestData.Draw(count, 2, dimension, 6);
        double[] weights = [.. Enumerable.Range(0, count).Select(i => (i % 4) + 0.1)];
        AssertSameFit(rows, weights, options => options.CovarianceModel = CovarianceModel.VVI, limit);
    }

    [Fact]
    public void Standardized_columns_and_lost_components_go_with_it()
    {
        // few distinct rows: components collapse and are put back where the rows are least probable
        double[,] rows = TestData.Map(TestData.Draw(Count, 2, 2, 7), (value, _) => Math.Round(value / 4));
        AssertSameFit(rows, null, options =>
        {
            options.Standardize = true;
            options.ComponentCount = 6;
        });
    }

    [Fact]
    public void Rows_totals_and_samples_are_the_same()
    {
        double[,] rows = TestData.Draw(Count, 2, 3, 8);
        using RowStorage storage = new(SmallLimit, _folder.FullName);
        InMemoryObservations expected = TestData.Observations(rows);
        MappedObservations actual = Assert.IsType<MappedObservations>(Collect(rows, null, storage));
        Assert.Equal(expected.Count, actual.Count);
        Assert.Equal(expected.TotalWeight, actual.TotalWeight);
        Assert.Equal(expected.Minimum, actual.Minimum);
        Assert.Equal(expected.Maximum, actual.Maximum);
        Assert.Equal(expected.EnumerateRows().Select(row => row.Sum()), actual.EnumerateRows().Select(row => row.Sum()));
        Assert.Equal(Sampled(expected, 500), Sampled(actual, 500));
        Assert.Equal(Sampled(expected, Count), Sampled(actual, Count));
        MixtureParameters mixture = RandomMixture.Draw(2, 3, 10, 1).ToParameters();
        mixture.TryFactorize();
        Assert.Equal(
            expected.FindLeastProbable(mixture, 3, 1, CancellationToken.None).Select(found => (found.Values[0], found.LogDensity)),
            actual.FindLeastProbable(mixture, 3, 3, CancellationToken.None).Select(found => (found.Values[0], found.LogDensity)));
        Assert.Equal(Count * 3 * sizeof(double), storage.FileLength);
        Assert.Contains("30011 rows are kept in a temporary file of 703.38 KB", storage.Summary!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    public void Files_are_read_into_it(int threads, bool weighted)
    {
        string path = WriteCsv(20_000);
        FileReadOptions options = new()
        {
            ThreadCount = threads,
            WeightProperty = weighted ? "n" : null,
            ExcludeProperty = weighted ? [] : ["n"],
            Blocks = new CsvBlockOptions(threads, 1000, 0),
        };
        EmFit expected = Fit(FileObservationReader.ReadTable([path], options, null, CancellationToken.None).Observations);
        using RowStorage storage = new(SmallLimit, _folder.FullName);
        options.Storage = storage;
        IObservations rows = FileObservationReader.ReadTable([path], options, null, CancellationToken.None).Observations;
        Assert.IsType<MappedObservations>(rows);
        AssertSameBits(expected, Fit(rows));
    }

    [Fact]
    public void Few_rows_stay_in_memory()
    {
        using RowStorage storage = new(Count * 2 * sizeof(double), _folder.FullName);
        Assert.IsType<InMemoryObservations>(Collect(TestData.Draw(Count, 2, 2, 9), null, storage));
        Assert.Equal(0, storage.FileLength);
        Assert.Null(storage.Summary);
    }

    [Fact]
    public void The_file_has_no_name_while_it_is_used_and_is_closed_afterwards()
    {
        RowStorage storage = new(0, _folder.FullName);
        IObservations rows = Collect(TestData.Draw(Count, 2, 2, 9), null, storage);
        if (OperatingSystem.IsLinux())
        {
            // so that a kill leaves nothing behind
            Assert.Empty(Directory.GetFiles(_folder.FullName));
            Assert.Equal(1, OpenFiles());
        }

        storage.Dispose();
        storage.Dispose();
        Assert.Empty(Directory.GetFiles(_folder.FullName));
        Assert.True(!OperatingSystem.IsLinux() || OpenFiles() == 0);
        Assert.Throws<ObjectDisposedException>(() => rows.Sample(10, 1, CancellationToken.None));
    }

    [Fact]
    public void A_cancelled_reading_leaves_nothing_behind()
    {
        string path = WriteCsv(50_000);
        using CancellationTokenSource stop = new();
        using (RowStorage storage = new(0, _folder.FullName))
        {
            FileReadOptions options = new() { Storage = storage, Blocks = new CsvBlockOptions(2, 1000, 0) };
            Assert.Throws<OperationCanceledException>(() => FileObservationReader.ReadTable([path], options, count => CancelAfter(count, stop), stop.Token));
            Assert.NotEqual(0, storage.FileLength);
        }

        Assert.Equal([path], Directory.GetFiles(_folder.FullName));
        Assert.True(!OperatingSystem.IsLinux() || OpenFiles() == 0);
    }

    [Fact]
    public void A_fit_that_is_cancelled_frees_the_file()
    {
        using CancellationTokenSource stop = new();
        using (RowStorage storage = new(0, _folder.FullName))
        {
            IObservations rows = Collect(TestData.Draw(Count, 3, 2, 9), null, storage);
            EmEstimator estimator = new(new EmOptions { ComponentCount = 5, Tolerance = 0 }, _ => stop.Cancel());
            Assert.ThrowsAny<OperationCanceledException>(() => estimator.Fit(rows, stop.Token));
        }

        Assert.Empty(Directory.GetFiles(_folder.FullName));
        Assert.True(!OperatingSystem.IsLinux() || OpenFiles() == 0);
    }

    [Fact]
    public void A_full_disk_is_an_error_that_says_what_to_do()
    {
        const int RoomFor = 200_000;
        using RowStorage storage = new(SmallLimit, _folder.FullName) { Wrap = stream => new FullDisk(stream, RoomFor) };
        RowStorageException error = Assert.Throws<RowStorageException>(() => Collect(TestData.Draw(Count, 2, 3, 9), null, storage));
        Assert.Equal("DiskFull", error.ErrorId);
        Assert.Equal(_folder.FullName, error.OffendingValue);
        Assert.Contains("24 bytes each", error.Message, StringComparison.Ordinal);
        Assert.Equal("MoveTemporaryRows", Remedies.Of(error));
        storage.Dispose();
        Assert.Empty(Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void A_disk_that_will_be_full_is_an_error_when_the_file_is_begun()
    {
        string path = WriteCsv(20_000);
        using RowStorage storage = new(SmallLimit, _folder.FullName) { FreeDisk = () => 400_000 };
        FileReadOptions options = new() { Storage = storage, Blocks = new CsvBlockOptions(2, 1000, 0) };
        RowStorageException error = Assert.Throws<RowStorageException>(() => FileObservationReader.ReadTable([path], options, null, CancellationToken.None));
        Assert.Equal("DiskFull", error.ErrorId);
        Assert.Contains("need about 4", error.Message, StringComparison.Ordinal);
        Assert.Equal("MoveTemporaryRows", Remedies.Of(error));
        Assert.Equal(0, storage.FileLength);
        using RowStorage enough = new(SmallLimit, _folder.FullName) { FreeDisk = () => 600_000 };
        options.Storage = enough;
        Assert.Equal(20_000, FileObservationReader.ReadTable([path], options, null, CancellationToken.None).Observations.Count);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error()
    {
        using RowStorage storage = new(0, Path.Combine(_folder.FullName, "none"));
        RowStorageException error = Assert.Throws<RowStorageException>(() => Collect(TestData.Draw(Count, 2, 2, 9), null, storage));
        Assert.Equal("TemporaryFileFailed", error.ErrorId);
        Assert.Equal("MoveTemporaryRows", Remedies.Of(error));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(Count - 10)]
    public void Rows_with_gaps_stay_in_memory_or_are_refused(int gap)
    {
        double[,] rows = TestData.Draw(Count, 2, 2, 9);
        rows[gap, 1] = double.NaN;
        using RowStorage storage = new(SmallLimit, _folder.FullName);
        RowStorageException error = Assert.Throws<RowStorageException>(() => Collect(rows, null, storage, MissingValuePolicy.Marginalize));
        Assert.Equal("GapsBeyondMemory", error.ErrorId);
        Assert.IsType<PartialObservations>(Collect(rows, null, new RowStorage(long.MaxValue), MissingValuePolicy.Marginalize));
        Assert.Equal(Count - 1, Collect(rows, null, new RowStorage(0), MissingValuePolicy.Omit).Count);
    }

    [Fact]
    public void The_default_limit_is_half_of_what_is_free() =>
        Assert.InRange(RowStorage.DefaultMemoryLimit(), 1 << 20, 1L << 50);

    private static void CancelAfter(long count, CancellationTokenSource stop)
    {
        const int Enough = 30_000;
        if (count > Enough)
        {
            stop.Cancel();
        }
    }

    private static double[] Sampled(IObservations rows, int count) =>
        [.. rows.Sample(count, 3, CancellationToken.None).EnumerateRows().Select(row => row[0])];

    private static IObservations Collect(
        double[,] rows, double[]? weights, RowStorage? storage, MissingValuePolicy policy = MissingValuePolicy.Error)
    {
        RowCollector collector = new(MixtureValidation.DefaultNames(rows.GetLength(1)), weights is not null, policy, storage);
        for (int i = 0; i < rows.GetLength(0); i++)
        {
            collector.Add(TestData.Row(rows, i), weights?[i] ?? 1);
        }

        return collector.Build();
    }

    private static EmFit Fit(IObservations rows, Action<EmOptions>? choose = null, int threads = 2)
    {
        EmOptions options = new() { ComponentCount = 3, Seed = 2, RestartCount = 2, MaxIteration = 12, ThreadCount = threads };
        choose?.Invoke(options);
        return new EmEstimator(options).Fit(rows);
    }

    private static void AssertSameBits(EmFit expected, EmFit actual)
    {
        Assert.Equal(Bits(expected), Bits(actual));
        Assert.Equal(expected.IterationCount, actual.IterationCount);
    }

    private static long[] Bits(EmFit fit)
    {
        MixtureParameters parameters = fit.Mixture.Parameters;
        double[] numbers = [.. parameters.Weights, .. parameters.Means, .. parameters.Covariances, fit.LogLikelihood, fit.Entropy];
        return [.. numbers.Select(BitConverter.DoubleToInt64Bits)];
    }

    private void AssertSameFit(double[,] rows, double[]? weights, Action<EmOptions> choose, long limit = SmallLimit)
    {
        EmFit expected = Fit(Collect(rows, weights, null), choose);
        using RowStorage storage = new(limit, _folder.FullName);
        IObservations stored = Collect(rows, weights, storage);
        Assert.IsType<MappedObservations>(stored);
        foreach (int threads in new[] { 1, 2, 5 })
        {
            AssertSameBits(expected, Fit(stored, choose, threads));
        }
    }

    private string WriteCsv(int count)
    {
        double[,] rows = TestData.Draw(count, 3, 2, 4);
        return _folder.Write("rows.csv", "x,y,n\n" + string.Concat(
            Enumerable.Range(0, count).Select(i => FormattableString.Invariant($"{rows[i, 0]:R},{rows[i, 1]:R},{(i % 3) + 1}\n"))));
    }

    /// <summary>How many files of the folder this process has open, those without a name included.</summary>
    private int OpenFiles()
    {
        using Process self = Process.GetCurrentProcess();
        return Directory.GetFiles($"/proc/{self.Id}/fd")
            .Select(link => new FileInfo(link).LinkTarget ?? string.Empty)
            .Count(target => target.StartsWith(_folder.FullName, StringComparison.Ordinal) && target.Contains(".rows", StringComparison.Ordinal));
    }

    /// <summary>A disk with little room.</summary>
    private sealed class FullDisk(Stream inner, long room) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position { get => inner.Position; set => throw new NotSupportedException(); }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (inner.Position + count > room)
            {
                throw new IOException("No space left on device", OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28);
            }

            inner.Write(buffer, offset, count);
        }
    }
}

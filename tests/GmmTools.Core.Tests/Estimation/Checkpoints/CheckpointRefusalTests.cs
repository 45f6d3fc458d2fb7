using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Checkpoints;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Selection;
using Xunit;

namespace GmmTools.Core.Tests.Estimation.Checkpoints;

/// <summary>A checkpoint that is of another fit, damaged, or cannot be written.</summary>
public sealed class CheckpointRefusalTests : IDisposable
{
    private readonly Interruptions _files = new();

    public static TheoryData<string, string> OtherOptions() => new()
    {
        { "models", "models was VVV,2 and is VVV,3" },
        { "model", "models was VVV,2 and is EEE,2" },
        { "iterations", "MaxIteration was 10000 and is 100" },
        { "tolerance", "Tolerance was none and is 1E-05" },
        { "seed", "Seed was 0 and is 7" },
        { "starts", "RestartCount was 10 by default and is 4" },
        { "initialization", "Initialization was KMeans and is Random" },
        { "acceleration", "Acceleration was Anderson and is None" },
        { "standardize", "Standardize was False and is True" },
        { "floor", "CovarianceFloor was 1E-10 and is 1E-09" },
        { "prior", "Prior was False and is True" },
        { "noise", "Noise was False and is True" },
        { "policy", "CollapsePolicy was Reseed and is Stop" },
        { "weights", "FixedWeights was none and is 0.5 0.5" },
        { "start", "the initial mixture differs" },
        { "responsibilities", "the initial responsibilities differs" },
    };

    public static TheoryData<string, string> OtherRows() => new()
    {
        { "one more", "the number of rows was 272 and is 273" },
        { "a cell", "column 'x2' differs" },
        { "the order", "column 'x1' differs" },
        { "a weight", "the weights of the rows differs" },
        { "a name", "the columns was x1, x2 and is x1, y" },
        { "a gap", "column 'x1' differs" },
    };

    public void Dispose() => _files.Dispose();

    [Theory]
    [MemberData(nameof(OtherOptions))]
    public void Other_options_are_refused_by_name(string what, string difference)
    {
        InMemoryObservations rows = TestData.Observations(TestData.Faithful);
        EmOptions options = new() { ComponentCount = 2 };
        Interrupt(rows, options);
        switch (what)
        {
            case "models": options.ComponentCount = 3; break;
            case "model": options.CovarianceModel = CovarianceModel.EEE; break;
            case "iterations": options.MaxIteration = 100; break;
            case "tolerance": options.Tolerance = 1e-5; break;
            case "seed": options.Seed = 7; break;
            case "starts": options.RestartCount = 4; break;
            case "initialization": options.Initialization = InitializationMethod.Random; break;
            case "acceleration": options.Acceleration = AccelerationMethod.None; break;
            case "standardize": options.Standardize = true; break;
            case "floor": options.CovarianceFloor = 1e-9; break;
            case "prior": options.Prior = true; break;
            case "noise": options.Noise = true; break;
            case "policy": options.CollapsePolicy = CollapsePolicy.Stop; break;
            case "weights": options.FixedWeights = [0.5, 0.5]; break;
            case "start": options.InitialMixture = new EmEstimator(new EmOptions { ComponentCount = 2 }).Fit(rows).Mixture; break;
            case "responsibilities": options.InitialResponsibilities = RowResponsibilities.FromMatrix(Halves(272)); break;
        }

        AssertMismatch(rows, options, difference);
    }

    [Theory]
    [MemberData(nameof(OtherRows))]
    public void Other_rows_are_refused_by_name(string what, string difference)
    {
        double[,] rows = (double[,])TestData.Faithful.Clone();
        EmOptions options = new() { ComponentCount = 2 };
        Interrupt(TestData.Observations(rows), options);
        IObservations others;
        switch (what)
        {
            case "one more":
                others = TestData.Observations(TestData.Pick(rows, [.. Enumerable.Range(0, 272), 5]));
                break;
            case "a cell":
                rows[100, 1] = Math.BitIncrement(rows[100, 1]);
                others = TestData.Observations(rows);
                break;
            case "the order":
                others = TestData.Observations(TestData.Pick(rows, [1, 0, .. Enumerable.Range(2, 270)]));
                break;
            case "a weight":
                others = TestData.Chunked(rows, null, [.. Enumerable.Range(0, 272).Select(i => i == 9 ? 2.0 : 1.0)]);
                break;
            case "a name":
                others = InMemoryObservations.FromMatrix(rows, ["x1", "y"]);
                break;
            default:
                rows[3, 0] = double.NaN;
                others = Gaps.Collect(rows);
                break;
        }

        AssertMismatch(others, options, difference);
    }

    [Fact]
    public void A_checkpoint_of_a_search_is_none_of_a_fit()
    {
        InMemoryObservations rows = TestData.Observations(TestData.Faithful);
        EmOptions options = new() { ComponentCount = 2, Checkpoint = new CheckpointOptions(_files.File) };
        using CancellationTokenSource interrupt = new();
        Assert.ThrowsAny<OperationCanceledException>(() => new ModelSearch(options, _ => interrupt.Cancel())
            .Fit(rows, [1, 2], [CovarianceModel.VVV], interrupt.Token));
        AssertMismatch(rows, options, "models was VVV,1 VVV,2 and is VVV,2");
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public void Damage_anywhere_is_noticed(double place)
    {
        InMemoryObservations rows = TestData.Observations(TestData.Faithful);
        EmOptions options = new() { ComponentCount = 2 };
        Interrupt(rows, options);
        byte[] content = File.ReadAllBytes(_files.File);
        content[(int)(place * content.Length)] ^= 0x40;
        File.WriteAllBytes(_files.File, content);
        AssertUnreadable(rows, options);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(60)]
    [InlineData(-1)]
    public void A_part_of_a_checkpoint_is_noticed(int length)
    {
        InMemoryObservations rows = TestData.Observations(TestData.Faithful);
        EmOptions options = new() { ComponentCount = 2 };
        Interrupt(rows, options);
        byte[] content = File.ReadAllBytes(_files.File);
        File.WriteAllBytes(_files.File, content[..(length < 0 ? content.Length + length : length)]);
        AssertUnreadable(rows, options);
    }

    [Fact]
    public void A_file_of_something_else_is_left_alone()
    {
        File.WriteAllText(_files.File, new string('x', 500), Encoding.ASCII);
        AssertUnreadable(TestData.Observations(TestData.Faithful), new EmOptions { ComponentCount = 2 });
        Assert.Equal(new string('x', 500), File.ReadAllText(_files.File));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_told_before_the_work()
    {
        EmOptions options = new() { ComponentCount = 2, Checkpoint = new CheckpointOptions(Path.Combine(_files.Folder, "none", "file")) };
        int iterations = 0;
        CheckpointException exception = Assert.Throws<CheckpointException>(
            () => new EmEstimator(options, _ => iterations++).Fit(TestData.Observations(TestData.Faithful)));
        Assert.Equal("CheckpointNotWritable", exception.ErrorId);
        Assert.Equal(0, iterations);
    }

    [Fact]
    public void A_disk_that_fails_on_the_way_costs_the_checkpoint_and_not_the_fit()
    {
        InMemoryObservations rows = TestData.Observations(TestData.Faithful);
        string folder = Directory.CreateDirectory(Path.Combine(_files.Folder, "sub")).FullName;
        EmOptions options = new()
        {
            ComponentCount = 2,
            Checkpoint = new CheckpointOptions(Path.Combine(folder, "file")) { Interval = TimeSpan.Zero },
        };
        int iterations = 0;
        EmFit fit = new EmEstimator(options, _ =>
        {
            if (Interlocked.Increment(ref iterations) == 5)
            {
                Directory.Delete(folder, recursive: true);
            }
        }).Fit(rows);
        Assert.Equal(new EmEstimator(new EmOptions { ComponentCount = 2 }).Fit(rows).LogLikelihood, fit.LogLikelihood);
        Assert.Contains(fit.Warnings, warning => warning.StartsWith($"The checkpoint '{options.Checkpoint.Path}' could not be written", StringComparison.Ordinal));
    }

    [Fact]
    public void A_checkpoint_that_another_fit_writes_to_is_told_and_free_again_afterwards()
    {
        InMemoryObservations rows = TestData.Observations(TestData.Faithful);
        EmOptions options = new() { ComponentCount = 2, Checkpoint = new CheckpointOptions(_files.File) };
        CheckpointException? error = null;
        EmFit fit = new EmEstimator(
            options, _ => error ??= Assert.Throws<CheckpointException>(() => new EmEstimator(options).Fit(rows))).Fit(rows);
        Assert.Equal("CheckpointInUse", error?.ErrorId);
        Assert.Contains($"'{_files.File}'", error!.Message, StringComparison.Ordinal);
        Assert.Equal(fit.LogLikelihood, new EmEstimator(options).Fit(rows).LogLikelihood);
        Assert.Empty(Directory.GetFiles(_files.Folder));
    }

    [Fact]
    public void Wrong_intervals_are_refused()
    {
        EmOptions options = new() { Checkpoint = new CheckpointOptions(_files.File) { Interval = TimeSpan.FromSeconds(-1) } };
        Assert.Equal("InvalidCheckpointInterval", Assert.Throws<EstimationException>(options.Validate).ErrorId);
        options.Checkpoint = new CheckpointOptions(_files.File) { IterationCount = 0 };
        Assert.Equal("InvalidCheckpointIteration", Assert.Throws<EstimationException>(options.Validate).ErrorId);
    }

    private static double[,] Halves(int count)
    {
        double[,] responsibilities = new double[count, 2];
        for (int i = 0; i < count; i++)
        {
            responsibilities[i, i % 2] = 1;
        }

        return responsibilities;
    }

    private void Interrupt(IObservations rows, EmOptions options)
    {
        options.Checkpoint = new CheckpointOptions(_files.File);
        using CancellationTokenSource interrupt = new();
        Assert.ThrowsAny<OperationCanceledException>(() => new EmEstimator(options, _ => interrupt.Cancel()).Fit(rows, interrupt.Token));
        Assert.True(File.Exists(_files.File));
    }

    private void AssertMismatch(IObservations rows, EmOptions options, string difference)
    {
        byte[] before = File.ReadAllBytes(_files.File);
        CheckpointException exception = Assert.Throws<CheckpointException>(() => new EmEstimator(options).Fit(rows));
        Assert.Equal("CheckpointMismatch", exception.ErrorId);
        Assert.Contains(difference, exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_files.File));
    }

    private void AssertUnreadable(IObservations rows, EmOptions options)
    {
        options.Checkpoint = new CheckpointOptions(_files.File);
        CheckpointException exception = Assert.Throws<CheckpointException>(() => new EmEstimator(options).Fit(rows));
        Assert.Equal("CheckpointUnreadable", exception.ErrorId);
    }
}

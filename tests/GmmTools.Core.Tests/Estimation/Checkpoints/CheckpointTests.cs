using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Observations.Chunks;
using GmmTools.Observations.Intake;
using GmmTools.Selection;
using GmmTools.Shared;
using Xunit;

namespace GmmTools.Core.Tests.Estimation.Checkpoints;

/// <summary>A fit that is interrupted goes on from its checkpoint and ends with the bits of one that is not.</summary>
public sealed class CheckpointTests
{
    public static TheoryData<CovarianceModel> Models() => [.. CovarianceModels.All];

    public static TheoryData<string> Kinds() =>
    [
        "plain", "prior", "standardize", "fixed weights", "collapses", "dropped", "gaps", "weights", "many rows", "few threads",
        "hierarchical", "split", "short runs", "unaccelerated", "gaps standardized",
    ];

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_model_goes_on_after_every_seventh_iteration(CovarianceModel model)
    {
        InMemoryObservations rows = TestData.Observations(TestData.Iris);
        EmOptions options = new() { ComponentCount = 3, CovarianceModel = model, RestartCount = 2, ThreadCount = 1 };
        AssertGoesOn(rows, options, 7);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_fit_goes_on(string kind)
    {
        EmOptions options = new() { ComponentCount = 3, RestartCount = 3 };
        double[,] draws = TestData.Draw(1500, 3, 3, 5);
        IObservations rows = TestData.Observations(draws);
        switch (kind)
        {
            case "prior": options.Prior = true; break;
            case "standardize": options.Standardize = true; options.CovarianceModel = CovarianceModel.VII; break;
            case "fixed weights": options.FixedWeights = [0.5, 0.3, 0.2]; break;
            case "collapses": (options.ComponentCount, rows) = (5, Collapsing()); break;
            case "dropped": (options.ComponentCount, options.CollapsePolicy, rows) = (5, CollapsePolicy.Drop, Collapsing()); break;
            case "gaps": rows = Gaps.Collect(Gaps.Punch(draws, 0.1, 4)); break;
            case "gaps standardized": (rows, options.Standardize) = (Gaps.Collect(Gaps.Punch(draws, 0.1, 4)), true); break;
            case "weights": rows = TestData.Chunked(draws, null, [.. Enumerable.Range(0, 1500).Select(i => (double)(i % 4))]); break;
            case "many rows": rows = TestData.Observations(TestData.Draw(60_000, 3, 2, 8, 4)); break;
            case "few threads": options.ThreadCount = 1; break;
            case "hierarchical": options.Initialization = InitializationMethod.Hierarchical; break;
            case "split": options.Initialization = InitializationMethod.Split; break;
            case "short runs": options.Initialization = InitializationMethod.ShortRuns; break;
            case "unaccelerated": options.Acceleration = AccelerationMethod.None; break;
        }

        // of many rows only the last iterations are slow, and there are few in all
        AssertGoesOn(rows, options, kind == "many rows" ? 8 : 40);
    }

    [Fact]
    public void Rows_in_a_file_go_on_like_rows_in_memory()
    {
        double[,] draws = TestData.Draw(30_000, 3, 2, 8, 4);
        using RowStorage storage = new(0);
        RowCollector collector = new(["x1", "x2"], false, MissingValuePolicy.Error, storage);
        for (int i = 0; i < draws.GetLength(0); i++)
        {
            collector.Add(TestData.Row(draws, i), 1);
        }

        IObservations stored = collector.Build();
        EmOptions options = new() { ComponentCount = 3, RestartCount = 3 };
        EmFit expected = new EmEstimator(options).Fit(TestData.Observations(draws));
        using Interruptions interruptions = new();
        Interruptions.AssertSame(expected, interruptions.Fit(stored, options, 50));
    }

    [Fact]
    public void A_given_start_goes_on_from_iteration_to_iteration()
    {
        InMemoryObservations rows = TestData.Observations(TestData.Faithful);
        EmFit start = new EmEstimator(new EmOptions { ComponentCount = 2, MaxIteration = 1 }).Fit(rows);
        EmOptions options = new() { ComponentCount = 2, InitialMixture = start.Mixture, Acceleration = AccelerationMethod.None, Tolerance = 1e-12 };
        EmFit expected = new EmEstimator(options).Fit(rows);
        using Interruptions interruptions = new();
        Interruptions.AssertSame(expected, interruptions.Fit(rows, options, 1));

        // one iteration more than without, for the last part of each is repeated at the most
        Assert.InRange(interruptions.IterationCount, expected.IterationCount + 1, expected.IterationCount + 1 + interruptions.PartCount);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_search_goes_on(int threads)
    {
        InMemoryObservations rows = TestData.Observations(TestData.Faithful);
        EmOptions options = new() { ThreadCount = threads };
        int[] counts = [1, 2, 3];
        CovarianceModel[] models = [CovarianceModel.EEE, CovarianceModel.VVI, CovarianceModel.VVV];
        EmFit[] expected = [.. new ModelSearch(options).Fit(rows, counts, models).Cast<EmFit>()];
        using Interruptions interruptions = new();
        EmFit[] actual = [.. interruptions.Search(rows, options, counts, models, 2).Cast<EmFit>()];
        Assert.True(interruptions.PartCount > 2);
        Assert.All(expected.Zip(actual), pair => Interruptions.AssertSame(pair.First, pair.Second));
        Assert.False(File.Exists(interruptions.File));
    }

    [Fact]
    public void A_time_limit_leaves_the_checkpoint_to_go_on_from()
    {
        InMemoryObservations rows = TestData.Observations(TestData.Draw(60_000, 8, 4, 8, 3));
        EmOptions options = new() { ComponentCount = 8, Tolerance = 1e-10, MaxIteration = 60, RestartCount = 1 };
        int reports = 0;
        EmFit expected = new EmEstimator(options, _ => reports++).Fit(rows);
        using Interruptions interruptions = new();
        options.Checkpoint = new CheckpointOptions(interruptions.File);
        options.TimeLimit = TimeSpan.FromSeconds(1) + (4 * expected.Elapsed);
        EmFit first = new EmEstimator(options, HeldUpFit.UntilPast(options.TimeLimit.Value, reports - 10)).Fit(rows);
        Assert.Equal(StopReason.TimeLimit, first.StopReason);
        Assert.True(File.Exists(interruptions.File));

        options.TimeLimit = null;
        Interruptions.AssertSame(expected, new EmEstimator(options).Fit(rows));
        Assert.False(File.Exists(interruptions.File));
    }

    [Fact]
    public void A_fit_that_ends_removes_its_checkpoint()
    {
        using Interruptions interruptions = new();
        EmOptions options = new() { ComponentCount = 2, Checkpoint = new CheckpointOptions(interruptions.File) { Interval = TimeSpan.Zero } };
        bool seen = false;
        new EmEstimator(options, _ => seen |= File.Exists(interruptions.File)).Fit(TestData.Observations(TestData.Faithful));
        Assert.True(seen);
        Assert.Empty(Directory.EnumerateFiles(interruptions.Folder));
    }

    [Fact]
    public void A_number_of_iterations_writes_as_well_as_a_time()
    {
        using Interruptions interruptions = new();
        InMemoryObservations rows = TestData.Observations(TestData.Faithful);
        EmOptions options = new()
        {
            ComponentCount = 2,
            InitialMixture = new EmEstimator(new EmOptions { ComponentCount = 2, MaxIteration = 1 }).Fit(rows).Mixture,
            Acceleration = AccelerationMethod.None,
            Tolerance = 0,
            MaxIteration = 9,
            Checkpoint = new CheckpointOptions(interruptions.File) { Interval = TimeSpan.FromDays(1), IterationCount = 3 },
        };
        List<long> sizes = [];
        new EmEstimator(options, progress => sizes.Add(new FileInfo(interruptions.File).Length)).Fit(rows);

        // before the first iteration, and with the trace longer after three and six
        long[] expected = [.. Enumerable.Range(0, 10).Select(i => sizes[i < 3 ? 0 : i < 6 ? 3 : i < 9 ? 6 : 9])];
        Assert.Equal(expected, sizes);
        Assert.Equal(4, sizes.Distinct().Count());
    }

    private static void AssertGoesOn(IObservations rows, EmOptions options, int iterationsPerPart)
    {
        int iterations = 0;
        EmFit expected = new EmEstimator(options, _ => Interlocked.Increment(ref iterations)).Fit(rows);
        using Interruptions interruptions = new();
        Interruptions.AssertSame(expected, interruptions.Fit(rows, options, iterationsPerPart));
        Assert.Empty(Directory.EnumerateFiles(interruptions.Folder));
        Assert.True(interruptions.PartCount > 1);

        // an iteration of each run that is under way is repeated after an interruption, and no more; runs of initializers are not kept
        bool keepsAll = options.Initialization is InitializationMethod.KMeans or InitializationMethod.Hierarchical;
        int most = iterations + (interruptions.PartCount * Math.Max(2, 2 * options.ThreadCount));
        Assert.True(!keepsAll || interruptions.IterationCount <= most, $"{interruptions.IterationCount} iterations instead of {iterations}");
    }

    /// <summary>Rows of which some are equal, so that components collapse onto them.</summary>
    private static InMemoryObservations Collapsing()
    {
        double[,] rows = TestData.Draw(120, 2, 2, 3);
        for (int i = 0; i < 6; i++)
        {
            (rows[i, 0], rows[i, 1]) = (40, 40);
        }

        return TestData.Observations(rows);
    }
}

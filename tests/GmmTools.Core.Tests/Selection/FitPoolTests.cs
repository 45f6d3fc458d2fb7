using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Mixtures;
using GmmTools.Selection;
using Xunit;

namespace GmmTools.Core.Tests.Selection;

public sealed class FitPoolTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void Jobs_wait_for_what_they_need_and_stay_within_the_threads(int threads)
    {
        FitPool pool = new(threads);
        int busy = 0;
        ConcurrentQueue<int> seen = [];
        T Work<T>(FitJobContext context, T result)
        {
            seen.Enqueue(Interlocked.Add(ref busy, context.ThreadCount));
            Thread.Sleep(5);
            Interlocked.Add(ref busy, -context.ThreadCount);
            return result;
        }

        FitJob<int>[] numbers = [.. Enumerable.Range(0, 6).Select(i => pool.Add($"{i}", [], context => Work(context, i)))];
        FitJob<int> sum = pool.Add("sum", numbers, context => Work(context, numbers.Sum(job => job.Result)));
        FitJob<int> twice = pool.Add("twice", [sum], context => Work(context, 2 * sum.Result));
        FitJob<int> alone = pool.Add("alone", [], context => Work(context, context.ThreadCount));
        alone.RunsAlone = true;
        pool.Run(CancellationToken.None);
        Assert.Equal(30, twice.Result);
        Assert.Equal(threads, alone.Result);
        Assert.All(seen, used => Assert.InRange(used, 1, threads));
    }

    [Fact]
    public void Siblings_of_a_job_that_fails_are_cancelled_and_have_ended_when_it_is_told()
    {
        FitPool pool = new(3);
        using ManualResetEventSlim begun = new();
        bool ended = false;
        bool ran = false;
        FitJob<int> sibling = pool.Add("sibling", [], context =>
        {
            begun.Set();
            Assert.True(context.CancellationToken.WaitHandle.WaitOne(Patience));
            Thread.Sleep(100);
            ended = true;
            context.CancellationToken.ThrowIfCancellationRequested();
            return 1;
        });
        FitJob<int> failing = pool.Add<int>("failing", [], _ =>
        {
            Assert.True(begun.Wait(Patience));
            throw new IOException("the disk is gone");
        });
        pool.Add("later", [failing, sibling], _ => ran = true);
        IOException exception = Assert.Throws<IOException>(() => pool.Run(CancellationToken.None));
        Assert.Equal("the disk is gone", exception.Message);
        Assert.True(ended);
        Assert.False(ran);
        Assert.Contains("failing", Assert.Throws<InvalidOperationException>(() => failing.Result).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stop_ends_the_jobs_and_begins_no_others()
    {
        FitPool pool = new(2);
        using CancellationTokenSource stop = new();
        int begun = 0;
        for (int i = 0; i < 5; i++)
        {
            pool.Add($"{i}", [], context =>
            {
                Interlocked.Increment(ref begun);
                stop.Cancel();
                context.CancellationToken.ThrowIfCancellationRequested();
                return 0;
            });
        }

        OperationCanceledException exception = Assert.Throws<OperationCanceledException>(() => pool.Run(stop.Token));
        Assert.Equal(stop.Token, exception.CancellationToken);
        Assert.InRange(begun, 1, 2);
    }

    [Fact]
    public void Names_are_unique_and_needs_come_first()
    {
        FitPool pool = new(1);
        FitJob<int> job = pool.Add("one", [], _ => 1);
        Assert.Throws<ArgumentException>(() => pool.Add("one", [], _ => 2));
        Assert.Throws<ArgumentException>(() => pool.Add("two", [new FitJob<int>("other", [], _ => 3)], _ => 2));
        pool.Run(CancellationToken.None);
        Assert.Equal(1, job.Result);
    }

    /// <summary>Those that are ready share the threads that are free, and the last has the rest.</summary>
    [Theory]
    [InlineData(8, 3, new[] { 2, 3, 3 })]
    [InlineData(8, 2, new[] { 4, 4 })]
    [InlineData(8, 1, new[] { 8 })]
    [InlineData(3, 3, new[] { 1, 1, 1 })]
    public void Jobs_side_by_side_share_the_threads(int threads, int jobs, int[] expected)
    {
        FitPool pool = new(threads);
        FitJob<int>[] shares = [.. Enumerable.Range(0, jobs).Select(i => pool.Add($"{i}", [], context => context.ThreadCount))];
        pool.Run(CancellationToken.None);
        Assert.Equal(expected, shares.Select(job => job.Result));
    }

    [Fact]
    public void A_job_that_runs_alone_waits_for_all_threads_and_has_them_all()
    {
        FitPool pool = new(3);
        int busy = 0;
        (int Own, int All) Work(FitJobContext context)
        {
            int seen = Interlocked.Add(ref busy, context.ThreadCount);
            Thread.Sleep(30);
            Interlocked.Add(ref busy, -context.ThreadCount);
            return (context.ThreadCount, seen);
        }

        pool.Add("first", [], Work);
        FitJob<(int Own, int All)> alone = pool.Add("alone", [], Work);
        alone.RunsAlone = true;
        pool.Add("last", [], Work);
        pool.Run(CancellationToken.None);
        Assert.Equal((3, 3), alone.Result);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public void There_is_one_thread_at_least(int threads)
    {
        FitPool pool = new(threads);
        FitJob<int> job = pool.Add("one", [], context => context.ThreadCount);
        pool.Run(CancellationToken.None);
        Assert.Equal(1, job.Result);
    }

    [Fact]
    public void Progress_counts_what_is_no_preparation()
    {
        ConcurrentQueue<(int, int, string)> seen = [];
        FitPool pool = new(1, progress: progress => seen.Enqueue((progress.Done, progress.Total, progress.Latest)));
        FitJob<int> before = pool.Add("before", [], context => context.Journal is null ? 1 : 2);
        before.IsPreparation = true;
        pool.Add("one", [before], _ => 1);
        pool.Add("two", [before], _ => 2);
        Assert.False(before.IsDone);
        pool.Run(CancellationToken.None);
        Assert.Equal([(1, 2, "one"), (2, 2, "two")], seen);
        Assert.True(before.IsDone);
        Assert.Equal(1, before.Result);
    }

    [Fact]
    public void Of_two_failures_the_first_is_told()
    {
        FitPool pool = new(2);
        using ManualResetEventSlim begun = new();
        pool.Add<int>("first", [], _ =>
        {
            Assert.True(begun.Wait(Patience));
            throw new IOException("first");
        });
        pool.Add<int>("second", [], context =>
        {
            begun.Set();
            Assert.True(context.CancellationToken.WaitHandle.WaitOne(Patience));
            throw new IOException("second");
        });
        Assert.Equal("first", Assert.Throws<IOException>(() => pool.Run(CancellationToken.None)).Message);
    }

    [Fact]
    public void A_job_that_gives_up_though_nobody_stopped_it_has_failed()
    {
        FitPool pool = new(1);
        bool ran = false;
        pool.Add<int>("one", [], _ => throw new OperationCanceledException("given up"));
        pool.Add("two", [], _ => ran = true);
        Assert.Equal("given up", Assert.Throws<OperationCanceledException>(() => pool.Run(CancellationToken.None)).Message);
        Assert.False(ran);
    }

    /// <summary>Thousands of short jobs are neither lost nor done twice, and progress tells each of them once.</summary>
    [Fact]
    public void Many_short_jobs_are_each_done_and_told_once()
    {
        ConcurrentQueue<FitPoolProgress> told = [];
        FitPool pool = new(4, null, told.Enqueue);
        int done = 0;
        pool.Add("prepared", [], _ => Interlocked.Increment(ref done)).IsPreparation = true;
        for (int i = 0; i < 5000; i++)
        {
            pool.Add($"{i}", [], _ => Interlocked.Increment(ref done));
        }

        pool.Run(CancellationToken.None);
        Assert.Equal(5001, done);
        Assert.Equal(Enumerable.Range(1, 5000), told.Select(one => one.Done).Order());
        Assert.All(told, one => Assert.Equal(5000, one.Total));
        Assert.Equal(5000, told.Select(one => one.Latest).Distinct().Count());
    }

    [Fact]
    public void A_pool_that_is_stopped_before_it_runs_begins_nothing()
    {
        FitPool pool = new(2);
        bool ran = false;
        FitJob<int> job = pool.Add("one", [], _ =>
        {
            ran = true;
            return 1;
        });
        Assert.Throws<OperationCanceledException>(() => pool.Run(new CancellationToken(canceled: true)));
        Assert.False(ran);
        Assert.Equal("The job 'one' is not done.", Assert.Throws<InvalidOperationException>(() => job.Result).Message);
        ArgumentException error = Assert.Throws<ArgumentException>(() => pool.Add("one", [], _ => 2));
        Assert.StartsWith("There is a job 'one' already, or it needs one that was not added before it.", error.Message, StringComparison.Ordinal);
    }

    /// <summary>The fit of full covariances waits to be cancelled; that of diagonal ones fails when it waits.</summary>
    [Fact]
    public void A_search_that_fails_leaves_no_fit_at_work_on_its_checkpoint()
    {
        using Interruptions folder = new();
        using FailingObservations rows = new(TestData.Observations(TestData.Faithful));
        EmOptions options = new() { ThreadCount = 2, Checkpoint = new CheckpointOptions(folder.File) };
        Assert.Throws<IOException>(() => new ModelSearch(options).Fit(rows, [1], [CovarianceModel.VVI, CovarianceModel.EEE]));
        Assert.True(rows.HasEnded);

        // the checkpoint was left as it was: nobody writes to it any more
        byte[] left = File.ReadAllBytes(folder.File);
        Thread.Sleep(50);
        Assert.Equal(left, File.ReadAllBytes(folder.File));
    }
}

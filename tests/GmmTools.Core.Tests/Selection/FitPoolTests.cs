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

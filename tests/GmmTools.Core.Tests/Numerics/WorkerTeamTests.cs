using System;
using System.Linq;
using System.Threading;
using GmmTools.Numerics;
using Xunit;

namespace GmmTools.Core.Tests.Numerics;

public sealed class WorkerTeamTests
{
    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 1)]
    [InlineData(4, 3)]
    [InlineData(4, 1000)]
    public void Every_item_is_done_once_in_every_pass(int threadCount, int itemCount)
    {
        using WorkerTeam team = new(threadCount);
        Assert.Equal(threadCount, team.ThreadCount);
        int[] done = new int[itemCount];
        for (int pass = 1; pass <= 200; pass++)
        {
            team.Run(itemCount, (thread, item) =>
            {
                Assert.InRange(thread, 0, threadCount - 1);
                Interlocked.Increment(ref done[item]);
            });
            Assert.All(done, count => Assert.Equal(pass, count));
        }
    }

    [Fact]
    public void A_thread_works_on_one_item_at_a_time()
    {
        using WorkerTeam team = new(4);
        int[] busy = new int[4];
        team.Run(2000, (thread, _) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref busy[thread]));
            Thread.SpinWait(50);
            Interlocked.Decrement(ref busy[thread]);
        });
        Assert.All(busy, count => Assert.Equal(0, count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_failure_reaches_the_caller_and_the_team_works_on(int threadCount)
    {
        using WorkerTeam team = new(threadCount);
        for (int round = 0; round < 50; round++)
        {
            FormatException exception = Assert.Throws<FormatException>(() => team.Run(100, (_, item) =>
            {
                if (item == 37)
                {
                    throw new FormatException("item 37");
                }
            }));
            Assert.Equal("item 37", exception.Message);
            int sum = 0;
            team.Run(100, (_, item) => Interlocked.Add(ref sum, item));
            Assert.Equal(4950, sum);
        }
    }

    [Fact]
    public void No_item_is_in_work_any_more_when_a_failure_is_reported()
    {
        using WorkerTeam team = new(4);
        for (int round = 0; round < 50; round++)
        {
            int working = 0;
            Assert.Throws<InvalidOperationException>(() => team.Run(64, (_, item) =>
            {
                Interlocked.Increment(ref working);
                Thread.SpinWait(200);
                Interlocked.Decrement(ref working);
                if (item % 7 == 3)
                {
                    throw new InvalidOperationException();
                }
            }));
            Assert.Equal(0, Volatile.Read(ref working));
        }
    }

    [Fact]
    public void Teams_end_with_their_threads()
    {
        for (int i = 0; i < 100; i++)
        {
            WorkerTeam team = new(3);
            if (i % 2 == 0)
            {
                team.Run(5, (_, _) => { });
            }

            team.Dispose();
        }
    }

    [Fact]
    public void Several_teams_work_side_by_side()
    {
        long total = 0;
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            using WorkerTeam team = new(3);
            for (int pass = 0; pass < 100; pass++)
            {
                team.Run(20, (_, item) => Interlocked.Add(ref total, item));
            }
        }))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        Assert.Equal(4 * 100 * 190, total);
    }
}

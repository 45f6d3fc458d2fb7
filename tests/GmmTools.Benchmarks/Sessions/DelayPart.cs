using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using GmmTools.Connectors.Sessions;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Views;
using GmmTools.Sampling;

namespace GmmTools.Benchmarks.Sessions;

/// <summary>Bytes and milliseconds of an iteration over sessions.</summary>
internal static class DelayPart
{
    private const int ComponentCount = 8;
    private const int Dimension = 4;
    private const int Iterations = 40;
    private const int RowsPerSession = 200;
    private static readonly TimeSpan Away = TimeSpan.FromMilliseconds(50);
    private static readonly GaussianMixture Truth = RandomMixture.Draw(ComponentCount, Dimension, 6, 3);

    public static void RunBytes()
    {
        Console.WriteLine($"bytes of an iteration with one session, before the transport wraps them; K = {ComponentCount}, d = {Dimension}");
        Console.WriteLine($"{"rows",9} {"sent",6} {"received",9}");
        foreach (int count in (int[])[1_000, 100_000, 1_000_000])
        {
            using DelayedChannel channel = new(Draw(count, 1), TimeSpan.Zero, 0, TimeSpan.Zero, 1);
            SessionRows rows = channel.Open();
            Iterate(rows, 1);
            Console.WriteLine(FormattableString.Invariant($"{count,9} {rows.BytesSent,6} {rows.BytesReceived,9}"));
        }
    }

    public static void RunDelays()
    {
        Console.WriteLine($"milliseconds of an iteration, mean and slowest of {Iterations}; {RowsPerSession} rows a session, each {Away.TotalMilliseconds} ms away");
        Console.WriteLine($"{"sessions",8} {"1 in 100 requests",-24} {"mean",7} {"slowest",8}");
        foreach (int count in (int[])[1, 100])
        {
            foreach ((string name, double share, int late) in new[] { ("in time", 0, 0), ("late by 250 ms", 0.01, 250), ("lost, again after 1 s", 0.01, 1000) })
            {
                DelayedChannel[] channels =
                    [.. Enumerable.Range(0, count).Select(i => new DelayedChannel(Draw(RowsPerSession, (ulong)i), Away, share, TimeSpan.FromMilliseconds(late), (ulong)i))];
                double[] milliseconds = Iterate(new CombinedObservations([.. channels.Select(channel => channel.Open())]), Iterations);
                Array.ForEach(channels, channel => channel.Dispose());
                Console.WriteLine(FormattableString.Invariant($"{count,8} {name,-24} {milliseconds.Average(),7:F1} {milliseconds.Max(),8:F1}"));
            }
        }
    }

    private static InMemoryObservations Draw(int count, ulong seed) => InMemoryObservations.FromMatrix(new MixtureSampler(Truth, seed).DrawMatrix(count));

    /// <summary>Iterates from the truth, and gives the milliseconds of each iteration.</summary>
    private static double[] Iterate(IObservations rows, int count)
    {
        MaximizationStep maximization = MaximizationStep.Create(CovarianceModel.VVV);
        MixtureParameters mixture = Truth.ToParameters();
        mixture.TryFactorize();
        SufficientStatistics statistics = new(ComponentCount, Dimension, CovarianceShape.Full);
        using IExpectationStep expectation = rows.PrepareExpectation(ComponentCount, CovarianceShape.Full, 1);
        double[] milliseconds = new double[count];
        for (int i = 0; i < count; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            expectation.Compute(mixture, statistics, CancellationToken.None);
            maximization.Maximize(statistics, null, mixture, null);
            mixture.TryFactorize();
            milliseconds[i] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        }

        return milliseconds;
    }
}

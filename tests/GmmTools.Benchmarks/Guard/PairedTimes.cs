using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Benchmarks.Peers;

namespace GmmTools.Benchmarks.Guard;

/// <summary>
/// Two builds timed in turns on one problem, in several pairs of processes; who begins changes from round to round. One process may be
/// several hundredths faster than the next of the same build, by where its memory lies: only many of them tell builds apart.
/// </summary>
internal sealed class PairedTimes
{
    /// <summary>About so long is an answer.</summary>
    private const double AnswerMilliseconds = 250;

    private const int MaxIterations = 500;

    private readonly List<(double Before, double After)> _pairs = [];

    /// <summary>Milliseconds of an iteration of the earlier build: the median over its processes of the fastest round.</summary>
    public double Before => Medians.Of(_pairs.Select(pair => pair.Before));

    /// <summary>Milliseconds of an iteration of the later build, likewise.</summary>
    public double After => Medians.Of(_pairs.Select(pair => pair.After));

    /// <summary>The ratio of the medians, later to earlier.</summary>
    public double Ratio => After / Before;

    /// <summary>Whether both always came to the same log-likelihood, to the last bit.</summary>
    public bool IsSame { get; private set; } = true;

    /// <summary>The ratio that a share of the pairs of processes does not exceed: how far single pairs differ.</summary>
    public double RatioAt(double share)
    {
        double[] ratios = [.. _pairs.Select(pair => pair.After / pair.Before).Order()];
        return ratios[(int)Math.Round(share * (ratios.Length - 1))];
    }

    /// <summary>Measures one pair of processes.</summary>
    /// <exception cref="InvalidOperationException">A build ended without an answer.</exception>
    public void Measure(TimedPeer before, TimedPeer after, PeerProblem problem, int rounds)
    {
        double once = Math.Max(Ask(before, problem, 1).Milliseconds, Ask(after, problem, 1).Milliseconds);
        int iterations = (int)Math.Clamp(AnswerMilliseconds / Math.Max(once, 0.01), 2, MaxIterations);

        // the code is compiled in steps: what is measured comes after the last of them
        Ask(before, problem, iterations);
        Ask(after, problem, iterations);
        List<(double Before, double After)> times = [];
        for (int round = 0; round < rounds; round++)
        {
            bool isTurned = round % 2 == 1;
            PeerAnswer first = Ask(isTurned ? after : before, problem, iterations);
            PeerAnswer second = Ask(isTurned ? before : after, problem, iterations);
            IsSame &= BitConverter.DoubleToInt64Bits(first.LogLikelihood) == BitConverter.DoubleToInt64Bits(second.LogLikelihood);
            times.Add(isTurned ? (second.Milliseconds, first.Milliseconds) : (first.Milliseconds, second.Milliseconds));
        }

        // what else the machine does only ever adds to a time
        _pairs.Add((times.Min(time => time.Before), times.Min(time => time.After)));
    }

    private static PeerAnswer Ask(TimedPeer build, PeerProblem problem, int iterations) =>
        build.Ask(problem.RowsFile, problem.ParameterFile, iterations)
        ?? throw new InvalidOperationException($"{build.Name} ended without an answer: {build.Complaint}");
}

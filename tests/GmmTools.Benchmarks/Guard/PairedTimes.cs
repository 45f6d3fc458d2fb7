using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Benchmarks.Peers;

namespace GmmTools.Benchmarks.Guard;

/// <summary>Two builds timed in turns on one problem; who begins changes from round to round.</summary>
internal sealed class PairedTimes(TimedPeer before, TimedPeer after)
{
    /// <summary>About so long is an answer.</summary>
    private const double AnswerMilliseconds = 250;

    private const int MaxIterations = 500;

    private readonly List<(double Before, double After)> _times = [];

    /// <summary>Median milliseconds of an iteration of the earlier build.</summary>
    public double Before => Medians.Of(_times.Select(pair => pair.Before));

    /// <summary>Median milliseconds of an iteration of the later build.</summary>
    public double After => Medians.Of(_times.Select(pair => pair.After));

    /// <summary>Median of the ratios within the rounds: what slows both cancels.</summary>
    public double Ratio => Medians.Of(_times.Select(pair => pair.After / pair.Before));

    /// <summary>Whether both always came to the same log-likelihood, to the last bit.</summary>
    public bool IsSame { get; private set; } = true;

    /// <summary>Measures.</summary>
    /// <exception cref="InvalidOperationException">A build ended without an answer.</exception>
    public void Measure(PeerProblem problem, int rounds)
    {
        double once = Math.Max(Ask(before, problem, 1).Milliseconds, Ask(after, problem, 1).Milliseconds);
        int iterations = (int)Math.Clamp(AnswerMilliseconds / Math.Max(once, 0.01), 2, MaxIterations);

        // the code is compiled in steps: what is measured comes after the last of them
        Ask(before, problem, iterations);
        Ask(after, problem, iterations);
        for (int round = 0; round < rounds; round++)
        {
            bool isTurned = round % 2 == 1;
            PeerAnswer first = Ask(isTurned ? after : before, problem, iterations);
            PeerAnswer second = Ask(isTurned ? before : after, problem, iterations);
            IsSame &= BitConverter.DoubleToInt64Bits(first.LogLikelihood) == BitConverter.DoubleToInt64Bits(second.LogLikelihood);
            _times.Add(isTurned ? (second.Milliseconds, first.Milliseconds) : (first.Milliseconds, second.Milliseconds));
        }
    }

    private static PeerAnswer Ask(TimedPeer build, PeerProblem problem, int iterations) =>
        build.Ask(problem.RowsFile, problem.ParameterFile, iterations)
        ?? throw new InvalidOperationException($"{build.Name} ended without an answer: {build.Complaint}");
}

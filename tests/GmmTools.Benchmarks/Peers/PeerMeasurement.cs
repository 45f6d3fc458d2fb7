using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace GmmTools.Benchmarks.Peers;

/// <summary>The times of one peer on one problem: asked again and again, until it has used up its time.</summary>
internal sealed class PeerMeasurement(TimedPeer peer)
{
    /// <summary>A peer that took longer in all is not asked again.</summary>
    private const double BudgetSeconds = 5;

    /// <summary>A first iteration that took longer is a measurement; others only warm up.</summary>
    private const double SlowMilliseconds = 2500;

    /// <summary>About so long is an answer, of several iterations if they are short.</summary>
    private const double AnswerMilliseconds = 600;

    private const int MaxIterations = 500;
    private const double Agreement = 1e-6;

    private readonly List<double> _times = [];
    private double _seconds;
    private int _iterations;

    public TimedPeer Peer { get; } = peer;

    /// <summary>Whether the peer came to the same log-likelihoods.</summary>
    public bool Agrees { get; private set; } = true;

    public bool IsMeasured => _times.Count > 0;

    public double Median => Medians.Of(_times);

    /// <summary>Asks for the first iteration, to warm up and to see how many of them make an answer.</summary>
    public void Begin(PeerProblem problem)
    {
        if (Ask(problem, 1) is PeerAnswer answer)
        {
            _iterations = (int)Math.Clamp(AnswerMilliseconds / Math.Max(answer.Milliseconds, 0.01), 1, MaxIterations);
            if (answer.Milliseconds > SlowMilliseconds)
            {
                _times.Add(answer.Milliseconds);
            }
            else
            {
                _seconds = 0;
            }
        }
    }

    /// <summary>Measures once more.</summary>
    public void Continue(PeerProblem problem)
    {
        if (_iterations > 0 && _seconds < BudgetSeconds && Ask(problem, _iterations) is PeerAnswer answer)
        {
            _times.Add(answer.Milliseconds);
        }
    }

    private PeerAnswer? Ask(PeerProblem problem, int iterations)
    {
        long start = Stopwatch.GetTimestamp();
        PeerAnswer? answer = Peer.Ask(problem.RowsFile, problem.ParameterFile, iterations);
        _seconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (answer is not null)
        {
            double ours = problem.LogLikelihoodAfter(answer.Iterations);
            Agrees &= Math.Abs(answer.LogLikelihood - ours) <= Agreement * Math.Abs(ours);
        }

        return answer;
    }
}

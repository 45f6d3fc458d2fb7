using System;
using System.Collections.Generic;
using GmmTools.Estimation;

namespace GmmTools.Inference;

/// <summary>How the uncertainty of a mixture is to be found.</summary>
public sealed class UncertaintyOptions
{
    /// <summary>Fewer replicates have no standard deviation.</summary>
    private const int MinReplicateCount = 2;

    /// <summary>The method.</summary>
    public UncertaintyMethod Method { get; set; } = UncertaintyMethod.Bootstrap;

    /// <summary>The interval; BCa is for <see cref="UncertaintyMethod.Bootstrap"/> alone.</summary>
    public UncertaintyInterval Interval { get; set; } = UncertaintyInterval.Percentile;

    /// <summary>Number of replicates, at least 2.</summary>
    public int ReplicateCount { get; set; } = 999;

    /// <summary>Probability that an interval is to cover what it is for, above 0 and below 1.</summary>
    public double ConfidenceLevel { get; set; } = 0.95;

    /// <summary>Probabilities, above 0 and below 1, of which the quantiles of the mixture are wanted; it has one column then.</summary>
    public IReadOnlyList<double> Probabilities { get; set; } = [];

    /// <summary>Points at which the density of the mixture is wanted: a finite number for each column, in their order.</summary>
    public IReadOnlyList<double[]> Points { get; set; } = [];

    /// <summary>Seed of everything random; the same seed gives the same result.</summary>
    public ulong Seed { get; set; }

    /// <summary>The most threads to use, at least 1. The result does not depend on it.</summary>
    public int ThreadCount { get; set; } = Environment.ProcessorCount;

    /// <summary>Time after which the replicates that there are have to do; null for no limit.</summary>
    public TimeSpan? TimeLimit { get; set; }

    /// <summary>Checks every option against its domain.</summary>
    /// <exception cref="EstimationException">An option is out of its domain.</exception>
    public void Validate()
    {
        if (ReplicateCount < MinReplicateCount)
        {
            throw new EstimationException("InvalidReplicateCount", "There must be at least 2 replicates.", ReplicateCount);
        }

        if (Interval == UncertaintyInterval.BCa && Method != UncertaintyMethod.Bootstrap)
        {
            throw new EstimationException(
                "IntervalNotSupported", $"BCa intervals are those of rows that are drawn with replacement; the method {Method} has none.", Method)
            { Remedy = new Remedy("UseBootstrapForBca") };
        }

        if (!(ConfidenceLevel > 0) || !(ConfidenceLevel < 1))
        {
            throw new EstimationException(
                "InvalidConfidenceLevel", FormattableString.Invariant($"{ConfidenceLevel:R} is not a confidence level. Give a number above 0 and below 1, such as 0.95."), ConfidenceLevel);
        }

        if (TimeLimit <= TimeSpan.Zero)
        {
            throw new EstimationException("InvalidTimeLimit", "The time limit must be positive.", TimeLimit);
        }

        foreach (double probability in Probabilities)
        {
            if (!(probability > 0) || !(probability < 1))
            {
                throw new EstimationException(
                    "InvalidProbability", FormattableString.Invariant($"There is no finite quantile of {probability:R}. Give probabilities above 0 and below 1."), probability);
            }
        }
    }
}

using System;
using GmmTools.Estimation;
using GmmTools.Sampling;
using static GmmTools.Estimation.EstimationException;

namespace GmmTools.Inference.Testing;

/// <summary>How samples are to be compared.</summary>
public sealed class SampleComparisonOptions
{
    /// <summary>The share of false ones that is expected among the differences that are found, above 0 and below 1.</summary>
    public double FalseDiscoveryRate { get; set; } = 0.05;

    /// <summary>The most permutations of a comparison; null for as many as the number of comparisons asks for.</summary>
    public int? ReplicateCount { get; set; }

    /// <summary>Seed of the permutations; the same seed gives the same result.</summary>
    public ulong Seed { get; set; }

    /// <summary>The most threads to use, at least 1. The result does not depend on it.</summary>
    public int ThreadCount { get; set; } = Environment.ProcessorCount;

    /// <summary>Time after which the permutations that there are have to do; null for no limit.</summary>
    public TimeSpan? TimeLimit { get; set; }

    /// <summary>Checks every option against its domain.</summary>
    /// <exception cref="EstimationException">An option is out of its domain: InvalidFalseDiscoveryRate, InvalidReplicateCount, InvalidTimeLimit.</exception>
    public void Validate()
    {
        Require(
            FalseDiscoveryRate > 0 && FalseDiscoveryRate < 1,
            "InvalidFalseDiscoveryRate",
            FalseDiscoveryRate,
            FormattableString.Invariant($"The false discovery rate is {FalseDiscoveryRate:R}. It must be above 0 and below 1, such as 0.05."));
        Require(
            ReplicateCount is not int count || count >= Least(1),
            "InvalidReplicateCount",
            ReplicateCount,
            FormattableString.Invariant($"With {Counted.Of(ReplicateCount ?? 0, "replicate")}, no p-value is as small as {FalseDiscoveryRate:R}. Ask for at least {Least(1):F0}."));
        Require(TimeLimit is null || TimeLimit > TimeSpan.Zero, "InvalidTimeLimit", TimeLimit, "The time limit must be positive.");
    }

    /// <summary>The fewest permutations with which one difference alone can be found among so many comparisons: its p-value is at least 1/(B + 1).</summary>
    /// <param name="comparisonCount">Number of comparisons.</param>
    internal double Least(int comparisonCount) => MonteCarlo.FewestReplicates(FalseDiscoveryRate, comparisonCount);

    /// <summary>The most permutations: twice the fewest, so that a single difference is found with room to spare, and 999 at least.</summary>
    /// <param name="comparisonCount">Number of comparisons.</param>
    internal int MostFor(int comparisonCount) => ReplicateCount ?? (int)Math.Min(int.MaxValue - 1, Math.Max(999, (2 * Least(comparisonCount)) + 1));
}

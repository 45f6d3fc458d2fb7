using System;
using GmmTools.Estimation;
using GmmTools.Sampling;

namespace GmmTools.Inference.Drift;

/// <summary>How rows are compared with a mixture.</summary>
public sealed class FitTestOptions
{
    /// <summary>How often rows of the mixture itself may fail, above 0 and below 1.</summary>
    public double FalseAlarmRate { get; set; } = 0.01;

    /// <summary>Windows of the same size that are drawn from the mixture, at least 1/rate − 1.</summary>
    public int ReplicateCount { get; set; } = 999;

    /// <summary>Seed of the drawing.</summary>
    public ulong Seed { get; set; } = 1;

    /// <summary>Number of rows that the mixture was estimated from: what it does not know counts as chance too. Infinite where it is known exactly.</summary>
    public double BaselineCount { get; set; } = double.PositiveInfinity;

    /// <summary>Consecutive rows that may depend on one another: the standard errors then come from blocks of so many. 1 where rows are independent.</summary>
    public int BlockLength { get; set; } = 1;

    /// <summary>The most threads to use; the verdict does not depend on it.</summary>
    public int ThreadCount { get; set; } = Environment.ProcessorCount;

    /// <summary>Checks that a p-value can be at the rate or below.</summary>
    /// <exception cref="EstimationException">The rate is not above 0 and below 1 (InvalidFalseAlarmRate), or there are too few replicates for it
    /// (FalseAlarmRateTooSmall).</exception>
    internal void Validate()
    {
        if (!(FalseAlarmRate > 0 && FalseAlarmRate < 1))
        {
            throw new EstimationException(
                "InvalidFalseAlarmRate",
                FormattableString.Invariant($"The false alarm rate is {FalseAlarmRate:R}. It must be above 0 and below 1, such as 0.01."),
                FalseAlarmRate);
        }

        if (ReplicateCount < 1 || (ReplicateCount + 1) * FalseAlarmRate < 1 - 1e-9)
        {
            throw new EstimationException(
                "FalseAlarmRateTooSmall",
                FormattableString.Invariant($"With {Counted.Of(ReplicateCount, "replicate")} no p-value can be {FalseAlarmRate:R} or less: at least {MonteCarlo.FewestReplicates(FalseAlarmRate)} are needed."),
                ReplicateCount);
        }
    }
}

using System;
using GmmTools.Estimation;
using GmmTools.Inference.Testing;
using GmmTools.Mixtures;
using GmmTools.Sampling;
using static GmmTools.Estimation.EstimationException;

namespace GmmTools.Inference;

/// <summary>How numbers of components are to be tested.</summary>
public sealed class ComponentCountOptions
{
    /// <summary>The number of components of the first null hypothesis, at least 1.</summary>
    public int ComponentCount { get; set; } = 1;

    /// <summary>The largest number of components that is fitted: the last null hypothesis has one less.</summary>
    public int MaximumComponentCount { get; set; } = 9;

    /// <summary>The covariance model.</summary>
    public CovarianceModel CovarianceModel { get; set; } = CovarianceModel.VVV;

    /// <summary>A covariance model that contains the other, to be tested against it with <see cref="ComponentCount"/> components; null to test one component
    /// more.</summary>
    public CovarianceModel? Against { get; set; }

    /// <summary>The most replicates of a test, B.</summary>
    public int ReplicateCount { get; set; } = 999;

    /// <summary>The level at which a null hypothesis is rejected, above 0 and below 1.</summary>
    public double Significance { get; set; } = 0.05;

    /// <summary>Whether all replicates are made, even where the verdict is certain before.</summary>
    public bool TakesAll { get; set; }

    /// <summary>Starts of each fit with more components, of the rows and of the replicates alike.</summary>
    public int RestartCount { get; set; } = 3;

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
        Require(ComponentCount >= 1, "InvalidComponentCount", ComponentCount, "The number of components must be at least 1.");
        Require(
            Against is not null || MaximumComponentCount > ComponentCount,
            "InvalidComponentCount",
            MaximumComponentCount,
            FormattableString.Invariant($"The largest number of components, {MaximumComponentCount}, must exceed the first that is tested, {ComponentCount}."));
        Require(
            Against is not CovarianceModel outer || (outer != CovarianceModel && CovarianceModel.IsWithin(outer)),
            "ModelsNotNested",
            Against,
            $"{CovarianceModel.Name()} is not contained in {Against?.Name()}, so their likelihoods cannot be tested against each other. Test a model against one that frees some of what it ties together, such as EEE against VVV.");
        Require(
            Significance > 0 && Significance < 1,
            "InvalidSignificance",
            Significance,
            FormattableString.Invariant($"{Significance:R} is not a level of significance. Give a number above 0 and below 1, such as 0.05."));
        Require(
            SequentialPValue.MostToReject(ReplicateCount, Significance) >= 0,
            "InvalidReplicateCount",
            ReplicateCount,
            FormattableString.Invariant($"With {Counted.Of(ReplicateCount, "replicate")}, no p-value is as small as {Significance:R}. Ask for at least {MonteCarlo.FewestReplicates(Significance):F0}."));
        Require(TimeLimit is null || TimeLimit > TimeSpan.Zero, "InvalidTimeLimit", TimeLimit, "The time limit must be positive.");
    }
}

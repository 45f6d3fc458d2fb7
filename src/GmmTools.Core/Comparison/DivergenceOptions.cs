using System;

namespace GmmTools.Comparison;

/// <summary>How divergences are sampled.</summary>
public sealed class DivergenceOptions
{
    /// <summary>Rows drawn from each mixture, at least 1000.</summary>
    public int SampleCount { get; set; } = 100_000;

    /// <summary>Seed of the drawing.</summary>
    public ulong Seed { get; set; } = 1;

    /// <summary>The most threads to use; the result does not depend on it.</summary>
    public int ThreadCount { get; set; } = Environment.ProcessorCount;
}

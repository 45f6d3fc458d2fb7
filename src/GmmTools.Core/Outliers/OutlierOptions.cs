using System;
using GmmTools.Observations;

namespace GmmTools.Outliers;

/// <summary>How the level is found below which rows are outliers.</summary>
public sealed class OutlierOptions
{
    /// <summary>How often a row of the mixture may be taken for an outlier, above 0 and below 1.</summary>
    public double FalseAlarmRate { get; set; } = 0.001;

    /// <summary>Number of rows drawn, at least 1000, where the level is found by sampling.</summary>
    public int SampleCount { get; set; } = 100_000;

    /// <summary>Seed of the sampling.</summary>
    public ulong Seed { get; set; } = 1;

    /// <summary>Rows that the level is taken from instead of from the mixture; or null.</summary>
    public IObservations? Training { get; set; }

    /// <summary>The most threads to use; the level does not depend on it.</summary>
    public int ThreadCount { get; set; } = Environment.ProcessorCount;
}

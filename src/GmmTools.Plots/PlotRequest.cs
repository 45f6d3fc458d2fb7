using System.Collections.Generic;
using GmmTools.Classification;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Selection;

namespace GmmTools.Plots;

/// <summary>What is to be drawn. The setters are plain, since init-only ones differ between the two builds.</summary>
public sealed class PlotRequest
{
    /// <summary>What the picture shows.</summary>
    public PlotKind Kind { get; set; }

    /// <summary>The mixture; null where only fits are drawn (Trace, Criterion).</summary>
    public GaussianMixture? Mixture { get; set; }

    /// <summary>The mixture that <see cref="Mixture"/> is compared with, over the same columns in the same order; or null.</summary>
    public GaussianMixture? Reference { get; set; }

    /// <summary>The classifier, whose classes together are <see cref="Mixture"/>; or null.</summary>
    public MixtureClassifier? Classifier { get; set; }

    /// <summary>The fits to compare by a criterion; none or one where there is nothing to compare.</summary>
    public IReadOnlyList<FitCandidate> Fits { get; set; } = [];

    /// <summary>The log-likelihoods of fits.</summary>
    public IReadOnlyList<TraceLine> Traces { get; set; } = [];

    /// <summary>The differences of groups of rows from a reference, those to be drawn first in front.</summary>
    public IReadOnlyList<DifferenceLine> Differences { get; set; } = [];

    /// <summary>The values of a parameter with their intervals.</summary>
    public IReadOnlyList<IntervalLine> Intervals { get; set; } = [];

    /// <summary>Rows with the columns of the mixture in its order, or null.</summary>
    public IObservations? Rows { get; set; }

    /// <summary>The columns to draw; null for all.</summary>
    public IReadOnlyList<string>? Property { get; set; }

    /// <summary>The criterion that <see cref="PlotKind.Criterion"/> draws.</summary>
    public SelectionCriterion Criterion { get; set; }

    /// <summary>Titles of the axes that are logarithmic.</summary>
    public IReadOnlyList<string> LogAxes { get; set; } = [];

    /// <summary>Columns that are points in time.</summary>
    public IReadOnlyList<string> DateProperty { get; set; } = [];

    /// <summary>The share of good rows that are called outliers, in (0, 1).</summary>
    public double FalseAlarmRate { get; set; } = 0.01;

    /// <summary>The group of rows whose mixture is drawn, for the title; null for none.</summary>
    public string? Group { get; set; }

    /// <summary>The title; null for one that says what is drawn.</summary>
    public string? Title { get; set; }

    /// <summary>Seed of the choice of rows, where there are too many to draw.</summary>
    public ulong Seed { get; set; } = 1;
}

using System;
using System.Collections.Generic;
using GmmTools.Inference.Drift;

namespace GmmTools.Inference.Watching;

/// <summary>One way in which rows have departed from a baseline.</summary>
public sealed class WatchCause
{
    internal WatchCause(FitDeviationKind kind, int component, IReadOnlyList<string> property, double expected, double observed, double share, long changeRow)
    {
        Kind = kind;
        Component = component;
        Property = property;
        Expected = expected;
        Observed = observed;
        Share = share;
        ChangeRow = changeRow;
    }

    /// <summary>What differs.</summary>
    public FitDeviationKind Kind { get; }

    /// <summary>The component, from 1 in the order of the mixture; 0 for noise, and where none is meant.</summary>
    public int Component { get; }

    /// <summary>The columns: one for a mean or a spread, two for a correlation, else none.</summary>
    public IReadOnlyList<string> Property { get; }

    /// <summary>What the mixture has.</summary>
    public double Expected { get; }

    /// <summary>What the rows since the change have, to first order in the difference.</summary>
    public double Observed { get; }

    /// <summary>The share of the evidence that is for this cause, up to 1.</summary>
    public double Share { get; }

    /// <summary>Number of the row, from 1, at which this change is estimated to have begun.</summary>
    public long ChangeRow { get; }

    /// <summary>A sentence.</summary>
    public override string ToString() => Kind switch
    {
        FitDeviationKind.NewMass => FormattableString.Invariant($"{100 * Observed:0.##} % of the rows lie where the baseline has few"),
        FitDeviationKind.Weight when Component == 0 => FormattableString.Invariant(
            $"noise is {100 * Observed:0.##} % of the rows instead of {100 * Expected:0.##} %"),
        _ => new FitDeviation(Kind, Component, Property, Expected, Observed, 0, 1).ToString(),
    };
}

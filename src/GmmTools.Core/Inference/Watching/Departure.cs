using System.Collections.Generic;
using GmmTools.Inference.Drift;

namespace GmmTools.Inference.Watching;

/// <summary>One way in which rows may depart from a baseline, in steps of several sizes.</summary>
internal sealed class Departure
{
    /// <param name="kind">What changes.</param>
    /// <param name="component">The component, from 0; −1 for noise, or where none is meant.</param>
    /// <param name="columns">The columns, from 0: one of a mean or a spread, two of a correlation, else none.</param>
    /// <param name="steps">How far, in the units of <see cref="DepartureBank"/>.</param>
    public Departure(FitDeviationKind kind, int component, int[] columns, params double[] steps)
    {
        Kind = kind;
        Component = component;
        Columns = columns;
        Steps = steps;
    }

    public FitDeviationKind Kind { get; }

    public int Component { get; }

    public IReadOnlyList<int> Columns { get; }

    public double[] Steps { get; }

    /// <summary>Of a correlation, that of the baseline.</summary>
    public double Before { get; set; }

    /// <summary>Of a correlation, what it becomes.</summary>
    public double After { get; set; }

    /// <summary>The share of each step in the statistic.</summary>
    public double Share { get; set; }

    /// <summary>The place of the first step among those of all departures.</summary>
    public int First { get; set; }
}

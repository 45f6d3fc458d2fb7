using System;
using System.Collections.Generic;

namespace GmmTools.Plots.Figures;

/// <summary>One side of a panel: what it measures, how, and from where to where.</summary>
internal sealed class Axis
{
    private const double MinRelativeSpan = 1e-12;

    /// <summary>Creates an axis.</summary>
    /// <param name="title">What it measures.</param>
    /// <param name="minimum">Its first value.</param>
    /// <param name="maximum">Its last value; an axis without extent is widened.</param>
    /// <param name="scale">How values become places.</param>
    public Axis(string title, double minimum, double maximum, AxisScale scale = AxisScale.Linear)
    {
        Title = title;
        Scale = scale;
        double first = ToPlace(minimum);
        double last = ToPlace(maximum);
        double least = Math.Max(Math.Abs(first), Math.Abs(last)) * MinRelativeSpan;
        if (!(last - first > least))
        {
            double half = Math.Max(least, first == 0 ? 0.5 : Math.Abs(first) * 0.05);
            (first, last) = (first - half, last + half);
        }

        First = first;
        Last = last;
    }

    /// <summary>What the axis measures.</summary>
    public string Title { get; }

    /// <summary>How values become places.</summary>
    public AxisScale Scale { get; }

    /// <summary>Where it begins: a place, that is a logarithm on a logarithmic axis.</summary>
    public double First { get; }

    /// <summary>Where it ends.</summary>
    public double Last { get; }

    /// <summary>Whether only whole numbers are marked.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Marks with labels of their own, or null where they are chosen.</summary>
    public IReadOnlyList<Tick>? Ticks { get; init; }

    /// <summary>Where a value stands; NaN where it has no place.</summary>
    /// <param name="value">The value.</param>
    public double ToPlace(double value) => Scale != AxisScale.Logarithmic ? value : value > 0 ? Math.Log10(value) : double.NaN;

    /// <summary>The value at a place.</summary>
    /// <param name="place">The place.</param>
    public double ToValue(double place) => Scale == AxisScale.Logarithmic ? Math.Pow(10, place) : place;

    /// <summary>How many units there are to a unit of places, at a place: by this a density per unit becomes one per decade on a logarithmic axis, where
    /// equal areas have to mean equal shares.</summary>
    /// <param name="place">The place.</param>
    public double Stretch(double place) => Scale == AxisScale.Logarithmic ? Math.Log(10) * ToValue(place) : 1;

    /// <summary>How far along the axis a place is: 0 at its beginning, 1 at its end.</summary>
    /// <param name="place">The place.</param>
    public double Share(double place) => (place - First) / (Last - First);

    /// <summary>Places at equal distances from end to end.</summary>
    /// <param name="count">How many.</param>
    public double[] Places(int count)
    {
        double[] places = new double[count];
        for (int i = 0; i < count; i++)
        {
            places[i] = First + ((Last - First) * i / (count - 1));
        }

        return places;
    }
}

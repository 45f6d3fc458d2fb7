namespace GmmTools.Plots;

/// <summary>A value of a parameter with its interval.</summary>
public sealed class IntervalLine
{
    /// <summary>Creates the line.</summary>
    /// <param name="quantity">The parameter, as a title: Mean of x.</param>
    /// <param name="unit">What its values are, as the title of an axis.</param>
    /// <param name="name">Which of its values this is, such as component 1.</param>
    /// <param name="component">The component, from 1; 0 for noise, null for the mixture as a whole.</param>
    /// <param name="estimate">The value.</param>
    /// <param name="lower">Lower end of the interval.</param>
    /// <param name="upper">Upper end.</param>
    /// <param name="level">The level of the interval; NaN where it is not known.</param>
    /// <param name="source">How it was found; empty where that is not known.</param>
    public IntervalLine(
        string quantity, string unit, string name, int? component, double estimate, double lower, double upper, double level, string source)
    {
        Quantity = quantity;
        Unit = unit;
        Name = name;
        Component = component;
        Estimate = estimate;
        Lower = lower;
        Upper = upper;
        Level = level;
        Source = source;
    }

    /// <summary>The parameter, as a title.</summary>
    public string Quantity { get; }

    /// <summary>What its values are, as the title of an axis.</summary>
    public string Unit { get; }

    /// <summary>Which of its values this is.</summary>
    public string Name { get; }

    /// <summary>The component, from 1; 0 for noise, null for the mixture as a whole.</summary>
    public int? Component { get; }

    /// <summary>The value.</summary>
    public double Estimate { get; }

    /// <summary>Lower end of the interval.</summary>
    public double Lower { get; }

    /// <summary>Upper end.</summary>
    public double Upper { get; }

    /// <summary>The level of the interval; NaN where it is not known.</summary>
    public double Level { get; }

    /// <summary>How it was found; empty where that is not known.</summary>
    public string Source { get; }
}

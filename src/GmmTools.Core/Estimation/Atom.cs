using System;

namespace GmmTools.Estimation;

/// <summary>A value that a column has far more often than a normal density allows, such as a zero that stands for "nothing".</summary>
public sealed class Atom
{
    internal Atom(string property, double value, double share, int? component)
    {
        Property = property;
        Value = value;
        Share = share;
        Component = component;
    }

    /// <summary>Name of the column.</summary>
    public string Property { get; }

    /// <summary>The value.</summary>
    public double Value { get; }

    /// <summary>Its share of the rows, by their weights.</summary>
    public double Share { get; }

    /// <summary>Number of the component, from 1, that stands for it: its weight is their share, its variance there only says that they are
    /// equal. Null where no component does.</summary>
    public int? Component { get; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Property} = {Value:R}, {Share:P1} of the rows");
}

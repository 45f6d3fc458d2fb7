namespace GmmTools.Output;

/// <summary>One parameter of a component beside the same parameter of the component that matches it in another mixture.</summary>
public sealed class ParameterDifference
{
    internal ParameterDifference(int? component, int? differenceComponent, double? distance, string parameter)
    {
        Component = component;
        DifferenceComponent = differenceComponent;
        Distance = distance;
        Parameter = parameter;
    }

    /// <summary>Number of the component in the reference mixture; null when it has none that matches.</summary>
    public int? Component { get; }

    /// <summary>Number of the component in the other mixture; null when it has none that matches.</summary>
    public int? DifferenceComponent { get; }

    /// <summary>Hellinger distance of the two normal distributions, in [0, 1]; null without a match.</summary>
    public double? Distance { get; }

    /// <summary>2-Wasserstein distance of the two normal distributions, in the units of the columns; null without a match.</summary>
    public double? Wasserstein { get; internal init; }

    /// <summary>The parameter: Weight, Mean and the column, or Covariance and the two columns.</summary>
    public string Parameter { get; }

    /// <summary>Its value in the reference mixture, or null.</summary>
    public double? Reference { get; internal init; }

    /// <summary>Its value in the other mixture, or null.</summary>
    public double? Difference { get; internal init; }

    /// <summary>The other value minus that of the reference, or null.</summary>
    public double? Deviation => Difference - Reference;

    /// <summary>Which components are compared and how far apart they are, as a heading.</summary>
    public string Pair =>
        Component is null ? System.FormattableString.Invariant($"none and {DifferenceComponent}")
        : DifferenceComponent is null ? System.FormattableString.Invariant($"{Component} and none")
        : System.FormattableString.Invariant($"{Component} and {DifferenceComponent}, Hellinger distance {Distance:F4}");
}

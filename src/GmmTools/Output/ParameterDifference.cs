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

    /// <summary>Hellinger distance of the two distributions, in [0, 1]; null without a match.</summary>
    public double? Distance { get; }

    /// <summary>Standard error of it: 0 in closed form, above 0 where a component with Student tails made it necessary to sample; null without a match.</summary>
    public double? DistanceError { get; internal init; }

    /// <summary>2-Wasserstein distance of the two distributions, in the units of the columns; null without a match, and between tails of different degrees of
    /// freedom, or of 2 or fewer.</summary>
    public double? Wasserstein { get; internal init; }

    /// <summary>The parameter: Weight, DegreesOfFreedom (of Student tails), Mean and the column, or Covariance and the two columns.</summary>
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

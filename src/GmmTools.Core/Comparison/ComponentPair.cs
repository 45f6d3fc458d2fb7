using GmmTools.Mixtures;

namespace GmmTools.Comparison;

/// <summary>A component of one mixture beside its match in another.</summary>
public sealed class ComponentPair
{
    internal ComponentPair(GaussianComponent? reference, GaussianComponent? difference, double distance, double wasserstein)
    {
        Reference = reference;
        Difference = difference;
        Distance = distance;
        Wasserstein = wasserstein;
    }

    /// <summary>The component of the reference mixture, or null when the other has one too many.</summary>
    public GaussianComponent? Reference { get; }

    /// <summary>The matching component of the other mixture, or null when it has one too few.</summary>
    public GaussianComponent? Difference { get; }

    /// <summary>Hellinger distance of the two normal distributions, in [0, 1]; NaN without a match.</summary>
    public double Distance { get; }

    /// <summary>2-Wasserstein distance of the two normal distributions, in the units of the columns; NaN without a match.</summary>
    public double Wasserstein { get; }
}

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

    /// <summary>Hellinger distance of the two distributions, in [0, 1]; NaN without a match. Sampled where one is of multivariate t.</summary>
    public double Distance { get; }

    /// <summary>Standard error of it; 0 where it is in closed form.</summary>
    public double DistanceError { get; internal init; }

    /// <summary>2-Wasserstein distance of the two distributions, in the units of the columns; NaN without a match, for multivariate t of different degrees of
    /// freedom, or of 2 or fewer, and of it from a normal one.</summary>
    public double Wasserstein { get; }
}

namespace GmmTools.Mixtures;

/// <summary>How fast the density of a component falls far from its centre.</summary>
public enum Tail
{
    /// <summary>As that of a normal distribution.</summary>
    Normal,

    /// <summary>As that of a multivariate t distribution: by a power of the distance, the slower the fewer degrees of freedom it has.</summary>
    Student,
}

namespace GmmTools.Mixtures;

/// <summary>
/// What the covariance matrices of the components share: volume, shape and orientation in that order, each
/// E (equal for all components), V (variable) or I (identity). Banfield and Raftery, Biometrics 49 (1993) 803-821;
/// Celeux and Govaert, Pattern Recognition 28 (1995) 781-793.
/// </summary>
public enum CovarianceModel
{
    /// <summary>Spheres of different volume; alias Spherical.</summary>
    VII,

    /// <summary>Ellipsoids along the axes, each its own; alias Diagonal.</summary>
    VVI,

    /// <summary>One ellipsoid for all components; alias Tied.</summary>
    EEE,

    /// <summary>Every component its own ellipsoid; alias Full.</summary>
    VVV,
}

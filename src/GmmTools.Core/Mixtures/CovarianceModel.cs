using System.ComponentModel;

namespace GmmTools.Mixtures;

/// <summary>
/// What the covariance matrices Σₖ = λₖ·Dₖ·Aₖ·Dₖᵀ of the components share: volume λ, shape A and orientation D in that order, each
/// E (equal for all components), V (variable) or I (shape: a sphere; orientation: along the axes). Banfield and Raftery,
/// Biometrics 49 (1993) 803-821; Celeux and Govaert, Pattern Recognition 28 (1995) 781-793.
/// </summary>
[TypeConverter(typeof(CovarianceModelConverter))]
public enum CovarianceModel
{
    /// <summary>Spheres of one volume.</summary>
    EII,

    /// <summary>Spheres of different volume; alias Spherical.</summary>
    VII,

    /// <summary>One ellipsoid along the axes for all components.</summary>
    EEI,

    /// <summary>Ellipsoids along the axes of one shape and different volume.</summary>
    VEI,

    /// <summary>Ellipsoids along the axes of one volume and different shape.</summary>
    EVI,

    /// <summary>Ellipsoids along the axes, each its own; alias Diagonal.</summary>
    VVI,

    /// <summary>One ellipsoid for all components; alias Tied.</summary>
    EEE,

    /// <summary>Ellipsoids of one shape and orientation and different volume.</summary>
    VEE,

    /// <summary>Ellipsoids of one volume and orientation and different shape.</summary>
    EVE,

    /// <summary>Ellipsoids with common axes.</summary>
    VVE,

    /// <summary>One ellipsoid, turned differently for each component.</summary>
    EEV,

    /// <summary>Ellipsoids of one shape, different in volume and orientation.</summary>
    VEV,

    /// <summary>Ellipsoids of one volume.</summary>
    EVV,

    /// <summary>Every component its own ellipsoid; alias Full.</summary>
    VVV,
}

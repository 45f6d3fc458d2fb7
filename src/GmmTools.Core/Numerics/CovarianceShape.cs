namespace GmmTools.Numerics;

/// <summary>How the covariance matrices are stored, and which second moments estimating them needs.</summary>
public enum CovarianceShape
{
    /// <summary>d variances per component.</summary>
    Diagonal,

    /// <summary>d(d+1)/2 entries per component: the lower triangle, row by row.</summary>
    Full,
}

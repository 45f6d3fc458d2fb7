using System;
using GmmTools.Mixtures;

namespace GmmTools.Estimation;

/// <summary>The covariance models for which there is a conjugate prior: the mode of their posterior has a closed form.</summary>
internal static class PriorModels
{
    /// <summary>The models.</summary>
    public static CovarianceModel[] All { get; } =
    [
        CovarianceModel.EII,
        CovarianceModel.VII,
        CovarianceModel.EEI,
        CovarianceModel.VVI,
        CovarianceModel.EEE,
        CovarianceModel.VVV,
    ];

    /// <summary>Whether there is a prior for a model.</summary>
    public static bool Contain(CovarianceModel model) => Array.IndexOf(All, model) >= 0;
}

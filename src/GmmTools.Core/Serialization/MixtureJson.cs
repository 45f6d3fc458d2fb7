using GmmTools.Numerics;

namespace GmmTools.Serialization;

/// <summary>What writer and reader of the format have in common.</summary>
internal static class MixtureJson
{
    public const string Format = "format";
    public const string FormatName = "GmmTools.GaussianMixture";
    public const string FormatVersion = "format_version";

    /// <summary>Grows when readers of before would misunderstand a text; members that they may ignore do not count.
    /// 2: the options of a fit, without which an update would be of another model.</summary>
    public const int Version = 2;

    public static string CovarianceType(CovarianceShape shape) => shape == CovarianceShape.Full ? "full" : "diag";
}

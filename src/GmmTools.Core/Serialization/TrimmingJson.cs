using GmmTools.Mixtures;

namespace GmmTools.Serialization;

/// <summary>What a mixture was not fitted to as JSON: the share of the rows, and the log-density below which rows belong to no component, which is left
/// out where there are none.</summary>
internal static class TrimmingJson
{
    public static void Write(JsonBuilder json, MixtureTrimming trimming)
    {
        json.Number("fraction", trimming.Fraction);
        if (!double.IsNegativeInfinity(trimming.LogDensity))
        {
            json.Number("log_density", trimming.LogDensity);
        }
    }

    /// <summary>The trimming of a text; null where it has none.</summary>
    public static MixtureTrimming? Read(JsonValue root)
    {
        if (root.Find("trimming") is not JsonValue json)
        {
            return null;
        }

        JsonValue fraction = json["fraction"];
        return fraction.ToNumber() is double share and >= 0 and < 1
            ? new MixtureTrimming(share, json.Find("log_density")?.ToNumber() ?? double.NegativeInfinity)
            : throw fraction.Wrong("is not at least 0 and below 1, but the share that is trimmed must be", errorId: "InvalidTrimming");
    }
}

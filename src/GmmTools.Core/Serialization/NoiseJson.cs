using System;
using System.Linq;
using GmmTools.Mixtures;

namespace GmmTools.Serialization;

/// <summary>Noise beside the components as JSON: its weight, its volume for the reader, the middle and the widths of its box, and the edges of one
/// that does not lie along the columns.</summary>
internal static class NoiseJson
{
    public static void Write(JsonBuilder json, MixtureParameters parameters)
    {
        UniformBackground box = parameters.Background!;
        json.Number("weight", parameters.BackgroundWeight);
        json.Number("volume", Math.Exp(-box.LogDensity));
        json.Vector("center", box.Centre);
        json.Vector("log_widths", box.LogWidths);
        if (box.Edges.Count > 0)
        {
            json.Array("edges", Enumerable.Range(0, parameters.Dimension), i => json.Vector([.. box.Edges.Skip(i * parameters.Dimension).Take(parameters.Dimension)]));
        }
    }

    /// <summary>Gives parameters the noise of a text, where it has any.</summary>
    public static void Read(JsonValue root, MixtureParameters parameters)
    {
        if (root.Find("noise") is not JsonValue json)
        {
            return;
        }

        JsonValue weight = json["weight"];
        parameters.BackgroundWeight = weight.ToNumber() is double number and >= 0 and <= 1 + MixtureValidation.WeightSumTolerance
            ? number
            : throw weight.Wrong("is not from 0 to 1, but the weight of noise must be", errorId: "InvalidWeight");
        int dimension = parameters.Dimension;
        parameters.Background = UniformBackground.Of(
            Numbers(json["log_widths"], dimension),
            Numbers(json["center"], dimension),
            json.Find("edges") is JsonValue edges ? [.. edges.ToItems(dimension, "columns").SelectMany(edge => Numbers(edge, dimension))] : []);
    }

    private static double[] Numbers(JsonValue json, int dimension) => [.. json.ToItems(dimension, "columns").Select(item => item.ToNumber())];
}

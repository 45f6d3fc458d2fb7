using System;
using System.Linq;
using GmmTools.Estimation;
using GmmTools.Mixtures;

namespace GmmTools.Serialization;

/// <summary>Degrees of freedom of components of multivariate t as JSON, and what was asked of them.</summary>
internal static class TailJson
{
    /// <summary>Gives parameters the degrees of freedom of a text, where it has any.</summary>
    public static void Read(JsonValue root, MixtureParameters parameters)
    {
        if (root.Find("degrees_of_freedom") is JsonValue json)
        {
            parameters.DegreesOfFreedom = Numbers(json, parameters.ComponentCount);
        }
    }

    public static void WriteOptions(JsonBuilder json, FitOptions options)
    {
        if (options.Tail == Tail.Normal)
        {
            return;
        }

        json.Text("tail", options.Tail.ToString());
        if (options.DegreesOfFreedom is not null)
        {
            json.Vector("degrees_of_freedom", options.DegreesOfFreedom);
        }

        json.Flag("common_degrees_of_freedom", options.CommonDegreesOfFreedom);
    }

    /// <summary>Reads what was asked of the tails, which the mixture has then.</summary>
    public static void ReadOptions(JsonValue json, GaussianMixture mixture, EmOptions options)
    {
        options.Tail = json.Find("tail")?.ToName<Tail>() ?? Tail.Normal;
        if (options.Tail != mixture.Tail)
        {
            throw (json.Find("tail") ?? json).Wrong($"has the tail {options.Tail}, but the mixture has the tail {mixture.Tail}");
        }

        if (json.Find("degrees_of_freedom") is JsonValue given)
        {
            options.DegreesOfFreedom = Numbers(given, given.ToItems().Count == 1 ? 1 : options.ComponentCount);
        }

        options.CommonDegreesOfFreedom = json.Find("common_degrees_of_freedom")?.ToFlag() ?? false;
    }

    private static double[] Numbers(JsonValue json, int count)
    {
        double[] numbers = [.. json.ToItems(count, "components").Select(item => item.ToNumber())];
        return Array.TrueForAll(numbers, MixtureValidation.AreDegreesOfFreedom)
            ? numbers
            : throw json.Wrong("has a number that is not above 0, but degrees of freedom must be", errorId: "InvalidDegreesOfFreedom");
    }
}

using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using GmmTools.Mixtures;

namespace GmmTools.Binding.Models;

/// <summary>
/// Makes a mixture again from the bag of properties that Export-Clixml, a job or a remote session leaves of one. Nothing in the
/// bag is trusted: the numbers pass the same checks as those that a user types.
/// </summary>
internal static class MixtureCopy
{
    /// <summary>Reads a copy.</summary>
    /// <param name="copy">An object with the properties Property, CovarianceModel and Components.</param>
    /// <exception cref="CommandException">Something is missing.</exception>
    /// <exception cref="InvalidMixtureException">The numbers are not those of a mixture.</exception>
    public static GaussianMixture Read(PSObject copy)
    {
        List<PSObject> components = ReadList(Require(copy, "Components"));
        double[] weights = new double[components.Count];
        double[][] means = new double[components.Count][];
        double[][,] covariances = new double[components.Count][,];
        double[]? degrees = components.Exists(component => component.Properties["DegreesOfFreedom"]?.Value is not null) ? new double[components.Count] : null;
        string?[] classes = [.. components.Select(component => Bare.Of(component.Properties["Class"]?.Value)?.ToString())];
        for (int k = 0; k < components.Count; k++)
        {
            weights[k] = Single(Require(components[k], "Weight"));
            if (degrees is not null)
            {
                degrees[k] = Single(Require(components[k], "DegreesOfFreedom"));
            }

            means[k] = [.. NumberTree.Read(Require(components[k], "Mean"), "Model").Flatten()];
            covariances[k] = MixtureArguments.ReadCovariances(Require(components[k], "Covariance"), 1, means[k].Length)[0];
        }

        string[] property = [.. ReadList(Require(copy, "Property")).ConvertAll(name => name.BaseObject.ToString()!)];
        GaussianMixture full = GaussianMixture.Create(weights, means, covariances, property, ReadNoise(copy), degrees, classes);
        return new GaussianMixture(full.ToParameters(), property, ReadCovarianceModel(copy), ReadTrimming(copy), full.ComponentClasses);
    }

    /// <summary>The model of a copy of a mixture or a fit; it comes back as a number or as text, depending on the way it went.</summary>
    /// <param name="copy">An object with the property CovarianceModel.</param>
    public static CovarianceModel ReadCovarianceModel(PSObject copy)
    {
        object? value = copy.Properties["CovarianceModel"]?.Value;
        string text = Convert.ToString(Bare.Of(value), CultureInfo.InvariantCulture) ?? string.Empty;
        return Enum.TryParse(text, out CovarianceModel model) && Enum.IsDefined(typeof(CovarianceModel), model)
            ? model
            : throw Damaged("CovarianceModel", value);
    }

    /// <summary>The tails of a copy of a mixture; normal where nothing is said of them.</summary>
    /// <param name="mixture">A mixture or a copy of one, or null.</param>
    public static Tail ReadTail(object? mixture)
    {
        object? value = mixture is null ? null : PSObject.AsPSObject(mixture).Properties["Tail"]?.Value;
        string text = Convert.ToString(Bare.Of(value), CultureInfo.InvariantCulture) ?? string.Empty;
        return Enum.TryParse(text, out Tail tail) && Enum.IsDefined(typeof(Tail), tail) ? tail : Tail.Normal;
    }

    /// <summary>The noise of a copy of a mixture; null where there is none.</summary>
    /// <param name="mixture">A mixture or a copy of one, or null.</param>
    /// <exception cref="CommandException">It lacks numbers (DamagedModel).</exception>
    /// <exception cref="InvalidMixtureException">The numbers are not those of noise.</exception>
    public static MixtureNoise? ReadNoise(object? mixture)
    {
        object? value = mixture is null ? null : PSObject.AsPSObject(mixture).Properties["Noise"]?.Value;
        if (value is null)
        {
            return null;
        }

        PSObject bag = PSObject.AsPSObject(value);
        return bag.BaseObject as MixtureNoise ?? new MixtureNoise(
            Single(Require(bag, "Weight")), Numbers(bag, "Center"), Numbers(bag, "Width"), bag.Properties["Edge"]?.Value is null ? [] : Numbers(bag, "Edge"));
    }

    /// <summary>The trimming of a copy of a mixture; null where there is none.</summary>
    /// <param name="mixture">A mixture or a copy of one, or null.</param>
    /// <exception cref="CommandException">It lacks numbers (DamagedModel).</exception>
    /// <exception cref="InvalidMixtureException">The numbers are not those of trimming.</exception>
    public static MixtureTrimming? ReadTrimming(object? mixture)
    {
        object? value = mixture is null ? null : PSObject.AsPSObject(mixture).Properties["Trimming"]?.Value;
        if (value is null)
        {
            return null;
        }

        PSObject bag = PSObject.AsPSObject(value);
        return bag.BaseObject as MixtureTrimming ?? new MixtureTrimming(Single(Require(bag, "Fraction")), Level(Require(bag, "LogDensity")));
    }

    /// <summary>A level, which may be −∞: JSON has that as text.</summary>
    private static double Level(object value) => LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out double level) ? level : throw Damaged("Trimming", value);

    private static double[] Numbers(PSObject bag, string property) => [.. NumberTree.Read(Require(bag, property), "Model").Flatten()];

    private static double Single(object value)
    {
        List<double> numbers = NumberTree.Read(value, "Model").Flatten();
        return numbers.Count == 1 ? numbers[0] : throw Damaged("Weight", value);
    }

    private static List<PSObject> ReadList(object value)
    {
        List<PSObject> items = [];
        object bare = Bare.Of(value)!;
        if (bare is IEnumerable list and not string)
        {
            foreach (object? item in list)
            {
                items.Add(PSObject.AsPSObject(item ?? throw Damaged("Components", value)));
            }
        }
        else
        {
            items.Add(PSObject.AsPSObject(bare));
        }

        return items;
    }

    private static object Require(PSObject bag, string property) =>
        bag.Properties[property]?.Value ?? throw Damaged(property, bag);

    private static CommandException Damaged(string property, object? target) => new(
        "DamagedModel",
        $"The model has no usable {property}: the copy was truncated on the way. Save models with Export-Clixml, or the rows of Get-MixtureComponent with Export-Csv.",
        target);
}

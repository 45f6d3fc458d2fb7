using System.Globalization;
using System.Management.Automation;
using GmmTools.Estimation;
using GmmTools.Estimation.Updating;
using GmmTools.Mixtures;

namespace GmmTools.Binding.Models;

/// <summary>Makes a fit that an update can go on from of the bag of properties that Export-Clixml, a job or a remote session leaves of
/// one. Nothing in the bag is trusted.</summary>
internal static class FitCopy
{
    /// <summary>The fit that a model is, or is a copy of; null for a mixture alone.</summary>
    /// <param name="model">The model.</param>
    /// <param name="mixture">Its mixture.</param>
    /// <exception cref="CommandException">Something of a copy is missing or cannot be read (DamagedModel).</exception>
    /// <exception cref="EstimationException">An option of a copy is out of its domain.</exception>
    public static EmFit? FindFit(PSObject model, GaussianMixture mixture) =>
        model.BaseObject as EmFit ?? (Find(model, "TotalWeight") is not null && Find(model, "Mixture") is not null ? Read(model, mixture) : null);

    private static EmFit Read(PSObject copy, GaussianMixture mixture)
    {
        double totalWeight = Number(copy, "TotalWeight");
        return FitUpdater.Assume(
            mixture, totalWeight, (long)Number(copy, "RowCount"), Number(copy, "Entropy"), new FitOptions(ReadOptions(copy, mixture), totalWeight));
    }

    private static EmOptions ReadOptions(PSObject copy, GaussianMixture mixture)
    {
        PSObject bag = PSObject.AsPSObject(Require(copy, "Options"));
        EmOptions options = new()
        {
            ComponentCount = Convert<int>(bag, "ComponentCount"),
            CovarianceModel = mixture.CovarianceModel,
            MaxIteration = Convert<int>(bag, "MaxIteration"),
            Tolerance = Number(bag, "Tolerance"),
            Seed = Convert<ulong>(bag, "Seed"),
            RestartCount = Convert<int>(bag, "RestartCount"),
            Initialization = Convert<InitializationMethod>(bag, "Initialization"),
            Acceleration = Convert<AccelerationMethod>(bag, "Acceleration"),
            FixedWeights = Find(bag, "FixedWeights") is object weights ? [.. NumberTree.Read(weights, "Model").Flatten()] : null,
            Standardize = Convert<bool>(bag, "Standardize"),
            CovarianceFloor = Number(bag, "CovarianceFloor"),
            Prior = Convert<bool>(bag, "Prior"),

            // copies of before have none
            Noise = mixture.Noise is not null,
            NoiseVolume = Find(bag, "NoiseVolume") is null ? null : Number(bag, "NoiseVolume"),
            Tail = mixture.Tail,
            DegreesOfFreedom = Find(bag, "DegreesOfFreedom") is object degrees ? [.. NumberTree.Read(degrees, "Model").Flatten()] : null,
            CommonDegreesOfFreedom = mixture.Tail == Tail.Student && Convert<bool>(bag, "CommonDegreesOfFreedom"),
            TrimFraction = mixture.Trimming?.Fraction,
            EigenvalueRatio = Find(bag, "EigenvalueRatio") is null ? null : Number(bag, "EigenvalueRatio"),
            CollapsePolicy = Convert<CollapsePolicy>(bag, "CollapsePolicy"),
        };
        options.Validate();
        return options;
    }

    private static double Number(PSObject bag, string property) => Convert<double>(bag, property);

    private static T Convert<T>(PSObject bag, string property)
    {
        object value = Require(bag, property);
        return LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out T result) ? result : throw Damaged(property, value);
    }

    private static object Require(PSObject bag, string property) => Find(bag, property) ?? throw Damaged(property, bag);

    private static object? Find(PSObject bag, string property) => bag.Properties[property]?.Value;

    private static CommandException Damaged(string property, object target) => new(
        "DamagedModel",
        $"The model has no usable {property}: the copy was truncated on the way. Save fits with Export-GaussianMixture or Export-Clixml.",
        target);
}

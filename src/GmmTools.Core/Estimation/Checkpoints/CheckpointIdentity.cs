using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using GmmTools.Estimation.Known;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Estimation.Checkpoints;

/// <summary>What a checkpoint belongs to: the rows, and the options that the result depends on, each as a name and a text.</summary>
internal static class CheckpointIdentity
{
    public static IReadOnlyList<KeyValuePair<string, string>> Of(
        EmOptions options, IObservations observations, string combinations, CancellationToken cancellationToken) =>
    [
        new("GmmTools", typeof(EmOptions).Assembly.GetName().Version!.ToString()),
        .. observations.Describe(cancellationToken),
        new("models", combinations),
        .. Describe(options),
    ];

    /// <summary>What differs, in words.</summary>
    public static IEnumerable<string> Differences(
        IReadOnlyList<KeyValuePair<string, string>> kept, IReadOnlyList<KeyValuePair<string, string>> current)
    {
        Dictionary<string, string> before = kept.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        foreach (KeyValuePair<string, string> pair in current)
        {
            if (!before.TryGetValue(pair.Key, out string? was))
            {
                yield return $"{pair.Key} is new";
            }
            else if (was != pair.Value)
            {
                yield return NumberHash.IsText(was) || NumberHash.IsText(pair.Value)
                    ? $"{pair.Key} differs"
                    : $"{pair.Key} was {was} and is {pair.Value}";
            }

            before.Remove(pair.Key);
        }

        foreach (string gone in before.Keys)
        {
            yield return $"{gone} is no longer there";
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Describe(EmOptions options)
    {
        yield return Pair("MaxIteration", options.MaxIteration);
        yield return Pair("Tolerance", options.Tolerance);
        yield return Pair("Seed", options.Seed);
        yield return Pair("RestartCount", options.HasDefaultRestartCount ? FormattableString.Invariant($"{options.RestartCount} by default") : options.RestartCount);
        yield return Pair("Initialization", options.Initialization);
        yield return Pair("Acceleration", options.Acceleration);
        yield return Pair("Standardize", options.Standardize);
        yield return Pair("CovarianceFloor", options.CovarianceFloor);
        yield return Pair("Prior", options.Prior);
        yield return Pair("Noise", options.Noise);
        yield return Pair("NoiseVolume", options.NoiseVolume);
        yield return Pair("Tail", options.Tail);
        yield return Pair("DegreesOfFreedom", options.DegreesOfFreedom is null ? null : string.Join(" ", options.DegreesOfFreedom.Select(RoundTrip.Text)));
        yield return Pair("CommonDegreesOfFreedom", options.CommonDegreesOfFreedom);
        yield return Pair("TrimFraction", options.TrimFraction);
        yield return Pair("EigenvalueRatio", options.EigenvalueRatio);
        yield return Pair("CollapsePolicy", options.CollapsePolicy);
        yield return Pair("FixedWeights", options.FixedWeights is null ? null : string.Join(" ", options.FixedWeights.Select(RoundTrip.Text)));
        yield return Pair("AdditionalComponentCount", options.AdditionalComponentCount);
        yield return Pair("RegularizeCovariance", options.RegularizeCovariance);
        yield return Pair("Frozen", options.Frozen is null ? null : string.Join("; ", options.Frozen.Parts) + (options.Frozen.InProportion ? " in proportion" : string.Empty));
        yield return new("the known components", Describe(options.HasLabels ? options.KnownComponents : null));
        yield return new("the initial mixture", options.InitialMixture is null ? "none" : SumOf(MixtureNumbers(options)));
        yield return new("the initial responsibilities", options.InitialResponsibilities is null ? "none" : SumOf(options.InitialResponsibilities.EnumerateRows().SelectMany(row => row)));
    }

    private static string Describe(KnownComponents? known) => known is null
        ? "none"
        : SumOf([.. known.Labels.Select(label => (double)label), known.LabelErrorRate, .. Enumerable.Range(0, known.ComponentCount).Select(k => (double)known.ClassOf(k))]);

    private static IEnumerable<double> MixtureNumbers(EmOptions options) =>
    [
        .. options.InitialMixture!.Parameters.Weights,
        .. options.InitialMixture.Parameters.Means,
        .. options.InitialMixture.Parameters.Covariances,
        options.InitialMixture.Parameters.BackgroundWeight,
        .. options.InitialMixture.Parameters.DegreesOfFreedom ?? [],
    ];

    private static string SumOf(IEnumerable<double> numbers)
    {
        NumberHash hash = default;
        foreach (double number in numbers)
        {
            hash.Add(number);
        }

        return hash.ToString();
    }

    private static KeyValuePair<string, string> Pair(string name, object? value) =>
        new(name, value is double number ? RoundTrip.Text(number) : Convert.ToString(value ?? "none", CultureInfo.InvariantCulture)!);

}

using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using GmmTools.Estimation;
using GmmTools.Plots;
using GmmTools.Selection;

namespace GmmTools.Binding.Models;

/// <summary>What users give as fits to choose from: fits, lists of them, and copies that came back from a file or a job.</summary>
internal static class FitArgument
{
    /// <summary>The fits in what was given: a fit itself, or those of a list.</summary>
    /// <param name="input">A fit or a list of fits; null for none.</param>
    public static IEnumerable<PSObject> Enumerate(PSObject? input)
    {
        switch (input?.BaseObject)
        {
            case null:
                return [];
            case PSCustomObject or string or IDictionary:
                return [input];
            case IEnumerable list:
                List<PSObject> fits = [];
                foreach (object? item in list)
                {
                    fits.AddRange(Enumerate(item is null ? null : PSObject.AsPSObject(item)));
                }

                return fits;
            default:
                return [input];
        }
    }

    /// <summary>What a selection looks at in a fit.</summary>
    /// <param name="fit">A fit or a copy of one.</param>
    /// <exception cref="CommandException">It is something else (NotAFit).</exception>
    public static FitCandidate Read(PSObject fit) =>
        fit.BaseObject is IFitOutcome original ? FitCandidate.From(original) : ReadCopy(fit);

    /// <summary>The log-likelihoods of a fit, iteration by iteration.</summary>
    /// <param name="fit">The fit or a copy of one; one that failed has none.</param>
    /// <exception cref="CommandException">It is something else (NotAFit).</exception>
    public static TraceLine ReadTrace(PSObject fit)
    {
        FitCandidate candidate = Read(fit);
        double[] values = candidate.Failure is not null ? []
            : fit.BaseObject is EmFit original ? [.. original.LogLikelihoodTrace]
            : [.. NumberTree.Read(Require(fit, "LogLikelihoodTrace"), "InputObject").Flatten()];
        return new TraceLine(candidate.ToString(), values);
    }

    private static FitCandidate ReadCopy(PSObject copy)
    {
        FitCandidate candidate = ReadOutcome(copy);
        candidate.Failure = copy.Properties["Failure"]?.Value?.ToString();
        candidate.LogLikelihood = candidate.Failure is null ? Number(copy, "LogLikelihood") : double.NaN;
        if (candidate.Failure is null && copy.Properties["BoundedLogLikelihood"]?.Value is not null)
        {
            candidate.BoundedLogLikelihood = Number(copy, "BoundedLogLikelihood");
        }


        // a failure has no mixture and tells itself what was wanted
        candidate.Tail = MixtureCopy.ReadTail(candidate.Failure is null ? copy.Properties["Mixture"]?.Value : copy);
        candidate.NoiseLogVolume = candidate.Failure is null ? MixtureCopy.ReadNoise(copy.Properties["Mixture"]?.Value)?.LogVolume
            : copy.Properties["Noise"]?.Value is true ? double.NaN
            : null;
        candidate.IsTrimmed = MixtureCopy.ReadTrimming(copy.Properties["Mixture"]?.Value) is not null;
        candidate.Entropy = candidate.Failure is null ? Number(copy, "Entropy") : double.NaN;
        candidate.IsSpurious = LanguagePrimitives.IsTrue(copy.Properties["IsSpurious"]?.Value);
        return candidate;
    }

    /// <summary>What a fit and a failure have in common.</summary>
    private static FitCandidate ReadOutcome(PSObject copy) => new()
    {
        ComponentCount = (int)Number(copy, "ComponentCount"),
        CovarianceModel = MixtureCopy.ReadCovarianceModel(copy),
        Property = Texts(Require(copy, "Property")),
        RowCount = (long)Number(copy, "RowCount"),
        TotalWeight = Number(copy, "TotalWeight"),
        ParameterCount = (int)Number(copy, "ParameterCount"),
    };

    private static double Number(PSObject copy, string property)
    {
        object value = Require(copy, property);
        try
        {
            return Convert.ToDouble(value, CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is FormatException or InvalidCastException or OverflowException)
        {
            throw NotAFit(copy, property);
        }
    }

    private static string[] Texts(object value)
    {
        List<string> texts = [];
        foreach (object? item in value is IEnumerable list and not string ? list : new[] { value })
        {
            texts.Add(item?.ToString() ?? string.Empty);
        }

        return [.. texts];
    }

    private static object Require(PSObject copy, string property)
    {
        object? value = copy.Properties[property]?.Value;
        return Bare.Of(value) ?? throw NotAFit(copy, property);
    }

    private static CommandException NotAFit(PSObject value, string property) => new(
        "NotAFit",
        $"A {value.TypeNames[0]} without a usable {property} is not a fit. Pipe fits from Invoke-EmFit, or copies of them from Import-Clixml or a job.",
        value);
}

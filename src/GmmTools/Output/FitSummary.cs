using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text;
using GmmTools.Binding;
using GmmTools.Binding.Models;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Selection;

namespace GmmTools.Output;

/// <summary>The view Summary of a fit: what it is, how it went, how large the components are, and their parameters.</summary>
public static class FitSummary
{
    /// <summary>A console of 80 columns would break longer lines within words.</summary>
    private const int Width = 78;
    private const int MaxPairs = 45;
    private const string Title = "Gaussian mixture fitted by expectation-maximization";

    /// <summary>The summary of a fit or of a copy that came back from a file or a job, in lines that a console of 80 columns holds.</summary>
    /// <param name="fit">The fit.</param>
    /// <returns>Lines of text.</returns>
    public static string Format(PSObject fit)
    {
        FitCandidate account = FitArgument.Read(fit);
        List<string> lines = [Title, new string('-', Title.Length), .. Wrap(Counts(account)), string.Empty];
        if (account.Failure is null)
        {
            lines.AddRange(Likelihood(account));
            lines.AddRange(Wrap(Course(fit)));
            GaussianMixture mixture = ModelArgument.Resolve(fit);
            lines.AddRange(Parameters(mixture, account.TotalWeight));
            lines.AddRange(Noise(mixture, account.TotalWeight));
            lines.AddRange(Trimming(mixture));
        }

        lines.AddRange(Notes(fit, account));
        return string.Join(Environment.NewLine, lines);
    }

    private static string Counts(FitCandidate account)
    {
        string components = Counted.Of(account.ComponentCount, "component");
        string words = account.CovarianceModel.Describe(account.ComponentCount, account.Property.Count);
        components += account.Tail == Tail.Normal ? string.Empty : " with Student tails";
        components += account.NoiseLogVolume is null ? string.Empty : " and noise";
        return Text("{0} ({1}), {2}, {3} of {4}", account.CovarianceModel.Name(account.Property.Count), words, components, Counted.Of(account.RowCount, "row"), string.Join(", ", account.Property.Select(VisibleText.Of)));
    }

    private static IEnumerable<string> Likelihood(FitCandidate account)
    {
        const string Layout = "{0,16}{1,11}{2,6}{3,15}{4,15}";
        yield return Text(Layout, "log-likelihood", "n", "df", "BIC", "ICL");
        yield return Text(
            Layout,
            Text("{0:F3}", account.LogLikelihood),
            Text("{0:G9}", account.TotalWeight),
            account.ParameterCount,
            Text("{0:F3}", account.Value(SelectionCriterion.Bic)),
            Text("{0:F3}", account.Value(SelectionCriterion.Icl)));
        yield return string.Empty;
    }

    private static string Course(PSObject fit)
    {
        int reached = Convert.ToInt32(Value(fit, "BestStartCount") ?? 0, CultureInfo.InvariantCulture);
        int starts = Items(fit, "Starts").Count();
        string optimum = reached > 0 && starts > 1 ? Text("; {0} of {1} starts reached this optimum", reached, starts) : string.Empty;

        // copies keep the name of the reason as a text beside its number
        return Text("{0} after {1}{2}.", fit.Properties["StopReason"]?.Value, Counted.Of(Convert.ToInt64(Value(fit, "IterationCount"), CultureInfo.InvariantCulture), "iteration"), optimum);
    }

    private static IEnumerable<string> Parameters(GaussianMixture mixture, double totalWeight)
    {
        bool full = mixture.CovarianceModel.Shape() == CovarianceShape.Full;
        (int First, int Second)[] pairs = full ? [.. Pairs(mixture.Dimension)] : [];
        string[] names = [.. mixture.Property.Select(VisibleText.Of)];
        string[] pairNames = [.. pairs.Select(pair => names[pair.First] + ", " + names[pair.Second])];
        TextColumns columns = new(names.Concat(pairNames), Width);
        foreach (GaussianComponent[] block in columns.Split(mixture.Components))
        {
            yield return string.Empty;
            yield return columns.Row("Component", block.Select(component => Text("{0}", component.Component)));
            if (mixture.ComponentClasses is not null)
            {
                yield return columns.Row("Class", block.Select(component => VisibleText.Of(component.Class ?? string.Empty)));
            }

            yield return columns.Row("Weight", block.Select(component => Text("{0:F4}", component.Weight)));
            yield return columns.Row("Expected rows", block.Select(component => Text("{0:F1}", component.Weight * totalWeight)));
            yield return "Mean";
            for (int j = 0; j < mixture.Dimension; j++)
            {
                yield return columns.Row("  " + names[j], block.Select(component => Text("{0:G5}", component.Mean[j])));
            }

            if (mixture.Tail == Tail.Student)
            {
                yield return columns.Row("Degrees of freedom", block.Select(component => Text("{0:G5}", component.DegreesOfFreedom!.Value)));
            }

            yield return mixture.Tail == Tail.Student ? "Scale" : "Standard deviation";
            for (int j = 0; j < mixture.Dimension; j++)
            {
                yield return columns.Row("  " + names[j], block.Select(component => Text("{0:G5}", component.StandardDeviation[j])));
            }

            if (pairs.Length is > 0 and <= MaxPairs)
            {
                yield return mixture.Tail == Tail.Student ? "Scale matrix" : "Covariance";
                for (int i = 0; i < pairs.Length; i++)
                {
                    (int first, int second) = pairs[i];
                    yield return columns.Row("  " + pairNames[i], block.Select(component => Text("{0:G5}", component.Covariance[first, second])));
                }
            }
        }
    }

    private static IEnumerable<string> Noise(GaussianMixture mixture, double totalWeight)
    {
        if (mixture.Noise is MixtureNoise noise)
        {
            yield return string.Empty;
            yield return Text("Noise: weight {0:F4}, expected rows {1:F1}, volume {2:G6}", noise.Weight, noise.Weight * totalWeight, noise.Volume);
        }
    }

    private static IEnumerable<string> Trimming(GaussianMixture mixture)
    {
        if (mixture.Trimming is MixtureTrimming trimming)
        {
            yield return string.Empty;
            yield return Text("Trimmed: {0:0.###} % of the rows, those with a log-density below {1:G6}", 100 * trimming.Fraction, trimming.LogDensity);
        }
    }

    private static IEnumerable<(int First, int Second)> Pairs(int dimension) =>
        Enumerable.Range(0, dimension).SelectMany(first => Enumerable.Range(first + 1, dimension - first - 1).Select(second => (first, second)));

    private static IEnumerable<string> Notes(PSObject fit, FitCandidate account)
    {
        string[] notes =
        [
            .. account.Failure is null ? Array.Empty<string>() : ["Not fitted: " + account.Failure],
            .. account.Failure is null ? Items(fit, "Warnings").Select(warning => "Warning: " + warning) : [],
        ];
        return notes.SelectMany(note => Wrap(VisibleText.Of(note)).Prepend(string.Empty));
    }

    private static object? Value(PSObject item, string property) => Bare.Of(item.Properties[property]?.Value);

    private static IEnumerable<PSObject> Items(PSObject item, string property) =>
        Value(item, property) is IEnumerable list and not string ? list.Cast<object>().Select(PSObject.AsPSObject) : [];

    private static string Text(string format, params object?[] values) => string.Format(CultureInfo.CurrentCulture, format, values);

    private static IEnumerable<string> Wrap(string text)
    {
        StringBuilder line = new();
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > Width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length == 0 ? string.Empty : " ").Append(word);
        }

        yield return line.ToString();
    }
}

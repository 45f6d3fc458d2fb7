using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Serialization;

namespace GmmTools.Classification;

/// <summary>
/// A classifier as JSON: its figures, its classes, and in the same order their mixtures, each as a text of its own would have it. Numbers read back to the last
/// bit. Nothing in a text is trusted.
/// </summary>
internal static class ClassifierJson
{
    private const string FormatName = "GmmTools.MixtureClassifier";

    /// <summary>Grows when readers of before would misunderstand a text.</summary>
    private const int Version = 1;

    /// <summary>By how much the sum of prior probabilities may differ from 1.</summary>
    private const double PriorSumTolerance = 1e-9;

    /// <summary>Whether a text says that it is one.</summary>
    public static bool IsClassifier(JsonValue root) =>
        root.Members is not null && root.Find(MixtureJson.Format) is { Kind: JsonKind.Text } format && format.ToText() == FormatName;

    public static string Write(MixtureClassifier classifier)
    {
        JsonBuilder json = new();
        json.Object(() =>
        {
            json.Text(MixtureJson.Format, FormatName);
            json.Count(MixtureJson.FormatVersion, Version);
            json.Text("producer", $"GmmTools {typeof(MixtureClassifier).Assembly.GetName().Version!.ToString(3)}");
            json.Text("method", classifier.Method.ToString());
            if (classifier.ClassProperty is string column)
            {
                json.Text("class_name", column);
            }

            json.Flag("has_given_prior", classifier.HasGivenPrior);
            json.Count("omitted_row_count", classifier.OmittedRowCount);
            json.Number("log_likelihood", classifier.LogLikelihood);
            json.Number("marginal_log_likelihood", classifier.MarginalLogLikelihood);
            json.Count("parameter_count", classifier.ParameterCount);
            json.Number("training_error", classifier.TrainingError);
            json.Texts("warnings", classifier.Warnings);
            json.Array("classes", classifier.Classes, one => json.Object(() =>
            {
                json.Text("name", one.Name);
                json.Number("prior", one.Prior);
                json.Count("row_count", one.RowCount);
                json.Number("total_weight", one.TotalWeight);
            }));
            json.Array("mixtures", classifier.Classes, one => MixtureJsonWriter.Write(json, one.Mixture, null));
        });
        return json + "\n";
    }

    /// <summary>Reads a classifier.</summary>
    /// <exception cref="MixtureFileException">The text is of another version, or something in it does not fit.</exception>
    /// <exception cref="InvalidMixtureException">The numbers are not those of a mixture.</exception>
    public static MixtureClassifier Read(JsonValue root)
    {
        if (root[MixtureJson.FormatVersion].ToCount() is long version && version != Version)
        {
            throw new MixtureFileException(
                "MixtureFileVersion",
                FormattableString.Invariant($"The text has format version {version}, but this GmmTools reads version {Version} of classifiers. Read it with a newer GmmTools."),
                version);
        }

        IReadOnlyList<JsonValue> items = root["classes"].ToItems();
        if (items.Count < 2)
        {
            throw root["classes"].Wrong("has fewer than two classes");
        }

        GaussianMixture[] mixtures = [.. root["mixtures"].ToItems(items.Count, "classes").Select(ReadMixture)];
        for (int c = 1; c < mixtures.Length; c++)
        {
            if (!mixtures[c].Property.SequenceEqual(mixtures[0].Property))
            {
                throw root["mixtures"].Items[c].Wrong("has other columns than the mixtures before it");
            }
        }

        MixtureClass[] classes = [.. items.Select((item, c) => ReadClass(item, mixtures[c]))];
        CheckNames(items, classes);
        double sum = classes.Sum(one => one.Prior);
        return Math.Abs(sum - 1) <= PriorSumTolerance
            ? new MixtureClassifier(root["method"].ToName<ClassificationMethod>(), classes, root["has_given_prior"].ToFlag())
            {
                ClassProperty = root.Find("class_name")?.ToText(),
                OmittedRowCount = root["omitted_row_count"].ToCount(),
                LogLikelihood = root["log_likelihood"].ToNumber(),
                MarginalLogLikelihood = root["marginal_log_likelihood"].ToNumber(),
                ParameterCount = (int)root["parameter_count"].ToCount(int.MaxValue),
                TrainingError = ReadShare(root["training_error"]),
                Warnings = [.. root["warnings"].ToItems().Select(warning => warning.ToText())],
            }
            : throw root["classes"].Wrong(FormattableString.Invariant($"has prior probabilities that sum to {sum:R}, not to 1"));
    }

    private static GaussianMixture ReadMixture(JsonValue json) => MixtureJsonReader.Read(json) is GaussianMixture { Noise: null, Trimming: null, Tail: Tail.Normal } mixture
        ? mixture
        : throw json.Wrong("is not a mixture of normal components alone");

    private static MixtureClass ReadClass(JsonValue json, GaussianMixture mixture)
    {
        double prior = json["prior"].ToNumber();
        if (!(prior > 0))
        {
            throw json["prior"].Wrong(FormattableString.Invariant($"is {prior:R}, but a prior probability must be above 0"));
        }

        double weight = json["total_weight"].ToNumber();
        return weight > 0
            ? new MixtureClass(json["name"].ToText(), prior, json["row_count"].ToCount(), weight, mixture)
            : throw json["total_weight"].Wrong(FormattableString.Invariant($"is {weight:R}, but the weight of all rows must be more than 0"));
    }

    private static void CheckNames(IReadOnlyList<JsonValue> items, MixtureClass[] classes)
    {
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        for (int c = 0; c < classes.Length; c++)
        {
            if (string.IsNullOrWhiteSpace(classes[c].Name) || !seen.Add(classes[c].Name))
            {
                throw items[c]["name"].Wrong($"is '{classes[c].Name}', but each class must have a name of its own");
            }
        }
    }

    private static double ReadShare(JsonValue json)
    {
        double share = json.ToNumber();
        return share is >= 0 and <= 1 ? share : throw json.Wrong(FormattableString.Invariant($"is {share:R}, but a share must be from 0 to 1"));
    }
}

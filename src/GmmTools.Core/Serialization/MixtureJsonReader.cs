using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Estimation;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Serialization;

/// <summary>
/// Reads mixtures and fits from JSON. Nothing in the text is trusted: its size, its shapes and its numbers are checked before anything is
/// made of it, and what is wrong is told with its place.
/// </summary>
public static class MixtureJsonReader
{
    /// <summary>The most bytes of a text.</summary>
    public const int MaxBytes = 1 << 28;

    /// <summary>The most numbers of all covariance matrices together.</summary>
    private const long MaxNumbers = 1 << 24;

    /// <summary>How far mirrored entries of a matrix may differ, relative to its diagonal.</summary>
    private const double SymmetryTolerance = 1e-9;

    /// <summary>Reads a mixture or a fit.</summary>
    /// <param name="utf8">The text in UTF-8.</param>
    /// <returns>A <see cref="GaussianMixture"/>, or an <see cref="EmFit"/> where the text holds one.</returns>
    /// <exception cref="MixtureFileException">The text is not JSON, of another format or version, or something in it does not fit.</exception>
    /// <exception cref="InvalidMixtureException">The numbers are not those of a mixture.</exception>
    public static object Read(byte[] utf8)
    {
        if ((utf8 ?? throw new ArgumentNullException(nameof(utf8))).Length > MaxBytes)
        {
            throw TooLarge(FormattableString.Invariant($"it has more than {MaxBytes} bytes"));
        }

        return Read(JsonText.Read(utf8));
    }

    /// <summary>Reads a mixture or a fit from an object of a text.</summary>
    internal static object Read(JsonValue root)
    {
        int version = CheckFormat(root);
        MixtureParameters parameters = ReadParameters(root);
        string[]? names = root.Find("feature_names") is JsonValue property
            ? [.. property.ToItems(parameters.Dimension, "columns").Select(name => name.ToText())]
            : null;
        CovarianceModel model = ReadModel(root, parameters.Shape);
        NoiseJson.Read(root, parameters);
        TailJson.Read(root, parameters);
        MixtureJsonChecks.CheckWeights(root["weights"], parameters);
        MixtureJsonChecks.CheckCovariances(root["covariances"], parameters);
        string[]? classes = root.Find("component_classes") is JsonValue given
            ? [.. given.ToItems(parameters.ComponentCount, "components").Select(name => name.ToText())]
            : null;
        GaussianMixture mixture = new(parameters, names, model, TrimmingJson.Read(root), classes);
        EmFit? fit = root.Find("fit") is JsonValue json ? ReadFit(json, root["weights"], mixture, parameters, version) : null;
        MixtureJsonChecks.CheckModel(root["covariances"], parameters, model, inAnyUnits: fit?.Options.Standardize ?? true);
        return fit is null ? mixture : fit;
    }

    /// <summary>The version of the format; a text that names none is of the newest.</summary>
    private static int CheckFormat(JsonValue root)
    {
        if (root.Find(MixtureJson.Format)?.ToText() is string format && format != MixtureJson.FormatName)
        {
            throw root.Wrong($"is '{format}', not '{MixtureJson.FormatName}'", "$." + MixtureJson.Format);
        }

        long version = root.Find(MixtureJson.FormatVersion)?.ToCount() ?? MixtureJson.Version;
        if (version is < 1 or > MixtureJson.Version)
        {
            throw new MixtureFileException(
                "MixtureFileVersion",
                FormattableString.Invariant($"The text has format version {version}, but this GmmTools reads versions 1 to {MixtureJson.Version}. Read it with a newer GmmTools."),
                version);
        }

        return (int)version;
    }

    private static CovarianceModel ReadModel(JsonValue root, CovarianceShape shape)
    {
        JsonValue? name = root.Find("covariance_model");
        CovarianceModel model = name?.ToName<CovarianceModel>() ?? (shape == CovarianceShape.Full ? CovarianceModel.VVV : CovarianceModel.VVI);
        return model.Shape() == shape ? model : throw name!.Wrong($"is {model}, which does not match the covariance_type");
    }

    private static MixtureParameters ReadParameters(JsonValue root)
    {
        IReadOnlyList<JsonValue> weights = root["weights"].ToItems();
        IReadOnlyList<JsonValue> means = root["means"].ToItems(weights.Count, "weights");
        if (weights.Count == 0 || means[0].ToItems().Count == 0)
        {
            throw root.Wrong("has no components or no columns");
        }

        CovarianceShape shape = ReadShape(root["covariance_type"]);
        int dimension = means[0].Items.Count;
        if ((long)weights.Count * dimension * (shape == CovarianceShape.Full ? dimension : 1) > MaxNumbers)
        {
            throw TooLarge(FormattableString.Invariant($"{weights.Count} components of {dimension} columns are more than {MaxNumbers} numbers"));
        }

        MixtureParameters parameters = new(weights.Count, dimension, shape);
        Fill(weights, parameters.Weights, 0);
        FillVectors(means, parameters.Means, dimension);
        FillMatrices(root["covariances"], parameters.Covariances, parameters);
        return parameters;
    }

    private static CovarianceShape ReadShape(JsonValue type) => type.ToText() switch
    {
        "full" => CovarianceShape.Full,
        "diag" => CovarianceShape.Diagonal,
        string other => throw type.Wrong($"is '{other}', not 'full' or 'diag'"),
    };

    private static void Fill(IReadOnlyList<JsonValue> items, double[] target, int offset)
    {
        for (int i = 0; i < items.Count; i++)
        {
            target[offset + i] = items[i].ToNumber();
        }
    }

    private static void FillVectors(IReadOnlyList<JsonValue> vectors, double[] target, int dimension)
    {
        for (int k = 0; k < vectors.Count; k++)
        {
            Fill(vectors[k].ToItems(dimension, "columns"), target, k * dimension);
        }
    }

    /// <summary>K matrices, whole or their diagonals.</summary>
    private static void FillMatrices(JsonValue matrices, double[] packed, MixtureParameters size)
    {
        IReadOnlyList<JsonValue> items = matrices.ToItems(size.ComponentCount, "components");
        if (size.Shape == CovarianceShape.Diagonal)
        {
            FillVectors(items, packed, size.Dimension);
            return;
        }

        for (int k = 0; k < items.Count; k++)
        {
            double[] numbers = new double[size.Dimension * size.Dimension];
            FillVectors(items[k].ToItems(size.Dimension, "columns"), numbers, size.Dimension);
            Pack(items[k], numbers, packed, k * size.CovarianceLength, size.Dimension);
        }
    }

    private static void Pack(JsonValue matrix, double[] numbers, double[] packed, int offset, int order)
    {
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double lower = numbers[(i * order) + j];
                double upper = numbers[(j * order) + i];
                double scale = Math.Sqrt(Math.Abs(numbers[(i * order) + i])) * Math.Sqrt(Math.Abs(numbers[(j * order) + j]));
                if (Math.Abs(lower - upper) > SymmetryTolerance * scale)
                {
                    throw matrix.Wrong(FormattableString.Invariant($"is not symmetric: [{i}][{j}] is {lower:R} and [{j}][{i}] is {upper:R}"));
                }

                packed[offset + PackedMatrix.Index(i, j)] = lower;
            }
        }
    }

    /// <param name="json">The fit.</param>
    /// <param name="weights">The mixing weights.</param>
    /// <param name="mixture">The mixture.</param>
    /// <param name="parameters">Its numbers in the order of the text.</param>
    /// <param name="version">The version of the format.</param>
    private static EmFit ReadFit(JsonValue json, JsonValue weights, GaussianMixture mixture, MixtureParameters parameters, int version)
    {
        SufficientStatistics? statistics = json.Find("statistics") is JsonValue sums ? ReadStatistics(sums, parameters) : null;
        MixtureJsonChecks.CheckStarved(weights, parameters.Weights, statistics);
        return ReadFit(json, mixture, statistics?.Arranged(mixture.SourceOrder), version);
    }

    private static RowGroup ReadGroup(JsonValue json)
    {
        IReadOnlyList<JsonValue> names = json["names"].ToItems();
        return names.Count > 0
            ? new RowGroup(names.Select(name => name.ToText()), json["values"].ToItems(names.Count, "names").Select(value => value.ToText()))
            : throw json.Wrong("has no columns");
    }

    private static EmFit ReadFit(JsonValue json, GaussianMixture mixture, SufficientStatistics? statistics, int version) => new()
    {
        Mixture = mixture,
        ComponentCount = mixture.ComponentCount,
        CovarianceModel = mixture.CovarianceModel,
        Property = mixture.Property,
        Group = json.Find("group") is JsonValue group ? ReadGroup(group) : null,
        RowCount = json["row_count"].ToCount(),
        ReadRowCount = json["read_row_count"].ToCount(),
        OmittedRowCount = json["omitted_row_count"].ToCount(),
        IncompleteRowCount = json["incomplete_row_count"].ToCount(),
        TotalWeight = MixtureJsonChecks.ReadTotalWeight(json["total_weight"]),
        LogLikelihood = json["log_likelihood"].ToNumber(),
        BoundedLogLikelihood = (json.Find("bounded_log_likelihood") ?? json["log_likelihood"]).ToNumber(),
        Entropy = MixtureJsonChecks.ReadEntropy(json["entropy"], json["total_weight"].ToNumber()),
        ParameterCount = (int)json["parameter_count"].ToCount(int.MaxValue),
        StopReason = json["stop_reason"].ToName<StopReason>(),
        IterationCount = (int)json["iteration_count"].ToCount(int.MaxValue),
        EstimatedRemainder = json.Find("estimated_remainder")?.ToNumber() ?? double.NaN,
        CollapseCount = (int)json["collapse_count"].ToCount(int.MaxValue),
        BestStartCount = (int)json["best_start_count"].ToCount(int.MaxValue),
        Options = version == 1
            ? FitOptionsJson.ReadFormat1(json, mixture, json["total_weight"].ToNumber())
            : FitOptionsJson.Read(json["options"], mixture),
        Elapsed = json["elapsed_seconds"].ToTime(),
        Warnings = [.. json["warnings"].ToItems().Select(warning => warning.ToText())],
        LogLikelihoodTrace = [.. json["log_likelihood_trace"].ToItems().Select(value => value.ToNumber())],
        Starts = [.. json["starts"].ToItems().Select(ReadStart)],
        SpuriousComponents = [.. json["spurious_components"].ToItems().Select(ReadSpurious)],
        Atoms = [.. json.Find("atoms")?.ToItems().Select(ReadAtom) ?? []],
        Statistics = statistics,
    };

    private static EmStart ReadStart(JsonValue json) => new(
        (int)json["start"].ToCount(int.MaxValue),
        json["initialization"].ToText(),
        json.Find("log_likelihood")?.ToNumber() ?? double.NaN,
        (int)json["iteration_count"].ToCount(int.MaxValue),
        json["stop_reason"].ToName<StopReason>(),
        (int)json["collapse_count"].ToCount(int.MaxValue),
        json["is_spurious"].ToFlag());

    private static Atom ReadAtom(JsonValue json) => new(
        json["property"].ToText(),
        json["value"].ToNumber(),
        json["share"].ToNumber(),
        json.Find("component") is JsonValue component ? (int)component.ToCount(int.MaxValue) : null);

    private static SpuriousComponent ReadSpurious(JsonValue json) => new(
        (int)json["component"].ToCount(int.MaxValue), json["row_count"].ToNumber(), json["eigenvalue_ratio"].ToNumber());

    private static SufficientStatistics ReadStatistics(JsonValue json, MixtureParameters size)
    {
        SufficientStatistics statistics = new(size.ComponentCount, size.Dimension, size.Shape, size.FurtherSums)
        {
            TotalWeight = json["total_weight"].ToNumber(),
            LogLikelihood = json["log_likelihood"].ToNumber(),
            Entropy = json["entropy"].ToNumber(),
        };
        if (size.Background is not null)
        {
            statistics.AddBackground(json["background_weight"].ToNumber());
        }

        if (size.DegreesOfFreedom is not null)
        {
            Fill(json["moment_weights"].ToItems(size.ComponentCount, "components"), statistics.MomentWeights, 0);
            Fill(json["log_moment_weights"].ToItems(size.ComponentCount, "components"), statistics.LogMomentWeights, 0);
        }

        Fill(json["weights"].ToItems(size.ComponentCount, "components"), statistics.Weights, 0);
        FillVectors(json["centres"].ToItems(size.ComponentCount, "components"), statistics.Centres, size.Dimension);
        FillVectors(json["first_moments"].ToItems(size.ComponentCount, "components"), statistics.FirstMoments, size.Dimension);
        FillMatrices(json["scatters"], statistics.Scatters, size);
        MixtureJsonChecks.CheckStatistics(json, statistics);
        return statistics;
    }

    private static MixtureFileException TooLarge(string why) => new(
        "MixtureFileTooLarge", $"The text is too large for a mixture: {why}. Check that it is one.");
}

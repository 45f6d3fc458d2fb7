using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Estimation;
using GmmTools.Mixtures;

namespace GmmTools.Serialization;

/// <summary>The options of a fit as JSON. Their covariance model is that of the mixture.</summary>
internal static class FitOptionsJson
{
    public static void Write(JsonBuilder json, FitOptions options)
    {
        json.Count("component_count", options.ComponentCount);
        json.Count("max_iteration", options.MaxIteration);
        json.Number("tolerance", options.Tolerance);
        json.Unsigned("seed", options.Seed);
        json.Count("restart_count", options.RestartCount);
        json.Text("initialization", options.Initialization.ToString());
        json.Text("acceleration", options.Acceleration.ToString());
        if (options.FixedWeights is not null)
        {
            json.Vector("fixed_weights", options.FixedWeights);
        }

        json.Flag("standardize", options.Standardize);
        if (options.TimeLimit is TimeSpan limit)
        {
            json.Number("time_limit_seconds", limit.TotalSeconds);
        }

        json.Number("covariance_floor", options.CovarianceFloor);
        json.Flag("prior", options.Prior);
        if (options.Noise)
        {
            json.Flag("noise", true);
            if (options.NoiseVolume is double volume)
            {
                json.Number("noise_volume", volume);
            }
        }

        TailJson.WriteOptions(json, options);
        if (options.TrimFraction is double fraction)
        {
            json.Number("trim_fraction", fraction);
            json.Number("eigenvalue_ratio", options.EigenvalueRatio ?? EmOptions.DefaultEigenvalueRatio);
        }

        FrozenJson.Write(json, options);
        if (options.LabelledRowCount > 0)
        {
            json.Count("labelled_row_count", options.LabelledRowCount);
            json.Number("label_error_rate", options.LabelErrorRate);
        }

        json.Text("collapse_policy", options.CollapsePolicy.ToString());
    }

    /// <summary>Reads options; whatever is out of its domain is told with its place.</summary>
    public static FitOptions Read(JsonValue json, GaussianMixture mixture)
    {
        JsonValue tolerance = json["tolerance"];
        EmOptions options = new()
        {
            ComponentCount = ReadComponentCount(json["component_count"], mixture),
            CovarianceModel = mixture.CovarianceModel,
            MaxIteration = ReadPositive(json["max_iteration"]),
            Tolerance = tolerance.ToNumber() is double number and >= 0 ? number : throw tolerance.Wrong("is less than 0"),
            Seed = json["seed"].ToUnsigned(),
            RestartCount = ReadPositive(json["restart_count"]),
            Initialization = json["initialization"].ToName<InitializationMethod>(),
            Acceleration = json["acceleration"].ToName<AccelerationMethod>(),
            Standardize = json["standardize"].ToFlag(),
            TimeLimit = json.Find("time_limit_seconds") is JsonValue limit ? ReadTimeLimit(limit) : null,
            CovarianceFloor = ReadFloor(json["covariance_floor"]),
            Prior = ReadPrior(json["prior"], mixture.CovarianceModel),
            Noise = ReadNoise(json, mixture),
            NoiseVolume = json.Find("noise_volume") is JsonValue volume ? ReadVolume(volume) : null,
            TrimFraction = ReadTrimming(json, mixture),
            EigenvalueRatio = json.Find("eigenvalue_ratio") is JsonValue ratio ? ReadRatio(ratio) : null,
            CollapsePolicy = json["collapse_policy"].ToName<CollapsePolicy>(),
        };
        TailJson.ReadOptions(json, mixture, options);
        options.Frozen = FrozenJson.ReadFrozen(json, options.ComponentCount);
        options.AdditionalComponentCount = FrozenJson.ReadAdditional(json, options.ComponentCount);
        options.RegularizeCovariance = FrozenJson.ReadRegularization(json);
        options.FixedWeights = json.Find("fixed_weights") is JsonValue weights ? ReadWeights(weights, options.ComponentCount) : null;
        return new FitOptions(options, 1)
        {
            LabelledRowCount = json.Find("labelled_row_count") is JsonValue count ? ReadPositive(count) : 0,
            LabelErrorRate = json.Find("label_error_rate") is JsonValue rate ? ReadErrorRate(rate) : 0,
        };
    }

    /// <summary>What a text of format 1 tells of the options: the seed and the columns' scale. That weights were fixed shows in the
    /// number of parameters; the rest is taken to be as by default.</summary>
    public static FitOptions ReadFormat1(JsonValue fit, GaussianMixture mixture, double totalWeight)
    {
        bool weightsWereFixed = mixture.ComponentCount > 1 && fit["parameter_count"].ToCount(int.MaxValue) == mixture.ParameterCount - (mixture.ComponentCount - 1);
        EmOptions options = new()
        {
            ComponentCount = mixture.ComponentCount,
            CovarianceModel = mixture.CovarianceModel,
            Seed = fit["seed"].ToUnsigned(),
            Standardize = fit["is_standardized"].ToFlag(),
            FixedWeights = weightsWereFixed ? mixture.Parameters.Weights : null,
        };
        return new FitOptions(options, totalWeight);
    }

    private static int ReadPositive(JsonValue json) =>
        json.ToCount(int.MaxValue) is long count and > 0 ? (int)count : throw json.Wrong("is 0, but must be at least 1");

    private static int ReadComponentCount(JsonValue json, GaussianMixture mixture)
    {
        int count = ReadPositive(json);
        return count >= mixture.ComponentCount
            ? count
            : throw json.Wrong(FormattableString.Invariant($"is {count}, but the mixture has {Counted.Of(mixture.ComponentCount, "component")}"));
    }

    private static TimeSpan ReadTimeLimit(JsonValue json)
    {
        TimeSpan limit = json.ToTime();
        return limit > TimeSpan.Zero ? limit : throw json.Wrong("is 0, but a time limit must be positive");
    }

    private static double ReadFloor(JsonValue json)
    {
        double floor = json.ToNumber();
        return floor >= 0 && floor < 1
            ? floor
            : throw json.Wrong(FormattableString.Invariant($"is {floor:R}, but a covariance floor must be at least 0 and less than 1"));
    }

    private static bool ReadPrior(JsonValue json, CovarianceModel model) =>
        !json.ToFlag() || PriorModels.Contain(model) ? json.ToFlag() : throw json.Wrong($"is true, but there is no prior for {model}");

    /// <summary>Whether noise was asked for, which the mixture has then.</summary>
    private static bool ReadNoise(JsonValue json, GaussianMixture mixture)
    {
        JsonValue? noise = json.Find("noise");
        bool asked = noise?.ToFlag() ?? false;
        return asked == mixture.Noise is not null
            ? asked
            : throw (noise ?? json).Wrong(asked ? "is true, but the mixture has no noise" : "has no noise, but the mixture has");
    }

    /// <summary>The share that was to be trimmed, which is that of the mixture.</summary>
    private static double? ReadTrimming(JsonValue json, GaussianMixture mixture)
    {
        double? fraction = json.Find("trim_fraction")?.ToNumber();
        return fraction == mixture.Trimming?.Fraction
            ? fraction
            : throw (json.Find("trim_fraction") ?? json).Wrong("does not have the share that the mixture says was trimmed");
    }

    private static double ReadRatio(JsonValue json) =>
        json.ToNumber() is double ratio and >= 1 ? ratio : throw json.Wrong("is below 1, but a ratio of eigenvalues must be at least 1");

    private static double ReadErrorRate(JsonValue json) =>
        json.ToNumber() is double rate and >= 0 and < 1 ? rate : throw json.Wrong("is not at least 0 and below 1, but a share of wrong labels must be");

    private static double ReadVolume(JsonValue json) =>
        json.ToNumber() is double volume and > 0 ? volume : throw json.Wrong("is not above 0, but a volume must be");

    private static double[] ReadWeights(JsonValue json, int componentCount)
    {
        IReadOnlyList<JsonValue> items = json.ToItems(componentCount, "components");
        double[] weights = [.. items.Select(item => item.ToNumber())];
        try
        {
            MixtureValidation.CheckWeights(weights);
            return weights;
        }
        catch (InvalidMixtureException exception)
        {
            throw json.Wrong($"has no mixing weights ({exception.Message})");
        }
    }
}

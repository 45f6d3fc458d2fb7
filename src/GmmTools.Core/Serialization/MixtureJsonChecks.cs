using System;
using System.Collections.Generic;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Serialization;

/// <summary>The checks of what has the right form and may be false all the same, each told with the place of the value.</summary>
internal static class MixtureJsonChecks
{
    /// <summary>A component of less weight has starved, which a fit may end with.</summary>
    private const double StarvedRows = 0.5;

    /// <summary>By how much entropies may be below 0 by rounding, per unit of row weight.</summary>
    private const double EntropyRounding = 1e-6;

    /// <summary>Mixing weights: more than 0, and 1 together.</summary>
    /// <param name="json">The weights.</param>
    /// <param name="parameters">Their numbers; what noise has is part of the sum.</param>
    public static void CheckWeights(JsonValue json, MixtureParameters parameters)
    {
        double[] weights = parameters.Weights;
        double sum = parameters.BackgroundWeight;
        for (int k = 0; k < weights.Length; k++)
        {
            if (!(weights[k] >= 0) || weights[k] > 1 + MixtureValidation.WeightSumTolerance)
            {
                throw json.Items[k].Wrong(
                    FormattableString.Invariant($"is {weights[k]:R}, but a mixing weight must be a number from 0 to 1"), errorId: "InvalidWeight");
            }

            sum += weights[k];
        }

        if (!(Math.Abs(sum - 1) <= MixtureValidation.WeightSumTolerance))
        {
            throw json.Wrong(FormattableString.Invariant($"sum to {sum:R}, but mixing weights must sum to 1"), errorId: "WeightSum");
        }
    }

    /// <summary>Covariances: positive definite, and leaves the parameters factorised.</summary>
    public static void CheckCovariances(JsonValue json, MixtureParameters parameters)
    {
        int failed = parameters.TryFactorize();
        if (failed >= 0)
        {
            throw json.Items[failed].Wrong(
                "is not positive definite, but every eigenvalue of a covariance matrix must be more than 0", errorId: "CovarianceNotPositiveDefinite");
        }
    }

    /// <summary>Covariances that obey the model.</summary>
    /// <param name="json">The covariances.</param>
    /// <param name="parameters">The mixture in the order of the text, factorised.</param>
    /// <param name="model">The model.</param>
    /// <param name="inAnyUnits">Whether columns may have been standardized.</param>
    public static void CheckModel(JsonValue json, MixtureParameters parameters, CovarianceModel model, bool inAnyUnits)
    {
        if (CovarianceModelFault.Find(parameters, model, inAnyUnits) is (int component, string rule))
        {
            throw json.Items[component].Wrong($"{rule} in the covariance_model {model}");
        }
    }

    /// <summary>A weight of 0 that the statistics of a fit do not bear out.</summary>
    public static void CheckStarved(JsonValue weights, IReadOnlyList<double> numbers, SufficientStatistics? statistics)
    {
        for (int k = 0; k < numbers.Count; k++)
        {
            if (numbers[k] == 0 && statistics?.Weights[k] >= StarvedRows)
            {
                throw weights.Items[k].Wrong(
                    FormattableString.Invariant($"is 0, but the statistics give the component a weight of {statistics.Weights[k]:R}"), errorId: "InvalidWeight");
            }
        }
    }

    /// <summary>Sums over rows that there can be.</summary>
    public static void CheckStatistics(JsonValue json, SufficientStatistics statistics)
    {
        if (StatisticsFault.Find(statistics) is StatisticsFault fault)
        {
            JsonValue member = json[fault.Member];
            throw (fault.Component < 0 ? member : member.Items[fault.Component]).Wrong(fault.What);
        }
    }

    /// <summary>The sum of the weights of rows.</summary>
    public static double ReadTotalWeight(JsonValue json)
    {
        double weight = json.ToNumber();
        return weight > 0 ? weight : throw json.Wrong(FormattableString.Invariant($"is {weight:R}, but the weight of all rows must be more than 0"));
    }

    /// <summary>The entropy of responsibilities.</summary>
    public static double ReadEntropy(JsonValue json, double totalWeight)
    {
        double entropy = json.ToNumber();
        return entropy >= -EntropyRounding * totalWeight
            ? entropy
            : throw json.Wrong(FormattableString.Invariant($"is {entropy:R}, but an entropy must be at least 0"));
    }
}

using System;
using System.Collections.Generic;

namespace GmmTools.Inference.Drift;

/// <summary>One thing in which rows differ from a mixture by more than chance.</summary>
public sealed class FitDeviation
{
    internal FitDeviation(
        FitDeviationKind kind, int component, IReadOnlyList<string> property, double expected, double observed, double score, double pValue)
    {
        Kind = kind;
        Component = component;
        Property = property;
        Expected = expected;
        Observed = observed;
        Score = score;
        PValue = pValue;
    }

    /// <summary>What differs.</summary>
    public FitDeviationKind Kind { get; }

    /// <summary>The component, from 1 in the order of the mixture; 0 where all of it is meant.</summary>
    public int Component { get; }

    /// <summary>The columns: one for a mean, a spread or a distribution, two for a correlation, for a dependence the column and that on which it depends,
    /// else none.</summary>
    public IReadOnlyList<string> Property { get; }

    /// <summary>What the mixture has.</summary>
    public double Expected { get; }

    /// <summary>What the rows have, to first order in the difference.</summary>
    public double Observed { get; }

    /// <summary>Where a distribution differs most: what is observed and expected are the shares of rows up to there. Null for all else.</summary>
    public double? Value { get; internal init; }

    /// <summary>The difference in standard errors.</summary>
    public double Score { get; }

    /// <summary>Probability that rows of the mixture differ from it as far anywhere.</summary>
    public double PValue { get; }

    /// <summary>A sentence.</summary>
    public override string ToString() => Kind switch
    {
        FitDeviationKind.Weight => FormattableString.Invariant(
            $"component {Component} holds {100 * Observed:0.##} % of the rows instead of {100 * Expected:0.##} %"),
        FitDeviationKind.Mean => FormattableString.Invariant(
            $"the mean of {Property[0]} in component {Component} is {Observed:G5} instead of {Expected:G5}"),
        FitDeviationKind.Spread => FormattableString.Invariant(
            $"the standard deviation of {Property[0]} in component {Component} is {Observed:G4} instead of {Expected:G4}"),
        FitDeviationKind.Correlation => FormattableString.Invariant(
            $"the correlation of {Property[0]} and {Property[1]} in component {Component} is {Observed:0.00} instead of {Expected:0.00}"),
        FitDeviationKind.NewMass => FormattableString.Invariant(
            $"{100 * Observed:0.##} % of the rows lie where the baseline has {100 * Expected:0.##} %"),
        FitDeviationKind.Distribution => FormattableString.Invariant(
            $"{100 * Observed:0.##} % of the rows have {Property[0]} up to {Value:G5} instead of {100 * Expected:0.##} %"),
        FitDeviationKind.Dependence => FormattableString.Invariant(
            $"{Property[0]} depends on {Property[1]} otherwise than in the mixture"),
        FitDeviationKind.Distance => FormattableString.Invariant(
            $"{100 * Observed:0.##} % of the rows are as near to the components as {100 * Expected:0.##} % should be"),
        _ => FormattableString.Invariant(
            $"rows are {(Observed < Expected ? "less" : "more")} probable on the whole: mean log-density {Observed:G5} instead of {Expected:G5}"),
    };
}

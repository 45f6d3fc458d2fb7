using System;
using System.Globalization;

namespace GmmTools.Inference;

/// <summary>A parameter of a mixture and how sure it is: one flat row.</summary>
public sealed class ParameterUncertainty
{
    internal ParameterUncertainty(ParameterName name)
    {
        Component = name.Component;
        Parameter = name.Parameter;
        Column = name.Column;
        OtherColumn = name.OtherColumn;
        Probability = name.Probability;
        Point = name.Point;
    }

    /// <summary>Number of the component, from 1; 0 for noise, null for the mixture as a whole.</summary>
    public int? Component { get; }

    /// <summary>Weight, Mean, Variance, Covariance, DegreesOfFreedom, Quantile or Density. Of multivariate t, variances and covariances are the entries of the
    /// scale matrix.</summary>
    public string Parameter { get; }

    /// <summary>The column that the parameter is of; null for a weight and for degrees of freedom.</summary>
    public string? Column { get; }

    /// <summary>The other column of a covariance; else null.</summary>
    public string? OtherColumn { get; }

    /// <summary>The probability of a quantile; else null.</summary>
    public double? Probability { get; }

    /// <summary>Where a density is: a number, or of several columns their names and numbers; else null.</summary>
    public string? Point { get; }

    /// <summary>The value in the mixture.</summary>
    public double Estimate { get; internal set; }

    /// <summary>The standard error.</summary>
    public double StandardError { get; internal set; }

    /// <summary>Where the interval begins.</summary>
    public double Lower { get; internal set; }

    /// <summary>Where the interval ends.</summary>
    public double Upper { get; internal set; }

    /// <summary>The level of the interval.</summary>
    public double Level { get; internal set; }

    /// <summary>How this was found.</summary>
    public UncertaintyMethod Method { get; internal set; }

    /// <summary>Which interval this is; null where it is made without replicates, of the standard error.</summary>
    public UncertaintyInterval? Interval { get; internal set; }

    /// <summary>Number of replicates that this is made of; 0 where there were none.</summary>
    public int ReplicateCount { get; internal set; }

    /// <summary>Number of replicates left out since a component collapsed or ran out of rows.</summary>
    public int CollapsedCount { get; internal set; }

    /// <inheritdoc/>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture,
        "{0}{1}{2}{3}: {4:G6} ± {5:G3}",
        Parameter,
        Component is null ? string.Empty : FormattableString.Invariant($" of component {Component}"),
        Column is null ? string.Empty : OtherColumn is null ? $", {VisibleText.Of(Column)}" : $", {VisibleText.Of(Column)} and {VisibleText.Of(OtherColumn)}",
        Probability is double probability ? FormattableString.Invariant($" at {probability:R}") : Point is null ? string.Empty : $" at {VisibleText.Of(Point)}",
        Estimate,
        StandardError);
}

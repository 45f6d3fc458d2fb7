using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Estimation;
using GmmTools.Mixtures;

namespace GmmTools.Classification;

/// <summary>
/// Tells the classes of rows by Bayes' rule: the probability of a class is proportional to its prior probability times the density of its mixture.
/// Immutable.
/// </summary>
public sealed class MixtureClassifier
{
    internal MixtureClassifier(ClassificationMethod method, IEnumerable<MixtureClass> classes, bool hasGivenPrior)
    {
        Method = method;
        Classes = FixedList.Of(classes);
        HasGivenPrior = hasGivenPrior;
    }

    /// <summary>How the classes are described.</summary>
    public ClassificationMethod Method { get; }

    /// <summary>The classes, in order.</summary>
    public IReadOnlyList<MixtureClass> Classes { get; }

    /// <summary>Names of the d columns.</summary>
    public IReadOnlyList<string> Property => Classes[0].Mixture.Property;

    /// <summary>Number of classes.</summary>
    public int ClassCount => Classes.Count;

    /// <summary>The column that named the classes, where it is known.</summary>
    public string? ClassProperty { get; internal set; }

    /// <summary>Whether the prior probabilities were given, or are the shares of the rows.</summary>
    public bool HasGivenPrior { get; }

    /// <summary>Covariance models of the classes; one where all have the same.</summary>
    public string CovarianceModel => string.Join(", ", Classes.Select(one => one.CovarianceModel.Name(Property.Count)).DistinctWhereSame());

    /// <summary>Numbers of components of the classes; one where all have the same.</summary>
    public string ComponentCount => string.Join(", ", Classes.Select(one => FormattableString.Invariant($"{one.ComponentCount}")).DistinctWhereSame());

    /// <summary>Number of rows that it was learned from.</summary>
    public long RowCount => Classes.Sum(one => one.RowCount);

    /// <summary>Number of rows that were left out, since they have no class.</summary>
    public long OmittedRowCount { get; internal init; }

    /// <summary>Sum of the weights of the rows.</summary>
    public double TotalWeight => Classes.Sum(one => one.TotalWeight);

    /// <summary>Log-likelihood of the rows and their classes, Σ log πₖ·fₖ(x), natural logarithm: what learning maximises.</summary>
    public double LogLikelihood { get; internal set; }

    /// <summary>Log-likelihood of the rows alone, Σ log Σₖ πₖ·fₖ(x), whatever their classes: the one that mclust prints.</summary>
    public double MarginalLogLikelihood { get; internal set; }

    /// <summary>Number of free parameters: those of the classes, and where the prior probabilities were not given, these, which sum to 1.</summary>
    public int ParameterCount { get; internal init; }

    /// <summary>Bayesian information criterion of the rows and their classes, −2·logL + p·ln n; smaller is better.</summary>
    public double Bic => InformationCriteria.Bic(LogLikelihood, ParameterCount, TotalWeight);

    /// <summary>The share of the rows that it was learned from whose class it gets wrong. Rows that it has not seen are got wrong more often:
    /// cross-validation tells how often.</summary>
    public double TrainingError { get; internal set; }

    /// <summary>What a reader should know before relying on it.</summary>
    public IReadOnlyList<string> Warnings { get; internal init => field = FixedList.Of(value); } = [];

    /// <summary>The same classifier with what it makes of the rows that it was learned from.</summary>
    internal MixtureClassifier WithFigures(TrainingFigures figures)
    {
        MixtureClassifier copy = (MixtureClassifier)MemberwiseClone();
        (copy.LogLikelihood, copy.MarginalLogLikelihood, copy.TrainingError) = (figures.LogLikelihood, figures.MarginalLogLikelihood, figures.Error);
        return copy;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{Method} of {ClassCount} classes: {string.Join(", ", Classes)}");
}

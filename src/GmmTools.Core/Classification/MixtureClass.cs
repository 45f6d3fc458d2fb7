using System;
using GmmTools.Mixtures;

namespace GmmTools.Classification;

/// <summary>A class of a classifier: what its rows are distributed as, and how likely it is before a row is seen.</summary>
public sealed class MixtureClass
{
    internal MixtureClass(string name, double prior, long rowCount, double totalWeight, GaussianMixture mixture)
    {
        Name = name;
        Prior = prior;
        RowCount = rowCount;
        TotalWeight = totalWeight;
        Mixture = mixture;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its prior probability; those of all classes sum to 1.</summary>
    public double Prior { get; }

    /// <summary>Number of its rows that it was learned from.</summary>
    public long RowCount { get; }

    /// <summary>Sum of the weights of these rows.</summary>
    public double TotalWeight { get; }

    /// <summary>The distribution of its rows.</summary>
    public GaussianMixture Mixture { get; }

    /// <summary>Number of components of its mixture.</summary>
    public int ComponentCount => Mixture.ComponentCount;

    /// <summary>The covariance model that its mixture obeys; the same for all classes where each has one component.</summary>
    public CovarianceModel CovarianceModel => Mixture.CovarianceModel;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Name} ({CovarianceModel.Name(Mixture.Dimension)},{ComponentCount})");
}

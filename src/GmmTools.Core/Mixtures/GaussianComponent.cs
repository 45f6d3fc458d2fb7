using System;
using System.Globalization;
using System.Linq;

namespace GmmTools.Mixtures;

/// <summary>One distribution of a mixture: normal, or multivariate t.</summary>
public sealed class GaussianComponent
{
    internal GaussianComponent(int number, MixtureParameters parameters, string? componentClass = null)
    {
        Class = componentClass;
        int dimension = parameters.Dimension;
        int k = number - 1;
        Component = number;
        Weight = parameters.Weights[k];
        Mean = new double[dimension];
        Array.Copy(parameters.Means, k * dimension, Mean, 0, dimension);
        Covariance = parameters.CovarianceMatrix(k);
        DegreesOfFreedom = parameters.DegreesOfFreedom?[k];
        StandardDeviation = new double[dimension];
        for (int i = 0; i < dimension; i++)
        {
            StandardDeviation[i] = Math.Sqrt(Covariance[i, i]);
        }
    }

    /// <summary>Number of the component, from 1, by decreasing weight, or by class.</summary>
    public int Component { get; }

    /// <summary>The class that the component is of; null where it is of none, or components have no classes.</summary>
    public string? Class { get; }

    /// <summary>Mixing weight, in [0, 1].</summary>
    public double Weight { get; }

    /// <summary>Mean, d numbers (the centre, where multivariate t has no mean) in the units of the columns.</summary>
    public double[] Mean { get; }

    /// <summary>Degrees of freedom ν of multivariate t; null where the component is normal.</summary>
    public double? DegreesOfFreedom { get; }

    /// <summary>Square roots of the diagonal of <see cref="Covariance"/>, d numbers: the standard deviation of each column within the component, or
    /// of multivariate t its scale.</summary>
    public double[] StandardDeviation { get; }

    /// <summary>Covariance matrix, d × d. Of multivariate t it is the scale matrix Σ: the covariance matrix is ν/(ν − 2)·Σ where ν is above 2.</summary>
    public double[,] Covariance { get; }

    /// <summary>Weight and mean in a few digits.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Weight:G4} at ({string.Join(", ", Mean.Select(value => value.ToString("G5", CultureInfo.InvariantCulture)))})");
}

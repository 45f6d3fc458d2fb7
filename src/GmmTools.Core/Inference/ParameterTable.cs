using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Scoring;

namespace GmmTools.Inference;

/// <summary>The numbers of a mixture that are reported, in their order: component by component, then the quantiles and densities of the whole.</summary>
internal sealed class ParameterTable
{
    private readonly GaussianMixture _mixture;
    private readonly double[] _probabilities;
    private readonly double[][] _points;
    private readonly List<ParameterName> _names = [];

    /// <param name="mixture">A mixture of the kind that is read.</param>
    /// <param name="probabilities">Of which quantiles are wanted.</param>
    /// <param name="points">Where densities are wanted: a finite number for each column.</param>
    /// <exception cref="InvalidMixtureException">Quantiles are wanted of a mixture of several columns (NotUnivariate), or a point has more or fewer
    /// numbers than there are columns, or one that is not finite (InvalidPoint).</exception>
    public ParameterTable(GaussianMixture mixture, IReadOnlyList<double> probabilities, IReadOnlyList<double[]> points)
    {
        _mixture = mixture;
        _probabilities = [.. probabilities];
        _points = [.. points];
        for (int k = 1; k <= mixture.ComponentCount; k++)
        {
            AddComponent(k);
        }

        if (mixture.Noise is not null)
        {
            _names.Add(new ParameterName(0, ParameterName.Weight));
        }

        if (_probabilities.Length > 0)
        {
            // refuses several columns
            _ = new UnivariateMixture(mixture);
            _names.AddRange(_probabilities.Select(probability => new ParameterName(null, ParameterName.Quantile, mixture.Property[0], null, probability)));
        }

        foreach (double[] point in _points)
        {
            Check(point, mixture);
            string? column = mixture.Dimension == 1 ? mixture.Property[0] : null;
            _names.Add(new ParameterName(null, ParameterName.Density, column, Point: NameOf(point, mixture.Property)));
        }
    }

    /// <summary>What the numbers are.</summary>
    public IReadOnlyList<ParameterName> Names => _names;

    /// <summary>The numbers of a mixture.</summary>
    /// <param name="parameters">The mixture.</param>
    /// <param name="places">For each component of the report its place among those of the mixture, from 0.</param>
    public double[] Read(MixtureParameters parameters, IReadOnlyList<int> places)
    {
        double[] values = new double[_names.Count];
        int next = 0;
        foreach (int k in places)
        {
            values[next++] = parameters.Weights[k];
            for (int j = 0; j < parameters.Dimension; j++)
            {
                values[next++] = parameters.Means[(k * parameters.Dimension) + j];
            }

            for (int i = 0; i < parameters.Dimension; i++)
            {
                for (int j = FirstOf(i); j <= i; j++)
                {
                    values[next++] = parameters.Covariance(k, i, j);
                }
            }

            if (parameters.DegreesOfFreedom is double[] degrees)
            {
                values[next++] = degrees[k];
            }
        }

        if (parameters.Background is not null)
        {
            values[next++] = parameters.BackgroundWeight;
        }

        if (_probabilities.Length + _points.Length > 0)
        {
            GaussianMixture mixture = new(parameters, _mixture.Property, _mixture.CovarianceModel);
            UnivariateMixture? whole = _probabilities.Length > 0 ? new UnivariateMixture(mixture) : null;
            foreach (double probability in _probabilities)
            {
                values[next++] = whole!.Quantile(probability);
            }

            MixtureScorer scorer = new(mixture);
            foreach (double[] point in _points)
            {
                values[next++] = Math.Exp(scorer.Score(point));
            }
        }

        return values;
    }

    private static void Check(double[] point, GaussianMixture mixture)
    {
        if (point.Length != mixture.Dimension)
        {
            throw new InvalidMixtureException(
                "InvalidPoint",
                FormattableString.Invariant($"A point of the density has {Counted.Of(point.Length, "number")}, but the mixture has {Counted.Of(mixture.Dimension, "column")}."),
                point);
        }

        if (Array.FindIndex(point, value => double.IsNaN(value) || double.IsInfinity(value)) is int column && column >= 0)
        {
            throw new InvalidMixtureException(
                "InvalidPoint",
                FormattableString.Invariant($"A point of the density has {point[column]:R} in '{mixture.Property[column]}', which is not a finite number."),
                point);
        }
    }

    /// <summary>A number in one column; names and numbers in several.</summary>
    private static string NameOf(double[] point, IReadOnlyList<string> property) => string.Join(
        ", ", point.Select((value, j) => FormattableString.Invariant($"{(point.Length == 1 ? string.Empty : property[j] + " = ")}{value:R}")));

    private int FirstOf(int row) => _mixture.Parameters.Shape == CovarianceShape.Full ? 0 : row;

    private void AddComponent(int number)
    {
        IReadOnlyList<string> property = _mixture.Property;
        _names.Add(new ParameterName(number, ParameterName.Weight));
        _names.AddRange(property.Select(column => new ParameterName(number, ParameterName.Mean, column)));
        for (int i = 0; i < property.Count; i++)
        {
            for (int j = FirstOf(i); j <= i; j++)
            {
                _names.Add(i == j
                    ? new ParameterName(number, ParameterName.Variance, property[i])
                    : new ParameterName(number, ParameterName.Covariance, property[j], property[i]));
            }
        }

        if (_mixture.Tail == Tail.Student)
        {
            _names.Add(new ParameterName(number, ParameterName.DegreesOfFreedom));
        }
    }
}

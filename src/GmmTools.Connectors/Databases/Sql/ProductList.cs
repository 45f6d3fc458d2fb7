using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Connectors.Databases.Dialects;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;

namespace GmmTools.Connectors.Databases.Sql;

/// <summary>
/// 1, the coordinates and their products as one list, with which a log-density or a squared distance is an inner product. It is for components of
/// which this loses no digits that count: their terms near the component are not much larger than their sum.
/// </summary>
internal sealed class ProductList
{
    /// <summary>Terms up to this cost log-densities 1e-11.</summary>
    private const double LargestMagnitude = 1e5;

    /// <summary>The same where an engine could not compile the statement otherwise: 1e-9.</summary>
    private const double LargestMagnitudeInNeed = 1e7;

    /// <summary>Standard deviations from the mean to where most rows of a component are.</summary>
    private const double Reach = 3;

    private readonly SqlDialect _dialect;
    private readonly LogTerms _terms;
    private readonly bool _full;
    private readonly double[]?[] _polynomials;

    /// <param name="dialect">The engine's dialect.</param>
    /// <param name="frame">The coordinates.</param>
    /// <param name="mixture">The mixture.</param>
    /// <param name="mean">The means in the frame's coordinates.</param>
    public ProductList(SqlDialect dialect, ColumnFrame frame, MixtureParameters mixture, Func<int, int, double> mean)
    {
        _dialect = dialect;
        _terms = mixture.Terms;
        _full = mixture.Shape == CovarianceShape.Full;
        double largest = dialect.MaxOperations < int.MaxValue ? LargestMagnitudeInNeed : LargestMagnitude;
        _polynomials = [.. Enumerable.Range(0, mixture.ComponentCount).Select(k =>
        {
            double[] polynomial = LogTermSql.ToPolynomial(_terms, k, j => mean(k, j), frame);
            double[] reach = [.. Enumerable.Range(0, mixture.Dimension).Select(j =>
                Math.Abs(mean(k, j)) + (Reach * Math.Sqrt(mixture.Covariances[mixture.CovarianceIndex(k, j, j)]) * frame.Factors[j]))];
            return LogTermSql.Magnitude(polynomial, reach) <= largest ? polynomial : null;
        })];
    }

    /// <summary>Whether it serves a component.</summary>
    public bool Serves(int k) => _polynomials[k] is not null;

    /// <summary>The list.</summary>
    /// <param name="coordinate">Expression of a coordinate.</param>
    /// <param name="product">Expression of a product of two.</param>
    public string ToList(Func<int, string> coordinate, Func<int, int, string> product)
    {
        List<string> elements = [_dialect.Number(1)];
        for (int a = 0; a < _terms.Dimension; a++)
        {
            elements.Add(coordinate(a));
            elements.AddRange(Enumerable.Range(0, a + 1).Where(b => IsKept(a, b)).Select(b => product(a, b)));
        }

        return _dialect.List(elements);
    }

    /// <summary>log wₖ·φₖ(x).</summary>
    public string LogTerm(int k, string list) => InnerProduct(list, _polynomials[k]!);

    /// <summary>q/ν of components of multivariate t.</summary>
    public string ScaledDistance(int k, string list)
    {
        double scale = 1 / (NormalLink.Slope * _terms.DegreesOfFreedom[k]);
        double[] polynomial = [.. _polynomials[k]!];
        polynomial[0] -= _terms.Offsets[k];

        // rounding must not take it below −1, where there is no logarithm
        return $"ABS({InnerProduct(list, [.. polynomial.Select(coefficient => coefficient * scale)])})";
    }

    private string InnerProduct(string list, double[] polynomial)
    {
        List<string> coefficients = [_dialect.Number(polynomial[0])];
        int term = 1;
        for (int a = 0; a < _terms.Dimension; a++)
        {
            coefficients.Add(_dialect.Number(polynomial[term++]));
            for (int b = 0; b <= a; b++, term++)
            {
                if (IsKept(a, b))
                {
                    coefficients.Add(_dialect.Number(polynomial[term] + 0.0)); // so that no zero has a sign
                }
            }
        }

        return _dialect.InnerProduct(list, _dialect.List(coefficients));
    }

    private bool IsKept(int a, int b) => _full || a == b;
}

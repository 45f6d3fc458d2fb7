using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Connectors.Databases.Dialects;

namespace GmmTools.Connectors.Databases.Sql;

/// <summary>
/// Sums that do not depend on the order in which an engine adds: every term is rounded to a grid so coarse that sums of its points are
/// exact (Demmel and Nguyen, Fast Reproducible Floating-Point Summation, IEEE ARITH 2013). (x + M) − M does it, for M = 1.5·2ᵐ. What a sum can
/// come to is known beforehand: Σ w·r·|uᵢ·uⱼ| ≤ √(Σ w·uᵢ² · Σ w·uⱼ²).
/// </summary>
internal sealed class ExactSums
{
    /// <summary>Log-densities per row that are sure to be enough; terms beyond cost only the reproducibility.</summary>
    public const double LargestLogDensity = 8192;

    /// <summary>By how much more than the current covariance the sums of a narrow component may come to.</summary>
    private const double Headroom = 64;

    private readonly SqlDialect _dialect;
    private readonly double _totalWeight;
    private readonly double[] _roots;

    /// <param name="dialect">The engine's dialect.</param>
    /// <param name="totalWeight">Σ w.</param>
    /// <param name="squares">Σ w·uⱼ² of each column.</param>
    public ExactSums(SqlDialect dialect, double totalWeight, IEnumerable<double> squares)
    {
        _dialect = dialect;
        _totalWeight = totalWeight;

        // only the power of two above matters, so that digits that vary do not
        _roots = [.. squares.Select(square => PowerAbove(Math.Sqrt(square)))];
    }

    /// <summary>A weight, or a number of at most so many times the weight.</summary>
    public string Weight(string term, double most = 1) => Round(term, _totalWeight * most);

    /// <summary>A coordinate times a responsibility, and times a number of at most so much.</summary>
    public string First(string term, int column, double most) => Round(term, Math.Sqrt(_totalWeight) * _roots[column] * most);

    /// <summary>A product of two coordinates times a responsibility, and times a number of at most so much.</summary>
    public string Second(string term, int row, int column, double most) => Round(term, _roots[row] * _roots[column] * most);

    /// <summary>A difference from a narrow component's mean times a responsibility, and times a number of at most so much.</summary>
    public string FirstOfFar(string term, double deviation, double most) => Round(term, _totalWeight * Headroom * deviation * most);

    /// <summary>A product of two such differences times a responsibility, and times a number of at most so much.</summary>
    public string SecondOfFar(string term, double deviation, double other, double most) => Round(term, _totalWeight * Headroom * deviation * other * most);

    /// <summary>A log-density, in two terms, since its sum decides on convergence.</summary>
    public (string Coarse, string Fine) LogDensity(string term)
    {
        double bound = PowerAbove(_totalWeight * LargestLogDensity);
        string coarse = Round(term, bound);
        return (coarse, Round($"(({term})-({coarse}))", _totalWeight * bound * Math.Pow(2, -51)));
    }

    /// <summary>A term rounded to the grid for sums up to a bound.</summary>
    private string Round(string term, double bound)
    {
        string shift = _dialect.Number(3 * PowerAbove(bound));
        return $"({term})+{shift}-{shift}";
    }

    private static double PowerAbove(double value) => value > 0 ? Math.Pow(2, Math.Ceiling(Math.Log(value, 2) + 1e-6)) : 1;
}

using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Connectors.Databases.Dialects;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;

namespace GmmTools.Connectors.Databases.Sql;

/// <summary>log wₖ·φₖ(x) of one component as SQL: of its whitened coordinates, or as a polynomial of the coordinates of the rows.</summary>
internal static class LogTermSql
{
    /// <summary>c − ½·Σ z², z = W(x − μ); of multivariate t c − ½(ν + d)·log(1 + Σ z²/ν).</summary>
    /// <param name="dialect">The engine's dialect.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="k">The component, from 0.</param>
    /// <param name="coordinate">Expression of a whitened coordinate, from 0.</param>
    public static string OfWhitened(SqlDialect dialect, LogTerms terms, int k, Func<int, string> coordinate)
    {
        string sum = SquaredDistance(dialect, terms, coordinate);
        if (terms.Link == LinkKind.Student)
        {
            double nu = terms.DegreesOfFreedom[k];
            return $"{dialect.Number(terms.Offsets[k])}-{dialect.Number(StudentDensity.Exponent(nu, terms.Dimension))}*{dialect.Log($"1E0+({sum})/{dialect.Number(nu)}")}";
        }

        return $"{dialect.Number(terms.Offsets[k])}-{dialect.Number(-NormalLink.Slope)}*({sum})";
    }

    /// <summary>Σ z².</summary>
    public static string SquaredDistance(SqlDialect dialect, LogTerms terms, Func<int, string> coordinate) =>
        dialect.Sum([.. Enumerable.Range(0, terms.Dimension).Select(coordinate).Select(value => $"{value}*{value}")]);

    /// <summary>A component's share before it is divided by their sum: exp(l − m), m the largest of the terms.</summary>
    /// <param name="dialect">The engine's dialect.</param>
    /// <param name="term">Expression of l.</param>
    /// <param name="largest">Expression of m.</param>
    public static string Share(SqlDialect dialect, string term, string largest) => dialect.Exp($"{term}-{largest}");

    /// <summary>The log-density: m + log Σ exp(l − m).</summary>
    /// <param name="dialect">The engine's dialect.</param>
    /// <param name="largest">Expression of m.</param>
    /// <param name="shares">Expression of the sum.</param>
    public static string LogSum(SqlDialect dialect, string largest, string shares) => $"{largest}+{dialect.Log(shares)}";

    /// <summary>Coefficients of the term in the frame's coordinates: the constant, and for each coordinate the linear one and those of its
    /// products with itself and those before.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="k">The component, from 0.</param>
    /// <param name="centre">The component's centre in the frame's coordinates.</param>
    /// <param name="frame">The frame.</param>
    public static double[] ToPolynomial(LogTerms terms, int k, Func<int, double> centre, ColumnFrame frame)
    {
        double[,] precision = Precision(terms, k, frame);
        List<double> coefficients = [terms.Offsets[k]];
        for (int a = 0; a < terms.Dimension; a++)
        {
            double linear = 0;
            for (int b = 0; b < terms.Dimension; b++)
            {
                linear += precision[a, b] * centre(b);
            }

            coefficients[0] += NormalLink.Slope * linear * centre(a);
            coefficients.Add(linear);
            coefficients.AddRange(Enumerable.Range(0, a + 1).Select(b => (a == b ? 1 : 2) * NormalLink.Slope * precision[a, b]));
        }

        return [.. coefficients];
    }

    /// <summary>Σ of what the terms of such a polynomial come to near the component: the sum loses that many times the rounding error of 1.</summary>
    /// <param name="coefficients">The coefficients.</param>
    /// <param name="reach">For each coordinate, how far rows of the component are from the frame's origin.</param>
    public static double Magnitude(double[] coefficients, double[] reach)
    {
        double sum = Math.Abs(coefficients[0]);
        int term = 1;
        for (int a = 0; a < reach.Length; a++)
        {
            sum += Math.Abs(coefficients[term++]) * reach[a];
            for (int b = 0; b <= a; b++)
            {
                sum += Math.Abs(coefficients[term++]) * reach[a] * reach[b];
            }
        }

        return sum;
    }

    /// <summary>An entry of W for coordinates of the frame.</summary>
    public static double Factor(LogTerms terms, int k, int i, int j, ColumnFrame frame) => terms.Factor(k, i, j) / frame.Factors[j];

    /// <summary>WᵀW.</summary>
    private static double[,] Precision(LogTerms terms, int k, ColumnFrame frame)
    {
        double[,] precision = new double[terms.Dimension, terms.Dimension];
        bool full = terms.Shape == CovarianceShape.Full;
        for (int i = 0; i < terms.Dimension; i++)
        {
            for (int a = full ? 0 : i; a <= i; a++)
            {
                for (int b = full ? 0 : i; b <= i; b++)
                {
                    precision[a, b] += Factor(terms, k, i, a, frame) * Factor(terms, k, i, b, frame);
                }
            }
        }

        return precision;
    }
}

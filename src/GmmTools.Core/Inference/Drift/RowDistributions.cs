using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using MathNet.Numerics.Distributions;

namespace GmmTools.Inference.Drift;

/// <summary>
/// How far the distributions of rows are from those of a mixture of normal components: of each column; of each given those before it, among the rows in which
/// one of these is in its lower half and among those in which it is in its upper half; and of the distance in which all of them come together.
/// </summary>
internal sealed class RowDistributions
{
    /// <summary>Standard deviations for a probability that is too small for a number.</summary>
    private const double FarDeviations = -38;

    private readonly IReadOnlyList<string> _property;
    private readonly List<(FitDeviationKind Kind, int[] Columns, double Statistic, DistributionGap Gap)> _parts = [];

    /// <summary>Of each column, given those before it, P(X ≤ value) and P(X ≥ value) of each row; NaN where the row lacks it or one before it.</summary>
    private readonly List<double[]> _below = [];
    private readonly List<double[]> _above = [];
    private readonly List<double> _weights = [];
    private readonly List<double> _values = [];

    /// <summary>Measures rows.</summary>
    /// <param name="mixture">Factorized parameters.</param>
    /// <param name="rows">The rows; what is missing of one is left out.</param>
    public RowDistributions(MixtureParameters mixture, IObservations rows)
    {
        _property = rows.Property;
        DistributionGap[] alone = Read(mixture, rows);
        for (int j = 0; j < alone.Length; j++)
        {
            AddPart(FitDeviationKind.Distribution, [j], alone[j].Measure());
        }

        for (int j = 1; j < alone.Length; j++)
        {
            for (int i = 0; i < j; i++)
            {
                AddPair(j, i);
            }
        }

        if (alone.Length > 1)
        {
            AddDistance(alone.Length);
        }
    }

    /// <summary>The statistics of all the distributions.</summary>
    public double[] Statistics => [.. _parts.Select(part => part.Statistic)];

    /// <summary>What a difference means.</summary>
    /// <param name="place">The place among the statistics.</param>
    /// <param name="pValue">Its probability.</param>
    public FitDeviation Describe(int place, double pValue)
    {
        (FitDeviationKind kind, int[] columns, _, DistributionGap gap) = _parts[place];
        return new FitDeviation(kind, 0, [.. columns.Select(j => _property[j])], gap.Expected, gap.Observed, gap.Score, pValue) { Value = gap.Value };
    }

    private DistributionGap[] Read(MixtureParameters mixture, IObservations rows)
    {
        int d = mixture.Dimension;
        SequentialUniforms uniforms = new(mixture);
        DistributionGap[] alone = [.. Enumerable.Range(0, d).Select(_ => new DistributionGap())];
        foreach ((double[] row, double weight) in rows.EnumerateWeighted())
        {
            for (int j = 0; j < d; j++)
            {
                if (!double.IsNaN(row[j]))
                {
                    (double under, double over) = uniforms.Alone(j, row[j]);
                    alone[j].Add(row[j], under, over, weight);
                }
            }

            if (d > 1)
            {
                Keep(uniforms, row, weight);
            }
        }

        return alone;
    }

    private void Keep(SequentialUniforms uniforms, double[] row, double weight)
    {
        double[] below = new double[row.Length];
        double[] above = new double[row.Length];
        for (int j = uniforms.Given(row, below, above); j < row.Length; j++)
        {
            below[j] = above[j] = double.NaN;
        }

        _below.Add(below);
        _above.Add(above);
        _weights.Add(weight);
        _values.AddRange(row);
    }

    private void AddPart(FitDeviationKind kind, int[] columns, DistributionGap gap) => _parts.Add((kind, columns, gap.AndersonDarling, gap));

    /// <summary>Where the mixture is right, a column is distributed as it says in both halves of another.</summary>
    private void AddPair(int column, int other)
    {
        DistributionGap lower = new();
        DistributionGap upper = new();
        for (int i = 0; i < _below.Count; i++)
        {
            if (!double.IsNaN(_below[i][column]))
            {
                DistributionGap half = _below[i][other] < _above[i][other] ? lower : upper;
                half.Add(_values[(i * _property.Count) + column], _below[i][column], _above[i][column], _weights[i]);
            }
        }

        lower.Measure();
        upper.Measure();
        DistributionGap farther = lower.AndersonDarling > upper.AndersonDarling ? lower : upper;
        _parts.Add((FitDeviationKind.Dependence, [column, other], lower.AndersonDarling + upper.AndersonDarling, farther));
    }

    private void AddDistance(int dimension)
    {
        DistributionGap gap = new();
        for (int i = 0; i < _below.Count; i++)
        {
            double squares = 0;
            for (int j = 0; j < dimension; j++)
            {
                double z = _below[i][j] < _above[i][j] ? Quantile(_below[i][j]) : -Quantile(_above[i][j]);
                squares += z * z;
            }

            if (!double.IsNaN(squares))
            {
                double above = squares > 0 ? GammaTail.ChiSquare(squares, dimension) : 1;
                gap.Add(Math.Sqrt(squares), 1 - above, above, _weights[i]);
            }
        }

        AddPart(FitDeviationKind.Distance, [], gap.Measure());
    }

    private static double Quantile(double probability) =>
        double.IsNaN(probability) ? probability : probability <= 0 ? FarDeviations : Normal.InvCDF(0, 1, probability);
}

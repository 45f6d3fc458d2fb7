using System;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations.Intake;

namespace GmmTools.Inference.Drift;

/// <summary>
/// What windows are compared by: numbers of each row whose means say what differs. These are the derivatives of the log-density with respect to
/// weights, means and covariances, in the units of each component: rₖ, rₖzⱼ, rₖ(zⱼ² − 1) and rₖ(zᵢzⱼ − ρᵢⱼ) with the responsibility rₖ and z = (x − μₖ)/σₖ. A row of
/// less than the level counts in none of them but as new mass, so that a few far rows do not look like a wider component; one of less than the second
/// level, which rows of the mixture hardly ever have, counts once more. Of a row with gaps what is missing counts as expected.
/// </summary>
internal sealed class RowFeatures
{
    private readonly double _level;
    private readonly double _farLevel;
    private readonly int _perComponent;

    // what zᵢzⱼ is compared with, in the order of the features
    private readonly double[] _moments;

    /// <param name="mixture">The baseline.</param>
    /// <param name="level">The log-density below which a row is new mass.</param>
    /// <param name="farLevel">The log-density below which it is far from all rows of the baseline.</param>
    public RowFeatures(GaussianMixture mixture, double level, double farLevel)
    {
        Mixture = mixture;
        _level = level;
        _farLevel = farLevel;
        int d = mixture.Dimension;
        _perComponent = 1 + (2 * d) + (d * (d - 1) / 2);
        Count = NewMass + 3;
        Expected = new double[Count];
        _moments = new double[NewMass];
        for (int feature = 0; feature < NewMass; feature++)
        {
            _moments[feature] = Moment(feature);
        }
    }

    public GaussianMixture Mixture { get; }

    /// <summary>Number of features.</summary>
    public int Count { get; }

    /// <summary>The feature that is 1 for a row below the level, else 0.</summary>
    public int NewMass => Mixture.ComponentCount * _perComponent;

    /// <summary>The feature that is 1 for a row below the second level, else 0.</summary>
    public int FarMass => NewMass + 1;

    /// <summary>The log-density, but no less than the level.</summary>
    public int Density => NewMass + 2;

    /// <summary>Means of the features over rows of the mixture; 0 until they are known.</summary>
    public double[] Expected { get; set; }

    /// <summary>Adds the features of rows.</summary>
    /// <param name="rows">Complete rows.</param>
    /// <param name="scores">What the mixture says of them, with responsibilities.</param>
    /// <param name="sums">Sums of the features; added to.</param>
    /// <param name="squares">Sums of their squares; added to. Or null.</param>
    public void Add(RowBlock rows, RowScores scores, double[] sums, double[]? squares)
    {
        double[] shares = Shares(rows, scores, sums, squares);
        double[] z = new double[rows.Count * Mixture.Dimension];
        for (int k = 0; k < Mixture.ComponentCount; k++)
        {
            Standardize(rows, k, z);
            AddComponent(k, rows, shares, z, sums, squares);
        }
    }

    /// <summary>The weight of a row.</summary>
    private static double WeightOf(RowBlock rows, int row) => rows.Weights?[row] ?? 1;

    /// <summary>The responsibilities without rows below the level, which are counted.</summary>
    private double[] Shares(RowBlock rows, RowScores scores, double[] sums, double[]? squares)
    {
        double[] shares = scores.Responsibilities!;
        for (int i = 0; i < rows.Count; i++)
        {
            double weight = WeightOf(rows, i);
            if (rows.HasGaps && HasGap(rows, i))
            {
                // what is left of a row has a density of its own kind
                Array.ForEach([NewMass, FarMass, Density], feature => Tally(feature, Expected[feature], weight, sums, squares));
                continue;
            }

            bool isNew = !(scores.LogDensities[i] >= _level);
            Tally(NewMass, isNew ? 1 : 0, weight, sums, squares);
            Tally(FarMass, scores.LogDensities[i] >= _farLevel ? 0 : 1, weight, sums, squares);
            Tally(Density, isNew ? _level : scores.LogDensities[i], weight, sums, squares);
            for (int k = 0; isNew && k < Mixture.ComponentCount; k++)
            {
                shares[(k * rows.Count) + i] = 0;
            }
        }

        return shares;
    }

    private bool HasGap(RowBlock rows, int row)
    {
        for (int j = 0; j < Mixture.Dimension; j++)
        {
            if (double.IsNaN(rows.Values[(j * rows.Count) + row]))
            {
                return true;
            }
        }

        return false;
    }

    private void Standardize(RowBlock rows, int component, double[] z)
    {
        GaussianComponent of = Mixture.Components[component];
        for (int j = 0; j < Mixture.Dimension; j++)
        {
            for (int i = j * rows.Count; i < (j + 1) * rows.Count; i++)
            {
                z[i] = (rows.Values[i] - of.Mean[j]) / of.StandardDeviation[j];
            }
        }
    }

    private void AddComponent(int component, RowBlock rows, double[] shares, double[] z, double[] sums, double[]? squares)
    {
        int n = rows.Count;
        int d = Mixture.Dimension;
        int place = component * _perComponent;
        for (int i = 0; i < n; i++)
        {
            double share = shares[(component * n) + i];
            if (share == 0)
            {
                continue;
            }

            double weight = WeightOf(rows, i);
            int feature = place;
            Tally(feature++, share, weight, sums, squares);
            for (int j = 0; j < d; j++)
            {
                double own = z[(j * n) + i];
                Tally(feature++, share * own, weight, sums, squares);
                Tally(feature, share * ((own * own) - _moments[feature++]), weight, sums, squares);
                for (int other = 0; other < j; other++)
                {
                    Tally(feature, share * ((own * z[(other * n) + i]) - _moments[feature++]), weight, sums, squares);
                }
            }
        }
    }

    private void Tally(int feature, double value, double weight, double[] sums, double[]? squares)
    {
        value = double.IsNaN(value) ? Expected[feature] : value;
        sums[feature] += weight * value;
        if (squares is not null)
        {
            squares[feature] += weight * value * value;
        }
    }

    private double Moment(int feature)
    {
        int index = feature % _perComponent;
        if (index == 0)
        {
            return 0;
        }

        (int column, int place) = Place(index - 1);
        return place switch { 0 => 0, 1 => 1, _ => Correlation(feature / _perComponent, column, place - 2) };
    }

    private double Correlation(int component, int column, int other)
    {
        GaussianComponent of = Mixture.Components[component];
        return of.Covariance[column, other] / (of.StandardDeviation[column] * of.StandardDeviation[other]);
    }

    /// <summary>What a difference in a feature means.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="means">Means of all features over the rows.</param>
    /// <param name="score">The difference in standard errors.</param>
    /// <param name="pValue">Its probability.</param>
    public FitDeviation Describe(int feature, double[] means, double score, double pValue)
    {
        if (feature >= NewMass)
        {
            return new FitDeviation(
                feature == Density ? FitDeviationKind.Density : FitDeviationKind.NewMass, 0, [], Expected[feature], means[feature], score, pValue);
        }

        int component = feature / _perComponent;
        GaussianComponent of = Mixture.Components[component];
        int share = component * _perComponent;
        if (feature == share)
        {
            return new FitDeviation(FitDeviationKind.Weight, component + 1, [], Expected[share], means[share], score, pValue);
        }

        double shift = means[share] > 0 ? (means[feature] - Expected[feature]) / means[share] : 0;
        (int j, int place) = Place(feature - share - 1);
        string name = Mixture.Property[j];
        double deviation = of.StandardDeviation[j];
        switch (place)
        {
            case 0:
                return new FitDeviation(FitDeviationKind.Mean, component + 1, [name], of.Mean[j], of.Mean[j] + (deviation * shift), score, pValue);
            case 1:
                return new FitDeviation(
                    FitDeviationKind.Spread, component + 1, [name], deviation, deviation * Math.Sqrt(Math.Max(0, 1 + shift)), score, pValue);
            default:
                double correlation = Correlation(component, j, place - 2);
                return new FitDeviation(
                    FitDeviationKind.Correlation,
                    component + 1,
                    [Mixture.Property[place - 2], name],
                    correlation,
                    Math.Max(-1, Math.Min(1, correlation + shift)),
                    score,
                    pValue);
        }
    }

    /// <summary>The column of a feature of a component behind its share, and the feature's place among those of the column.</summary>
    private static (int Column, int Place) Place(int index)
    {
        int column = 0;
        for (; index >= 2 + column; column++)
        {
            index -= 2 + column;
        }

        return (column, index);
    }
}

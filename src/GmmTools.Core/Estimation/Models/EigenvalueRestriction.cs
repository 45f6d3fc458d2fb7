using System;
using System.Collections.Generic;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Models;

/// <summary>
/// Holds all eigenvalues of all covariances within a ratio c of each other, so that the likelihood is bounded and no component shrinks onto a few
/// rows: García-Escudero, Gordaliza, Matrán and Mayo-Iscar, The Annals of Statistics 36 (2008) 1324-1345. Given the scatters, the best
/// covariances keep their axes, and their eigenvalues are truncated to [m, c·m]. The m that is best minimises Σₖ nₖ·Σₗ (log λ*ₖₗ + λₖₗ/λ*ₖₗ), where λ* is
/// truncated; it is one of 2Kd + 1 numbers in closed form: Fritz, García-Escudero and Mayo-Iscar, Computational Statistics and Data Analysis 61
/// (2013) 124-136. Eigenvalues are those of columns divided by units, so that they compare.
/// </summary>
internal sealed class EigenvalueRestriction
{
    /// <summary>Eigenvalues this near to the ratio are held at it.</summary>
    private const double HeldShare = 1e-6;

    private readonly double _ratio;
    private readonly double[] _units;

    /// <param name="ratio">c, at least 1.</param>
    /// <param name="units">What each column is divided by, d numbers above 0.</param>
    public EigenvalueRestriction(double ratio, double[] units)
    {
        _ratio = ratio;
        _units = units;
    }

    /// <summary>Truncates the eigenvalues of a mixture; leaves it as it is where they are within the ratio, or where they are no numbers.</summary>
    /// <param name="mixture">The mixture, changed in place; to be factorised afterwards.</param>
    /// <param name="weights">nₖ of the components.</param>
    public void Apply(MixtureParameters mixture, double[] weights)
    {
        int count = mixture.ComponentCount;
        double[][] values = new double[count][];
        double[][,] axes = new double[count][,];
        double least = double.PositiveInfinity;
        double most = 0;
        for (int k = 0; k < count; k++)
        {
            values[k] = Decompose(mixture, k, out axes[k]);
            if (Array.Exists(values[k], value => double.IsNaN(value) || double.IsInfinity(value)))
            {
                return;
            }

            for (int l = 0; l < values[k].Length; l++)
            {
                values[k][l] = Math.Max(values[k][l], 0);
                least = Math.Min(least, values[k][l]);
                most = Math.Max(most, values[k][l]);
            }
        }

        if (!(most > 0) || most <= _ratio * least)
        {
            return;
        }

        double lowest = FindLowest(values, weights);
        for (int k = 0; k < count && lowest > 0; k++)
        {
            double[] truncated = Array.ConvertAll(values[k], value => Truncate(value, lowest));
            Compose(truncated, axes[k], mixture, k);
        }
    }

    /// <summary>Whether the eigenvalues of a mixture are as far apart as they may be.</summary>
    /// <param name="mixture">The mixture.</param>
    public bool Holds(MixtureParameters mixture)
    {
        double least = double.PositiveInfinity;
        double most = 0;
        for (int k = 0; k < mixture.ComponentCount; k++)
        {
            foreach (double value in Decompose(mixture, k, out _))
            {
                least = Math.Min(least, value);
                most = Math.Max(most, value);
            }
        }

        return most >= _ratio * least * (1 - HeldShare);
    }

    /// <summary>m, the best lower bound of the eigenvalues.</summary>
    /// <param name="values">The eigenvalues of each component, at least 0, of which not all are 0.</param>
    /// <param name="weights">nₖ of the components.</param>
    internal double FindLowest(double[][] values, double[] weights)
    {
        List<double> ends = [];
        foreach (double[] own in values)
        {
            foreach (double value in own)
            {
                ends.Add(value);
                ends.Add(value / _ratio);
            }
        }

        ends.Sort();
        double best = 0;
        double bestLoss = double.PositiveInfinity;
        for (int i = 0; i <= ends.Count; i++)
        {
            double place = i == 0 ? ends[0] / 2 : i == ends.Count ? 2 * ends[i - 1] : (0.5 * ends[i - 1]) + (0.5 * ends[i]);
            double candidate = Stationary(values, weights, place);
            double loss = candidate > 0 ? Loss(values, weights, candidate) : double.PositiveInfinity;
            if (loss < bestLoss)
            {
                (best, bestLoss) = (candidate, loss);
            }
        }

        return best;
    }

    private double Truncate(double value, double lowest) => Math.Min(Math.Max(value, lowest), _ratio * lowest);

    /// <summary>Where the loss would be stationary if all m truncated the same eigenvalues as one does.</summary>
    private double Stationary(double[][] values, double[] weights, double place)
    {
        double sum = 0;
        double count = 0;
        for (int k = 0; k < values.Length; k++)
        {
            foreach (double value in values[k])
            {
                if (value < place)
                {
                    sum += weights[k] * value;
                    count += weights[k];
                }
                else if (value > _ratio * place)
                {
                    sum += weights[k] * (value / _ratio);
                    count += weights[k];
                }
            }
        }

        return count > 0 ? sum / count : 0;
    }

    private double Loss(double[][] values, double[] weights, double lowest)
    {
        double loss = 0;
        for (int k = 0; k < values.Length; k++)
        {
            foreach (double value in values[k])
            {
                double truncated = Truncate(value, lowest);
                loss += weights[k] * (Math.Log(truncated) + (value / truncated));
            }
        }

        return loss;
    }

    /// <summary>Eigenvalues and axes in the units; where variances alone are known, these.</summary>
    private double[] Decompose(MixtureParameters mixture, int component, out double[,] axes)
    {
        int dimension = mixture.Dimension;
        if (mixture.Shape == CovarianceShape.Diagonal)
        {
            axes = new double[0, 0];
            double[] variances = new double[dimension];
            for (int j = 0; j < dimension; j++)
            {
                variances[j] = mixture.Covariance(component, j, j) / _units[j] / _units[j];
            }

            return variances;
        }

        double[,] covariance = new double[dimension, dimension];
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                covariance[i, j] = covariance[j, i] = mixture.Covariance(component, i, j) / _units[i] / _units[j];
            }
        }

        return SymmetricEigen.Decompose(covariance, out axes);
    }

    private void Compose(double[] values, double[,] axes, MixtureParameters mixture, int component)
    {
        int dimension = mixture.Dimension;
        for (int i = 0; i < dimension; i++)
        {
            for (int j = mixture.Shape == CovarianceShape.Full ? 0 : i; j <= i; j++)
            {
                double sum = mixture.Shape == CovarianceShape.Full ? 0 : values[i];
                for (int l = 0; l < dimension && mixture.Shape == CovarianceShape.Full; l++)
                {
                    sum += axes[i, l] * values[l] * axes[j, l];
                }

                mixture.Covariances[mixture.CovarianceIndex(component, i, j)] = sum * _units[i] * _units[j];
            }
        }
    }
}

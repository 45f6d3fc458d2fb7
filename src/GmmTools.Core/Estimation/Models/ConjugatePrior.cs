using System;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Dense;

namespace GmmTools.Estimation.Models;

/// <summary>
/// The conjugate prior of Fraley and Raftery, Journal of Classification 24 (2007) 155-181, with its default hyperparameters: means are
/// normal about the mean of all rows with covariance Σₖ/κ, κ = 0.01; covariances are inverse Wishart, or where the model is spherical or
/// diagonal variances are inverse gamma, with ν = d + 2 degrees of freedom and the scale S/K^(2/d) or tr(S)/d/K^(2/d), where S is the
/// covariance of all rows. A component cannot collapse under it. Weights have no prior.
/// </summary>
internal sealed class ConjugatePrior
{
    /// <summary>κ, how many rows the prior of a mean is worth.</summary>
    private const double Shrinkage = 0.01;

    private readonly CovarianceModel _model;
    private readonly double[] _mean;
    private readonly double[] _scale;
    private readonly double[] _shift;
    private readonly double _freedom;

    /// <param name="model">The covariance model, one of <see cref="PriorModels.All"/>.</param>
    /// <param name="componentCount">Number of components, K.</param>
    /// <param name="pooled">Moments of all rows.</param>
    /// <param name="totalWeight">Sum of the row weights, n: S has the divisor n − 1.</param>
    public ConjugatePrior(CovarianceModel model, int componentCount, PooledMoments pooled, double totalWeight)
    {
        _model = model;
        _mean = pooled.Mean;
        _freedom = pooled.Dimension + 2;
        _shift = new double[pooled.Dimension];
        _scale = (double[])pooled.Covariance.Clone();
        double unbiased = totalWeight > 1 ? totalWeight / (totalWeight - 1) : 1;
        double shrunken = unbiased * Math.Pow(componentCount, -2.0 / pooled.Dimension);
        for (int i = 0; i < _scale.Length; i++)
        {
            _scale[i] = shrunken * (pooled.Shape == CovarianceShape.Diagonal ? pooled.MeanVariance : pooled.Covariance[i]);
        }
    }

    private bool IsSpherical => _model.ShapeLetter() == 'I';

    private bool IsShared => _model.VolumeLetter() == 'E';

    /// <summary>
    /// Makes the maximum of the posterior of what would be that of the likelihood: moves the means, and adds to scatters and weights what
    /// the prior is worth. Table 2 of the paper, as numerators and denominators of the covariances.
    /// </summary>
    /// <param name="statistics">The statistics about their own means, changed.</param>
    /// <param name="result">The mixture whose means are moved.</param>
    public void Augment(SufficientStatistics statistics, MixtureParameters result)
    {
        int componentCount = statistics.ComponentCount;
        for (int k = 0; k < componentCount; k++)
        {
            AddShift(statistics, k, result);
            if (!IsShared || k == 0)
            {
                AddScale(statistics, k);
            }
        }

        int dimension = statistics.Dimension;
        if (IsShared)
        {
            statistics.TotalWeight = Denominator(statistics.TotalWeight, componentCount, dimension);
            return;
        }

        for (int k = 0; k < componentCount; k++)
        {
            statistics.Weights[k] = Denominator(statistics.Weights[k], 1, dimension);
        }
    }

    /// <summary>log of the prior density of a mixture's parameters, up to a constant.</summary>
    /// <param name="mixture">The mixture, factorised.</param>
    public double LogDensity(MixtureParameters mixture)
    {
        double sum = 0;
        for (int k = 0; k < mixture.ComponentCount; k++)
        {
            sum -= 0.5 * (mixture.LogDeterminant(k) + (Shrinkage * Distance(mixture, k)));
            if (!IsShared || k == 0)
            {
                sum += LogSpreadDensity(mixture, k);
            }
        }

        return sum;
    }

    /// <summary>What the scatter is divided by, for n rows in the given number of components; for spheres per column.</summary>
    private double Denominator(double weight, int componentCount, int dimension) => _model switch
    {
        CovarianceModel.EII or CovarianceModel.VII => weight + componentCount + ((_freedom + 2) / dimension),
        CovarianceModel.EEI or CovarianceModel.VVI => weight + componentCount + _freedom + 2,
        _ => weight + componentCount + _freedom + dimension + 1,
    };

    /// <summary>Moves the mean towards that of all rows, and adds κ·n/(κ + n) times the square of their difference to the scatter.</summary>
    private void AddShift(SufficientStatistics statistics, int component, MixtureParameters result)
    {
        double weight = statistics.Weights[component];
        double share = Shrinkage / (Shrinkage + weight);
        int offset = component * _mean.Length;
        for (int j = 0; j < _mean.Length; j++)
        {
            _shift[j] = result.Means[offset + j] - _mean[j];
            result.Means[offset + j] -= share * _shift[j];
        }

        int place = component * statistics.ScatterLength;
        for (int i = 0; i < _mean.Length; i++)
        {
            for (int j = statistics.Shape == CovarianceShape.Full ? 0 : i; j <= i; j++)
            {
                statistics.Scatters[place++] += share * weight * _shift[i] * _shift[j];
            }
        }
    }

    /// <summary>Adds the prior's scale to a scatter; to that of a sphere so that it adds to the trace once.</summary>
    private void AddScale(SufficientStatistics statistics, int component)
    {
        double share = IsSpherical ? 1.0 / statistics.Dimension : 1;
        for (int i = 0; i < _scale.Length; i++)
        {
            statistics.Scatters[(component * _scale.Length) + i] += share * _scale[i];
        }
    }

    /// <summary>(μₖ − μ)ᵀ·Σₖ⁻¹·(μₖ − μ).</summary>
    private double Distance(MixtureParameters mixture, int component)
    {
        double sum = 0;
        for (int i = 0; i < _mean.Length; i++)
        {
            double coordinate = 0;
            for (int j = mixture.Shape == CovarianceShape.Full ? 0 : i; j <= i; j++)
            {
                double factor = mixture.PrecisionFactors[mixture.CovarianceIndex(component, i, j)];
                coordinate += factor * (mixture.Means[(component * _mean.Length) + j] - _mean[j]);
            }

            sum += coordinate * coordinate;
        }

        return sum;
    }

    /// <summary>Inverse Wishart density of a covariance, or inverse gamma density of variances, up to a constant.</summary>
    private double LogSpreadDensity(MixtureParameters mixture, int component)
    {
        double logDeterminant = mixture.LogDeterminant(component);
        int dimension = mixture.Dimension;
        double trace = TraceOfScale(mixture, component);
        double exponent = IsSpherical ? (_freedom + 2) / dimension
            : mixture.Shape == CovarianceShape.Diagonal ? _freedom + 2
            : _freedom + dimension + 1;
        return -0.5 * ((exponent * logDeterminant) + (IsSpherical ? trace / dimension : trace));
    }

    /// <summary>tr(Λ·Σₖ⁻¹) with Σₖ⁻¹ = WᵀW.</summary>
    private double TraceOfScale(MixtureParameters mixture, int component)
    {
        double sum = 0;
        for (int i = 0; i < mixture.Dimension; i++)
        {
            if (mixture.Shape == CovarianceShape.Diagonal)
            {
                double factor = mixture.PrecisionFactors[mixture.CovarianceIndex(component, i, i)];
                sum += factor * factor * _scale[i];
                continue;
            }

            // entries off the diagonal stand for two
            int row = mixture.CovarianceIndex(component, i, 0);
            for (int a = 0; a <= i; a++)
            {
                double factor = mixture.PrecisionFactors[row + a];
                double below = RowArithmetic.Dot(_scale, PackedMatrix.Index(a, 0), mixture.PrecisionFactors, row, a);
                sum += factor * ((2 * below) + (factor * _scale[PackedMatrix.Index(a, a)]));
            }
        }

        return sum;
    }
}

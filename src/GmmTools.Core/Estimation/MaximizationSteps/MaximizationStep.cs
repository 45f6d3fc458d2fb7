using System;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.MaximizationSteps;

/// <summary>
/// The M-step of one covariance model: sufficient statistics in, the mixture that maximises the expected log-likelihood out.
/// Dempster, Laird and Rubin (1977); Celeux and Govaert, Pattern Recognition 28 (1995) 781-793. Holds workspace: not for use from
/// several threads at once.
/// </summary>
internal abstract class MaximizationStep
{
    /// <summary>A component of less weight has no covariance of its own: it stands for that of before.</summary>
    private const double MinWeight = 1e-8;

    /// <summary>A mixture that differs from the model by less than this share of the variances obeys it, but for rounding.</summary>
    private const double SameCovariance = 1e-9;

    private protected MaximizationStep(CovarianceModel model)
    {
        Model = model;
        HasOwnSpread = model.VolumeLetter() == 'V' || model.ShapeLetter() == 'V';
        Constrains = model is not (CovarianceModel.VVV or CovarianceModel.VVI);
    }

    /// <summary>The model whose covariances are estimated.</summary>
    public CovarianceModel Model { get; }

    /// <summary>Whether a component can collapse on its own, since it shares not all eigenvalues with the others.</summary>
    public bool HasOwnSpread { get; }

    /// <summary>Whether the inner iteration of the last M-step, where there is one, reached its cap before it had converged.</summary>
    public bool ReachedCap { get; private protected set; }

    /// <summary>Whether the model ties the numbers of a covariance to each other or to those of other components.</summary>
    public bool Constrains { get; }

    /// <summary>The M-step of a model.</summary>
    public static MaximizationStep Create(CovarianceModel model) => model switch
    {
        CovarianceModel.EEE => new SharedFullStep(),
        CovarianceModel.VEE => new ProportionalStep(),
        CovarianceModel.EVE or CovarianceModel.VVE => new CommonAxesStep(model),
        CovarianceModel.EEV or CovarianceModel.VEV => new OwnAxesStep(model),
        CovarianceModel.EVV => new EqualVolumeStep(),
        CovarianceModel.VVV => new FullStep(),
        _ => new AlignedStep(model),
    };

    /// <summary>Estimates weights, means and covariances. The result is not factorised: a covariance may be singular.</summary>
    /// <param name="statistics">The statistics; their scatters are moved to the new means.</param>
    /// <param name="previous">The mixture of the E-step, factorised, from which an inner iteration starts; or null.</param>
    /// <param name="result">Overwritten.</param>
    /// <param name="fixedWeights">Weights that are not to be estimated, or null.</param>
    public void Maximize(
        SufficientStatistics statistics, MixtureParameters? previous, MixtureParameters result, double[]? fixedWeights)
    {
        MaximizeLocations(statistics, previous, result, fixedWeights);
        MaximizeSpreads(statistics, previous, result);
    }

    /// <summary>The first half of the M-step: weights and means, which scatters are moved to.</summary>
    /// <inheritdoc cref="Maximize"/>
    public static void MaximizeLocations(
        SufficientStatistics statistics, MixtureParameters? previous, MixtureParameters result, double[]? fixedWeights)
    {
        for (int k = 0; k < statistics.ComponentCount; k++)
        {
            result.Weights[k] = fixedWeights?[k] ?? (statistics.Weights[k] / statistics.TotalWeight);
            MoveToMean(statistics, k, result);
            if (previous is not null && !(statistics.Weights[k] >= MinWeight))
            {
                StandIn(statistics, previous, k);
            }
        }
    }

    /// <summary>The second half: the covariances, from scatters about the means.</summary>
    /// <inheritdoc cref="Maximize"/>
    public void MaximizeSpreads(SufficientStatistics statistics, MixtureParameters? previous, MixtureParameters result) =>
        EstimateCovariances(statistics, previous, result);

    /// <summary>
    /// Makes the covariances of a start obey the model, which those of another model or of a split component need not: the mixture
    /// of the model that is nearest in the sense of Kullback and Leibler, component by component.
    /// </summary>
    /// <param name="mixture">The mixture, positive definite; to be factorised afterwards.</param>
    public void Conform(MixtureParameters mixture)
    {
        if (!Constrains)
        {
            return;
        }

        // the search for common axes begins at those that the mixture has, if it has any
        MixtureParameters nearest = mixture.Clone();
        MixtureParameters? before = mixture.TryFactorize() < 0 ? mixture : null;
        EstimateCovariances(AsStatistics(mixture), before, nearest);
        if (!HasSameCovariances(mixture, nearest))
        {
            Array.Copy(nearest.Covariances, mixture.Covariances, mixture.Covariances.Length);
        }
    }

    /// <summary>Forgets the run before, so that a run does not depend on what its workspace was used for.</summary>
    public virtual void Begin()
    {
    }

    /// <summary>Writes or reads what the next M-step begins with, beside the mixture before it.</summary>
    /// <param name="state">The state.</param>
    /// <param name="componentCount">Number of components.</param>
    /// <param name="dimension">Number of columns.</param>
    public virtual void Exchange(StateExchange state, int componentCount, int dimension)
    {
    }

    /// <summary>Estimates the covariances from scatters about the means.</summary>
    /// <param name="statistics">The statistics.</param>
    /// <param name="previous">The mixture of the E-step, factorised, or null.</param>
    /// <param name="result">Its covariances are overwritten.</param>
    protected abstract void EstimateCovariances(SufficientStatistics statistics, MixtureParameters? previous, MixtureParameters result);

    /// <summary>Σₖ = Sₖ / nₖ, whole or diagonal.</summary>
    private protected static void DivideByWeights(SufficientStatistics statistics, MixtureParameters result)
    {
        for (int i = 0; i < statistics.Scatters.Length; i++)
        {
            result.Covariances[i] = statistics.Scatters[i] / statistics.Weights[i / statistics.ScatterLength];
        }
    }

    /// <summary>Gives all components the covariance of the first.</summary>
    private protected static void CopyFirst(MixtureParameters mixture)
    {
        for (int k = 1; k < mixture.ComponentCount; k++)
        {
            Array.Copy(mixture.Covariances, 0, mixture.Covariances, k * mixture.CovarianceLength, mixture.CovarianceLength);
        }
    }

    /// <summary>μ ← μ + m/n, and the scatter about the new mean, S − n·(m/n)(m/n)ᵀ, where n is the weight of the rows in the moments.</summary>
    private static void MoveToMean(SufficientStatistics statistics, int component, MixtureParameters result)
    {
        int dimension = statistics.Dimension;
        int offset = component * dimension;
        int scatter = component * statistics.ScatterLength;
        double weight = statistics.MomentWeight(component);
        for (int i = 0; i < dimension; i++)
        {
            double shift = weight > 0 ? statistics.FirstMoments[offset + i] / weight : 0;
            result.Means[offset + i] = statistics.Centres[offset + i] + shift;
            if (statistics.Shape == CovarianceShape.Diagonal)
            {
                statistics.Scatters[scatter + i] -= shift * statistics.FirstMoments[offset + i];
                continue;
            }

            for (int j = 0; j <= i; j++)
            {
                statistics.Scatters[scatter + j] -= shift * statistics.FirstMoments[offset + j];
            }

            scatter += i + 1;
        }
    }

    /// <summary>A component without rows takes part with the covariance that it had, at a weight that does not count.</summary>
    private static void StandIn(SufficientStatistics statistics, MixtureParameters previous, int component)
    {
        statistics.Weights[component] = MinWeight;
        int offset = component * statistics.ScatterLength;
        for (int i = 0; i < statistics.ScatterLength; i++)
        {
            statistics.Scatters[offset + i] = MinWeight * previous.Covariances[offset + i];
        }
    }

    /// <summary>The statistics of rows that are distributed like the mixture.</summary>
    private static SufficientStatistics AsStatistics(MixtureParameters mixture)
    {
        SufficientStatistics statistics = new(mixture.ComponentCount, mixture.Dimension, mixture.Shape);
        for (int k = 0; k < mixture.ComponentCount; k++)
        {
            statistics.Weights[k] = Math.Max(mixture.Weights[k], MinWeight);
            statistics.TotalWeight += statistics.Weights[k];
            int offset = k * statistics.ScatterLength;
            for (int i = 0; i < statistics.ScatterLength; i++)
            {
                statistics.Scatters[offset + i] = statistics.Weights[k] * mixture.Covariances[offset + i];
            }
        }

        return statistics;
    }

    private static bool HasSameCovariances(MixtureParameters left, MixtureParameters right)
    {
        for (int k = 0; k < left.ComponentCount; k++)
        {
            for (int i = 0; i < left.Dimension; i++)
            {
                for (int j = left.Shape == CovarianceShape.Full ? 0 : i; j <= i; j++)
                {
                    double difference = Math.Abs(left.Covariance(k, i, j) - right.Covariance(k, i, j));
                    if (!(difference <= SameCovariance * RootOfProduct.Of(left.Covariance(k, i, i), left.Covariance(k, j, j))))
                    {
                        return false;
                    }
                }
            }
        }

        return true;
    }
}

using System;
using GmmTools.Mixtures;

namespace GmmTools.Estimation.MaximizationSteps;

/// <summary>
/// The M-step of one covariance model: sufficient statistics in, the mixture that maximises the expected log-likelihood out.
/// Dempster, Laird and Rubin (1977); closed forms of Celeux and Govaert (1995).
/// </summary>
internal abstract class MaximizationStep
{
    /// <summary>The model whose covariances are estimated.</summary>
    public abstract CovarianceModel Model { get; }

    /// <summary>Whether one covariance matrix serves all components.</summary>
    public virtual bool SharesCovariance => false;

    /// <summary>The M-step of a model.</summary>
    public static MaximizationStep Create(CovarianceModel model) => model switch
    {
        CovarianceModel.VII => new SphericalStep(),
        CovarianceModel.VVI => new DiagonalStep(),
        CovarianceModel.EEE => new SharedFullStep(),
        CovarianceModel.VVV => new FullStep(),
        _ => throw new ArgumentOutOfRangeException(nameof(model)),
    };

    /// <summary>Estimates weights, means and covariances. The result is not factorised: a covariance may be singular.</summary>
    /// <param name="statistics">The statistics; their scatters are moved to the new means.</param>
    /// <param name="result">Overwritten.</param>
    /// <param name="fixedWeights">Weights that are not to be estimated, or null.</param>
    public void Maximize(SufficientStatistics statistics, MixtureParameters result, double[]? fixedWeights)
    {
        for (int k = 0; k < statistics.ComponentCount; k++)
        {
            result.Weights[k] = fixedWeights?[k] ?? (statistics.Weights[k] / statistics.TotalWeight);
            MoveToMean(statistics, k, result);
        }

        EstimateCovariances(statistics, result);
    }

    /// <summary>Makes the covariances of a start obey the model, which those of another model or of a split component need not.</summary>
    public virtual void Conform(MixtureParameters mixture)
    {
    }

    /// <summary>Whether a component's covariance lies below the floor (or is not finite), so that its likelihood has no bound.</summary>
    public abstract bool IsBelowFloor(MixtureParameters mixture, int component, CovarianceFloor floor);

    /// <summary>The covariance nearest in likelihood that respects the floor.</summary>
    public abstract void RaiseToFloor(MixtureParameters mixture, int component, CovarianceFloor floor);

    /// <summary>Estimates the covariances from scatters about the means.</summary>
    protected abstract void EstimateCovariances(SufficientStatistics statistics, MixtureParameters result);

    /// <summary>Σₖ = Sₖ / nₖ, whole or diagonal.</summary>
    private protected static void DivideByWeights(SufficientStatistics statistics, MixtureParameters result)
    {
        for (int i = 0; i < statistics.Scatters.Length; i++)
        {
            result.Covariances[i] = statistics.Scatters[i] / statistics.Weights[i / statistics.ScatterLength];
        }
    }

    /// <summary>μ ← μ + m/n, and the scatter about the new mean, S − n·(m/n)(m/n)ᵀ.</summary>
    private static void MoveToMean(SufficientStatistics statistics, int component, MixtureParameters result)
    {
        int dimension = statistics.Dimension;
        int offset = component * dimension;
        int scatter = component * statistics.ScatterLength;
        double weight = statistics.Weights[component];
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
}

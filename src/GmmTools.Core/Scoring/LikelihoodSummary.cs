using System.Threading;
using GmmTools.Estimation;
using GmmTools.Mixtures;
using GmmTools.Observations;

namespace GmmTools.Scoring;

/// <summary>How well a mixture explains rows, in one pass over them.</summary>
public sealed class LikelihoodSummary
{
    private LikelihoodSummary(GaussianMixture mixture, SufficientStatistics statistics, long rowCount)
    {
        RowCount = rowCount;
        TotalWeight = statistics.TotalWeight;
        LogLikelihood = statistics.LogLikelihood;
        MeanLogLikelihood = LogLikelihood / TotalWeight;
        ParameterCount = mixture.ParameterCount;
        Bic = InformationCriteria.Bic(LogLikelihood, ParameterCount, TotalWeight);
        Aic = InformationCriteria.Aic(LogLikelihood, ParameterCount);
        Icl = InformationCriteria.Icl(LogLikelihood, ParameterCount, TotalWeight, statistics.Entropy);
    }

    /// <summary>Number of rows.</summary>
    public long RowCount { get; }

    /// <summary>Sum of the row weights.</summary>
    public double TotalWeight { get; }

    /// <summary>Log-likelihood, natural logarithm.</summary>
    public double LogLikelihood { get; }

    /// <summary>Log-likelihood per unit of row weight.</summary>
    public double MeanLogLikelihood { get; }

    /// <summary>Number of free parameters of the mixture.</summary>
    public int ParameterCount { get; }

    /// <summary>Bayesian information criterion; smaller is better.</summary>
    public double Bic { get; }

    /// <summary>Akaike's information criterion; smaller is better.</summary>
    public double Aic { get; }

    /// <summary>Integrated completed likelihood; smaller is better.</summary>
    public double Icl { get; }

    /// <summary>Measures.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="observations">Rows with the mixture's columns in the mixture's order.</param>
    /// <param name="threadCount">The most threads to use.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The summary.</returns>
    public static LikelihoodSummary Measure(
        GaussianMixture mixture, IObservations observations, int threadCount, CancellationToken cancellationToken)
    {
        MixtureParameters parameters = mixture.Parameters;
        SufficientStatistics statistics = new(parameters.ComponentCount, parameters.Dimension, parameters.Shape);
        using IExpectationStep expectation = observations.PrepareExpectation(parameters.ComponentCount, parameters.Shape, threadCount);
        expectation.Compute(parameters, statistics, cancellationToken);
        return new LikelihoodSummary(mixture, statistics, observations.Count);
    }
}

using System.Threading;
using GmmTools.Estimation;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Intake;

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
        ReadRowCount = rowCount;
    }

    /// <summary>Number of rows that were scored.</summary>
    public long RowCount { get; }

    /// <summary>Number of rows that were read: those scored, those left out for their gaps, and those of weight 0.</summary>
    public long ReadRowCount { get; private set; }

    /// <summary>Number of rows left out because cells (with Marginalize: all cells) are missing.</summary>
    public long OmittedRowCount { get; private set; }

    /// <summary>Number of rows scored although cells are missing.</summary>
    public long IncompleteRowCount { get; private set; }

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

    /// <summary>The same summary with what became of the rows that were read.</summary>
    /// <param name="intake">The counts.</param>
    /// <returns>The copy.</returns>
    internal LikelihoodSummary WithIntake(RowIntake intake)
    {
        LikelihoodSummary copy = (LikelihoodSummary)MemberwiseClone();
        copy.ReadRowCount = intake.ReadCount;
        copy.OmittedRowCount = intake.OmittedCount;
        copy.IncompleteRowCount = intake.IncompleteCount;
        return copy;
    }

    /// <summary>Measures.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="observations">Rows with the mixture's columns in the mixture's order.</param>
    /// <param name="threadCount">The most threads to use.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The summary.</returns>
    /// <exception cref="InvalidMixtureException">The mixture is trimmed (TrimmingNotSupported).</exception>
    public static LikelihoodSummary Measure(
        GaussianMixture mixture, IObservations observations, int threadCount, CancellationToken cancellationToken)
    {
        mixture.RefuseTrimming("The likelihood of all rows");
        MixtureParameters parameters = mixture.Parameters;
        SufficientStatistics statistics = new(parameters.ComponentCount, parameters.Dimension, parameters.Shape);
        using IExpectationStep expectation = observations.PrepareExpectation(parameters.ComponentCount, parameters.Shape, threadCount);
        expectation.Compute(parameters, statistics, cancellationToken);
        return new LikelihoodSummary(mixture, statistics, observations.Count);
    }
}

using System;
using System.Collections.Generic;
using GmmTools.Mixtures;

namespace GmmTools.Inference;

/// <summary>The outcome of a likelihood-ratio test of a mixture against one that contains it.</summary>
public sealed class LikelihoodRatioResult
{
    internal LikelihoodRatioResult()
    {
    }

    /// <summary>Number of components under the null hypothesis.</summary>
    public int ComponentCount { get; internal init; }

    /// <summary>Number of components of the alternative.</summary>
    public int AgainstComponentCount { get; internal init; }

    /// <summary>The covariance model under the null hypothesis.</summary>
    public CovarianceModel CovarianceModel { get; internal init; }

    /// <summary>The covariance model of the alternative.</summary>
    public CovarianceModel AgainstCovarianceModel { get; internal init; }

    /// <summary>Number of rows.</summary>
    public long RowCount { get; internal init; }

    /// <summary>Log-likelihood under the null hypothesis.</summary>
    public double LogLikelihood { get; internal init; }

    /// <summary>Log-likelihood of the alternative.</summary>
    public double AgainstLogLikelihood { get; internal init; }

    /// <summary>Twice the difference of the log-likelihoods.</summary>
    public double Statistic { get; internal init; }

    /// <summary>How probable a statistic at least as large is under the null hypothesis.</summary>
    public double PValue { get; internal init; }

    /// <summary>Whether the null hypothesis is rejected: the p-value is at most the level of significance.</summary>
    public bool IsRejected { get; internal init; }

    /// <summary>The level of significance.</summary>
    public double Significance { get; internal init; }

    /// <summary>Number of replicates that the p-value is made of.</summary>
    public int ReplicateCount { get; internal init; }

    /// <summary>Number of those whose statistic is at least as large as that of the rows.</summary>
    public int ExceedingCount { get; internal init; }

    /// <summary>Number of those whose statistic is negative: the fit with more parameters ended lower, by its starts.</summary>
    public int NegativeCount { get; internal init; }

    /// <summary>Number of replicates left out since they could not be fitted.</summary>
    public int FailedCount { get; internal init; }

    /// <summary>Whether the replicates ended when the verdict was certain; the p-value then is that of Besag and Clifford.</summary>
    public bool IsEarly { get; internal init; }

    /// <summary>What a reader should know before relying on it.</summary>
    public IReadOnlyList<string> Warnings { get; internal init => field = FixedList.Of(value); } = [];

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{CovarianceModel.Name()},{ComponentCount} against {AgainstCovarianceModel.Name()},{AgainstComponentCount}: {Statistic:F3}, p = {PValue:G3}");
}

using System;
using System.Collections.Generic;
using GmmTools.Estimation;
using GmmTools.Mixtures;

namespace GmmTools.Selection;

/// <summary>
/// What a selection looks at in a fit; also what a copy of a fit still tells that came back from a file or a job. The setters are
/// plain, since init-only ones differ between the two builds.
/// </summary>
public sealed class FitCandidate
{
    private const int RowsPerComponent = 5;
    private const int RowsPerParameter = 2;

    private double? _boundedLogLikelihood;

    /// <summary>Number of components, K.</summary>
    public int ComponentCount { get; set; }

    /// <summary>What the covariance matrices share.</summary>
    public CovarianceModel CovarianceModel { get; set; }

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Property { get; set; } = [];

    /// <summary>Number of rows.</summary>
    public long RowCount { get; set; }

    /// <summary>Sum of the row weights, n.</summary>
    public double TotalWeight { get; set; }

    /// <summary>Log-likelihood.</summary>
    public double LogLikelihood { get; set; }

    /// <summary>The log-likelihood without what has no bound in it, which criteria take; the log-likelihood itself unless it is set.</summary>
    public double BoundedLogLikelihood
    {
        get => _boundedLogLikelihood ?? LogLikelihood;
        set => _boundedLogLikelihood = value;
    }

    /// <summary>Number of free parameters, p.</summary>
    public int ParameterCount { get; set; }

    /// <summary>Entropy of the responsibilities.</summary>
    public double Entropy { get; set; }

    /// <summary>What the tails of its components are like.</summary>
    public Tail Tail { get; set; }

    /// <summary>log V of its noise; null where it has none, NaN for a failure with noise.</summary>
    public double? NoiseLogVolume { get; set; }

    /// <summary>Whether the mixture was not fitted to all rows, so that there are no criteria.</summary>
    public bool IsTrimmed { get; set; }

    /// <summary>Whether the likelihood comes from a few rows in a line, a plane or at a point.</summary>
    public bool IsSpurious { get; set; }

    /// <summary>
    /// Whether there are too few rows for so many parameters, so that criteria, which are theory for many rows, say nothing: a mixture of
    /// several components needs five rows per component and two per parameter.
    /// </summary>
    public bool IsSaturated => ComponentCount > 1 && TotalWeight < RowsNeeded(ComponentCount, ParameterCount);

    /// <summary>Why there is no mixture; null for a fit.</summary>
    public string? Failure { get; set; }

    /// <summary>What a selection looks at in the given outcome.</summary>
    /// <param name="outcome">A fit or a failure.</param>
    /// <returns>The candidate.</returns>
    public static FitCandidate From(IFitOutcome outcome)
    {
        EmFit? fit = outcome as EmFit;
        FitFailure? failure = outcome as FitFailure;
        return new FitCandidate
        {
            ComponentCount = (outcome ?? throw new ArgumentNullException(nameof(outcome))).ComponentCount,
            CovarianceModel = outcome.CovarianceModel,
            Property = outcome.Property,
            RowCount = outcome.RowCount,
            TotalWeight = outcome.TotalWeight,
            LogLikelihood = fit?.LogLikelihood ?? double.NaN,
            BoundedLogLikelihood = fit?.BoundedLogLikelihood ?? double.NaN,
            ParameterCount = outcome.ParameterCount,
            Entropy = fit?.Entropy ?? double.NaN,
            Tail = fit?.Mixture.Tail ?? failure?.Tail ?? Tail.Normal,
            NoiseLogVolume = fit?.Mixture.Noise?.LogVolume ?? (failure?.Noise == true ? double.NaN : null),
            IsTrimmed = fit?.IsTrimmed ?? false,
            IsSpurious = fit?.IsSpurious ?? false,
            Failure = failure?.Failure,
        };
    }

    /// <summary>The value of a criterion; smaller is better, NaN for a failure and a trimmed fit.</summary>
    /// <param name="criterion">The criterion.</param>
    /// <returns>The value.</returns>
    public double Value(SelectionCriterion criterion) => criterion switch
    {
        _ when IsTrimmed => double.NaN,
        SelectionCriterion.Bic => InformationCriteria.Bic(BoundedLogLikelihood, ParameterCount, TotalWeight),
        SelectionCriterion.Icl => InformationCriteria.Icl(BoundedLogLikelihood, ParameterCount, TotalWeight, Entropy),
        SelectionCriterion.Aic => InformationCriteria.Aic(BoundedLogLikelihood, ParameterCount),
        SelectionCriterion.Aicc => InformationCriteria.Aicc(BoundedLogLikelihood, ParameterCount, TotalWeight),
        _ => throw new ArgumentOutOfRangeException(nameof(criterion)),
    };

    /// <summary>The most components of the same model that the rows suffice for.</summary>
    /// <param name="limit">More than these are not asked for.</param>
    /// <returns>Their number.</returns>
    public int MostComponents(int limit)
    {
        int most = 1;
        while (most < limit && RowsNeeded(most + 1, CovarianceModel.ParameterCount(most + 1, Property.Count)) <= TotalWeight)
        {
            most++;
        }

        return most;
    }

    private static double RowsNeeded(int componentCount, int parameterCount) =>
        Math.Max(RowsPerComponent * componentCount, RowsPerParameter * parameterCount);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{CovarianceModel.Name(Property.Count)},{ComponentCount}{(Tail == Tail.Normal ? string.Empty : " t")}{(NoiseLogVolume is not null ? " + noise" : IsTrimmed ? ", trimmed" : string.Empty)}");
}

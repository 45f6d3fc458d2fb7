using System;
using System.Collections.Generic;
using GmmTools.Mixtures;
using GmmTools.Observations;

namespace GmmTools.Estimation;

/// <summary>A combination of a model search that could not be fitted: the rows do not determine such a mixture.</summary>
public sealed class FitFailure : IFitOutcome
{
    internal FitFailure(IObservations observations, EmOptions options, string failure)
    {
        ComponentCount = options.ComponentCount;
        CovarianceModel = options.CovarianceModel;
        Tail = options.Tail;
        Noise = options.Noise;
        IsTrimmed = options.TrimFraction is not null;
        Property = FixedList.Of(observations.Property);
        RowCount = observations.Count;
        TotalWeight = observations.TotalWeight;
        ParameterCount = options.CovarianceModel.ParameterCount(options.ComponentCount, observations.Property.Count) + (options.Noise ? 1 : 0) + options.TailParameterCount(options.ComponentCount);
        Failure = failure;
    }

    /// <inheritdoc/>
    public int ComponentCount { get; }

    /// <inheritdoc/>
    public CovarianceModel CovarianceModel { get; }

    /// <summary>What the tails of the components were to be like.</summary>
    public Tail Tail { get; }

    /// <summary>Whether there was to be noise.</summary>
    public bool Noise { get; }

    /// <summary>Whether a share of the rows was to be left out.</summary>
    public bool IsTrimmed { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Property { get; }

    /// <inheritdoc/>
    public RowGroup? Group { get; private set; }

    /// <inheritdoc/>
    public long RowCount { get; }

    /// <inheritdoc/>
    public double TotalWeight { get; }

    /// <inheritdoc/>
    public int ParameterCount { get; }

    /// <summary>Always NotFitted.</summary>
    public StopReason StopReason => StopReason.NotFitted;

    /// <summary>Why it could not be fitted, and what to do.</summary>
    public string Failure { get; }

    /// <summary>The same failure as that of a group of rows.</summary>
    /// <param name="group">The group.</param>
    /// <returns>The copy.</returns>
    internal FitFailure WithGroup(RowGroup group)
    {
        FitFailure copy = (FitFailure)MemberwiseClone();
        copy.Group = group;
        return copy;
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{CovarianceModel.Name(Property.Count)},{ComponentCount}{(Tail == Tail.Normal ? string.Empty : " t")}{(Noise ? " + noise" : IsTrimmed ? ", trimmed" : string.Empty)}: not fitted. {Failure}");
}

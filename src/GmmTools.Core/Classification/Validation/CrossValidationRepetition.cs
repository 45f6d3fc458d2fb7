using System;

namespace GmmTools.Classification.Validation;

/// <summary>The figures of one repetition, in which every row was predicted once.</summary>
public sealed class CrossValidationRepetition
{
    internal CrossValidationRepetition(int number, Tally tally)
    {
        Repetition = number;
        Error = tally.Error;
        LogLoss = tally.LogLoss;
        BrierScore = tally.BrierScore;
    }

    /// <summary>Its number, from 1.</summary>
    public int Repetition { get; }

    /// <summary>The share of the rows whose class was got wrong.</summary>
    public double Error { get; }

    /// <summary>Mean of −log of the probability of the true class, natural logarithm.</summary>
    public double LogLoss { get; }

    /// <summary>Mean of the squared differences of the probabilities from what was true, summed over the classes: from 0 to 2.</summary>
    public double BrierScore { get; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Repetition}: error {Error:G4}");
}

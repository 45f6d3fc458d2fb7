using System;
using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Classification.Validation;

/// <summary>How well classes are told of rows that were not learned from. A standard error is that of a mean over repetitions: what dealing the rows
/// otherwise would change; null where there was one repetition.</summary>
public sealed class CrossValidationReport
{
    internal CrossValidationReport(ClassifiedRows rows, CrossValidationOptions options, IReadOnlyList<Tally> repetitions)
    {
        ClassCount = rows.Names.Count;
        RowCount = rows.Rows.Count;
        OmittedRowCount = rows.OmittedCount;
        FoldCount = options.FoldCount;
        RepetitionCount = options.RepetitionCount;
        Method = options.Classifier.IsEdda ? ClassificationMethod.Edda : ClassificationMethod.MclustDA;
        (Error, ErrorStandardError) = Mean(repetitions.Select(one => one.Error));
        (LogLoss, LogLossStandardError) = Mean(repetitions.Select(one => one.LogLoss));
        (BrierScore, BrierScoreStandardError) = Mean(repetitions.Select(one => one.BrierScore));
        Repetitions = FixedList.Of(repetitions.Select((one, r) => new CrossValidationRepetition(r + 1, one)));
        Confusion = FixedList.Of(Cells(rows, Tally.Sum(repetitions), repetitions.Count));
    }

    /// <summary>How the classes were described.</summary>
    public ClassificationMethod Method { get; }

    /// <summary>Number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>Number of rows.</summary>
    public long RowCount { get; }

    /// <summary>Number of rows that were left out, since they have no class.</summary>
    public long OmittedRowCount { get; }

    /// <summary>Number of parts that the rows were dealt into.</summary>
    public int FoldCount { get; }

    /// <summary>How often they were dealt.</summary>
    public int RepetitionCount { get; }

    /// <summary>The share of the rows whose class was got wrong: the mean over repetitions.</summary>
    public double Error { get; }

    /// <summary>Standard error of <see cref="Error"/>.</summary>
    public double? ErrorStandardError { get; }

    /// <summary>Mean of −log of the probability of the true class, natural logarithm; smaller is better.</summary>
    public double LogLoss { get; }

    /// <summary>Standard error of <see cref="LogLoss"/>.</summary>
    public double? LogLossStandardError { get; }

    /// <summary>Mean of the squared differences of the probabilities from what was true, summed over the classes: from 0 to 2, smaller is better. Brier,
    /// Monthly Weather Review 78 (1950) 1-3.</summary>
    public double BrierScore { get; }

    /// <summary>Standard error of <see cref="BrierScore"/>.</summary>
    public double? BrierScoreStandardError { get; }

    /// <summary>For each class and each class predicted how many rows there were.</summary>
    public IReadOnlyList<ConfusionCell> Confusion { get; }

    /// <summary>The figures of each repetition.</summary>
    public IReadOnlyList<CrossValidationRepetition> Repetitions { get; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{Method}, {Counted.Of(RepetitionCount, "time")} {FoldCount} folds: error {Error:G4}, log-loss {LogLoss:G4}, Brier score {BrierScore:G4}");

    private static (double Mean, double? StandardError) Mean(IEnumerable<double> values)
    {
        double[] all = [.. values];
        double mean = all.Average();
        return (mean, all.Length < 2 ? null : Math.Sqrt(all.Sum(value => (value - mean) * (value - mean)) / (all.Length - 1) / all.Length));
    }

    private static IEnumerable<ConfusionCell> Cells(ClassifiedRows rows, Tally sum, int repetitionCount) =>
        from c in Enumerable.Range(0, rows.Names.Count)
        from other in Enumerable.Range(0, rows.Names.Count)
        let count = sum.Confusion[c, other] / repetitionCount
        select new ConfusionCell(rows.Names[c], rows.Names[other], count, count / rows.Weights[c]);
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Numerics;
using GmmTools.Observations.Chunks;
using GmmTools.Observations.Intake;
using GmmTools.Selection;

namespace GmmTools.Classification.Validation;

/// <summary>
/// How well classes are told of rows that were not learned from: the rows are dealt into parts, each of which is predicted from the others, and
/// that as often as wanted with other parts. Stone, JRSS B 36 (1974) 111-147.
/// </summary>
public sealed class CrossValidation
{
    private readonly CrossValidationOptions _options;
    private readonly Action<FitPoolProgress>? _progress;

    /// <summary>Prepares to validate.</summary>
    /// <param name="options">How.</param>
    /// <param name="progress">Called when a part is done, from any thread; must be quick. Or null.</param>
    /// <exception cref="ArgumentException">There are fewer than 2 folds or no repetition.</exception>
    public CrossValidation(CrossValidationOptions options, Action<FitPoolProgress>? progress = null)
    {
        _options = options ?? throw new ArgumentNullException(nameof(options));
        if (options.FoldCount < 2 || options.RepetitionCount < 1)
        {
            throw new ArgumentException("There must be at least 2 folds and 1 repetition.", nameof(options));
        }

        options.Classifier.Validate();
        _progress = progress;
    }

    /// <summary>Validates.</summary>
    /// <param name="rows">The rows with their classes.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The figures.</returns>
    /// <exception cref="ClassificationException">A class has fewer rows than there are folds (TooManyFolds), or cannot be learned from the rows of the other
    /// parts (ClassNotFitted); the prior probabilities are not those of the classes (InvalidPrior).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public CrossValidationReport Run(ClassifiedRows rows, CancellationToken cancellationToken = default)
    {
        CheckCounts(rows ?? throw new ArgumentNullException(nameof(rows)));
        FitPool pool = new(_options.Classifier.Estimation.ThreadCount, null, _progress);
        List<FitJob<Tally>> jobs = [];
        for (int repetition = 0; repetition < _options.RepetitionCount; repetition++)
        {
            int[] folds = StratifiedFolds.Deal(rows.Places, _options.FoldCount, SplitMix64.Derive(_options.Seed, (ulong)repetition));
            for (int fold = 0; fold < _options.FoldCount; fold++)
            {
                int own = fold;
                jobs.Add(pool.Add(
                    FormattableString.Invariant($"repetition {repetition + 1}, fold {fold + 1}"),
                    [],
                    context => Predict(rows, folds, own, context)));
            }
        }

        pool.Run(cancellationToken);
        Tally[] repetitions =
        [
            .. Enumerable.Range(0, _options.RepetitionCount)
                .Select(repetition => Tally.Sum(jobs.Skip(repetition * _options.FoldCount).Take(_options.FoldCount).Select(job => job.Result))),
        ];
        return new CrossValidationReport(rows, _options, repetitions);
    }

    private void CheckCounts(ClassifiedRows rows)
    {
        int smallest = Array.IndexOf(rows.Counts, rows.Counts.Min());
        if (rows.Counts[smallest] < _options.FoldCount)
        {
            throw new ClassificationException(
                "TooManyFolds",
                FormattableString.Invariant($"Class '{rows.Names[smallest]}' has {Counted.Of(rows.Counts[smallest], "row")}, fewer than the {_options.FoldCount} folds, so that some fold would have none of it."),
                rows.Names[smallest])
            { Remedy = new Remedy("FewerFolds") };
        }
    }

    private Tally Predict(ClassifiedRows rows, int[] folds, int fold, FitJobContext context)
    {
        MixtureClassifier classifier = new ClassifierEstimator(_options.Classifier.WithThreads(context.ThreadCount))
            .Fit(rows.Where(number => folds[number] != fold), context.CancellationToken);
        ClassScorer scorer = new(classifier);
        Tally tally = new(rows.Names.Count);
        List<double> weights = [];
        int dimension = classifier.Property.Count;
        RowBlockBuilder builder = new(dimension, ChunkLayout.RowsPerStreamedBlock(dimension), block =>
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            ClassScores scores = scorer.Score(block);
            for (int i = 0; i < scores.Count; i++)
            {
                tally.Add(scores, i, rows.Places[(int)block.RowNumbers[i]], weights[i]);
            }

            weights.Clear();
        });
        int row = 0;
        foreach ((double[] values, double weight) in rows.Rows.EnumerateWeighted())
        {
            if (folds[row] == fold)
            {
                builder.Add(values, row);
                weights.Add(weight);
            }

            row++;
        }

        builder.Flush();
        return tally;
    }
}

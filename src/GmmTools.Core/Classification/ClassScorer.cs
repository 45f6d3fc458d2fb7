using System;
using System.Linq;
using GmmTools.Observations.Intake;
using GmmTools.Scoring;

namespace GmmTools.Classification;

/// <summary>Scores rows under a classifier, many at a time. Rows with gaps are judged by what they have. Serves one thread.</summary>
public sealed class ClassScorer
{
    private readonly BlockScorer[] _scorers;
    private readonly double[] _logPriors;

    /// <summary>Prepares to score.</summary>
    /// <param name="classifier">The classifier.</param>
    public ClassScorer(MixtureClassifier classifier)
    {
        _ = classifier ?? throw new ArgumentNullException(nameof(classifier));
        _scorers = [.. classifier.Classes.Select(one => new BlockScorer(one.Mixture))];
        _logPriors = [.. classifier.Classes.Select(one => Math.Log(one.Prior))];
    }

    /// <summary>Scores a block.</summary>
    /// <param name="block">Rows in the order of the classifier's columns; NaN where a cell is missing.</param>
    /// <returns>The scores. A row of which nothing was observed has the prior probabilities.</returns>
    public ClassScores Score(RowBlock block) => new([.. _scorers.Select(scorer => scorer.Score(block))], _logPriors);
}

using System;
using System.Linq;
using System.Threading;
using GmmTools.Observations.Intake;
using GmmTools.Outliers;

namespace GmmTools.Classification;

/// <summary>
/// Finds rows that belong to none of the known classes: those that are improbable under the mixture of their most probable class, at a
/// stated rate. The level of each class is its own. Serves one thread.
/// </summary>
public sealed class UnknownClassDetector
{
    private readonly OutlierDetector[] _detectors;

    /// <summary>Finds the levels.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="options">How; the rate holds for rows of each class, and there are no training rows.</param>
    /// <param name="cancellationToken">Stops the sampling, now and for rows with gaps.</param>
    /// <exception cref="OutlierException">The rate is not above 0 and below 1 (InvalidFalseAlarmRate), or the sample is too small
    /// (InvalidSampleCount).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public UnknownClassDetector(MixtureClassifier classifier, OutlierOptions options, CancellationToken cancellationToken) =>
        _detectors = [.. (classifier ?? throw new ArgumentNullException(nameof(classifier))).Classes
            .Select(one => new OutlierDetector(one.Mixture, options, cancellationToken))];

    /// <summary>Says what there is to say of a row, if it belongs to none of the classes.</summary>
    /// <param name="block">The block that has the row.</param>
    /// <param name="scores">The scores of the block.</param>
    /// <param name="index">The row, from 0.</param>
    /// <returns>The verdict; null when the row belongs to its most probable class.</returns>
    public OutlierVerdict? Judge(RowBlock block, ClassScores scores, int index)
    {
        int place = (scores ?? throw new ArgumentNullException(nameof(scores))).Places[index];
        return _detectors[place].Judge(block, scores.OfClasses[place], index);
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Selection;

namespace GmmTools.Classification;

/// <summary>
/// Learns classes from rows whose classes are known: one component for each and a common covariance model (EDDA), or a mixture of its own for each
/// (MclustDA).
/// </summary>
public sealed class ClassifierEstimator
{
    private readonly ClassifierOptions _options;
    private readonly Action<FitPoolProgress>? _progress;

    /// <summary>Prepares to learn.</summary>
    /// <param name="options">How.</param>
    /// <param name="progress">Called when a class is done, from any thread; must be quick. Or null.</param>
    /// <exception cref="GmmTools.Estimation.EstimationException">An option is out of its domain.</exception>
    public ClassifierEstimator(ClassifierOptions options, Action<FitPoolProgress>? progress = null)
    {
        _options = options ?? throw new ArgumentNullException(nameof(options));
        _options.Validate();
        _progress = progress;
    }

    /// <summary>Learns the classes.</summary>
    /// <param name="rows">The rows with their classes.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The classifier.</returns>
    /// <exception cref="ClassificationException">A class cannot be learned from its rows (ClassNotFitted), or the prior probabilities are not
    /// those of the classes (InvalidPrior).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public MixtureClassifier Fit(ClassifiedRows rows, CancellationToken cancellationToken = default)
    {
        _ = rows ?? throw new ArgumentNullException(nameof(rows));
        double[] priors = FindPriors(rows);
        int empty = Array.IndexOf(rows.Counts, 0);
        if (empty >= 0)
        {
            throw ClassFits.NotFitted(rows, empty, "there are none.");
        }

        IReadOnlyList<GaussianMixture> mixtures;
        IReadOnlyList<string> warnings;
        int parameterCount;
        if (_options.IsEdda)
        {
            (mixtures, warnings) = new EddaSearch(rows, _options, cancellationToken).Find();
            CovarianceModel model = mixtures[0].CovarianceModel;
            parameterCount = (mixtures.Count * rows.Rows.Property.Count) + model.CovarianceParameterCount(mixtures.Count, rows.Rows.Property.Count);
        }
        else
        {
            (mixtures, warnings, parameterCount) = ClassFits.Find(rows, _options, _progress, cancellationToken);
        }

        bool isGiven = _options.Prior is not null;
        MixtureClassifier classifier = new(
            _options.IsEdda ? ClassificationMethod.Edda : ClassificationMethod.MclustDA,
            mixtures.Select((mixture, c) => new MixtureClass(rows.Names[c], priors[c], rows.Counts[c], rows.Weights[c], mixture)),
            isGiven)
        {
            OmittedRowCount = rows.OmittedCount,
            ParameterCount = parameterCount + (isGiven ? 0 : mixtures.Count - 1),
            Warnings = warnings,
        };
        return classifier.WithFigures(TrainingFigures.Of(classifier, rows, cancellationToken));
    }

    private double[] FindPriors(ClassifiedRows rows)
    {
        if (_options.Prior is null)
        {
            double total = rows.Weights.Sum();
            return [.. rows.Weights.Select(weight => weight / total)];
        }

        Dictionary<string, double> given = new(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, double> pair in _options.Prior)
        {
            given[pair.Key.Trim()] = pair.Value;
        }

        foreach (KeyValuePair<string, double> pair in given.Where(pair => !(pair.Value > 0) || double.IsInfinity(pair.Value)))
        {
            throw new ClassificationException(
                "InvalidPrior", FormattableString.Invariant($"The prior probability of class '{pair.Key}' is {pair.Value:R}. It must be a number above 0."), pair.Value);
        }

        if (rows.Names.FirstOrDefault(name => !given.ContainsKey(name)) is string missing)
        {
            throw new ClassificationException("InvalidPrior", $"There is no prior probability for class '{missing}'. Give one for each class: {string.Join(", ", rows.Names)}.", missing);
        }

        if (given.Keys.FirstOrDefault(name => !rows.Names.Contains(name, StringComparer.OrdinalIgnoreCase)) is string unknown)
        {
            throw new ClassificationException("InvalidPrior", $"There is a prior probability for '{unknown}', but no row has this class. The classes are {string.Join(", ", rows.Names)}.", unknown);
        }

        double sum = given.Values.Sum();
        return [.. rows.Names.Select(name => given[name] / sum)];
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Dense;
using GmmTools.Numerics.Kernels;
using GmmTools.Observations.Intake;

namespace GmmTools.Scoring;

/// <summary>
/// Gaussian mixture regression: the mean and the standard deviation of some columns of a mixture, given others. The mean is Σ rₖ(x)·mₖ(x),
/// where rₖ are the responsibilities for the given columns and mₖ the components' linear regressions; the variance is that of the
/// conditional mixture; of multivariate t it is (ν + q)/(ν + o − 2) times the conditional matrix at the squared distance q of the o columns given, and
/// infinite for ν + o ≤ 2. Ghahramani and Jordan, NIPS 6 (1994) 120-127; Sung, Gaussian Mixture Regression and Classification, thesis, Rice
/// University (2004). Serves one thread.
/// </summary>
public sealed class MixtureRegression
{
    /// <summary>Rows at a time: the regressions of all components for them stay in the cache.</summary>
    private const int RowsAtATime = 256;

    private readonly GaussianMixture _joint;
    private readonly KernelScorer _kernels;
    private readonly PatternGroups<View> _groups;
    private readonly int _givenCount;
    private readonly int _targetCount;
    private readonly double[] _regressions;

    /// <summary>What the conditional matrices are multiplied by to be covariances, as the regressions.</summary>
    private readonly double[] _factors;

    /// <summary>Prepares to predict.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="given">The columns that rows have, from 0, in their order.</param>
    /// <param name="target">The columns to be predicted, from 0; at least one, and none of those given.</param>
    /// <exception cref="ArgumentException">A column is not there or comes twice, or there are none.</exception>
    /// <exception cref="InvalidMixtureException">The mixture has noise (NoiseNotSupported).</exception>
    public MixtureRegression(GaussianMixture mixture, IReadOnlyList<int> given, IReadOnlyList<int> target)
    {
        if (given.Count == 0 || target.Count == 0)
        {
            throw new ArgumentException("There must be columns to predict from and columns to be predicted.", nameof(given));
        }

        mixture.RefuseNoise("The prediction of columns");
        _joint = mixture.Marginal([.. given, .. target]);
        _givenCount = given.Count;
        _targetCount = target.Count;
        _kernels = new KernelScorer(_givenCount);
        _groups = new PatternGroups<View>(_givenCount, CreateView);
        _regressions = new double[mixture.ComponentCount * RowsAtATime];
        _factors = new double[_regressions.Length];
    }

    /// <summary>Predicts.</summary>
    /// <param name="block">Rows of the given columns; NaN where a cell is missing: then the prediction is from the others.</param>
    /// <returns>The predictions.</returns>
    public MixturePredictions Predict(RowBlock block)
    {
        if (block.Values.Length != block.Count * _givenCount)
        {
            throw new ArgumentException($"The rows do not have the {Counted.Of(_givenCount, "column")} that are given.", nameof(block));
        }

        MixturePredictions predictions = new(block.Count, _targetCount);
        foreach (KeyValuePair<View, List<int>> group in _groups.Split(block))
        {
            for (int first = 0; first < group.Value.Count; first += RowsAtATime)
            {
                int[] rows = [.. group.Value.Skip(first).Take(RowsAtATime)];
                Predict(group.Key, PatternGroups<View>.Gather(block, group.Key.Columns, rows), rows, predictions);
            }
        }

        return predictions;
    }

    private View CreateView(MissingPattern given)
    {
        double[] row = [.. Enumerable.Repeat(double.NaN, _givenCount + _targetCount)];
        foreach (int column in given.Observed)
        {
            row[column] = 0;
        }

        ConditionalMixture conditional = new(_joint.ComponentCount, row.Length, given.Observed.Length, _joint.Parameters.Shape);
        conditional.Condition(_joint.Parameters, MissingPattern.Of(row));
        return new View(given.Observed, conditional, given.Missing.Length);
    }

    private void Predict(View view, RowChunk rows, int[] places, MixturePredictions predictions)
    {
        RowScores scores = _kernels.Score(rows, view.Conditional.Observed.Terms, true);
        FindFactors(view.Conditional.Observed, rows);
        for (int t = 0; t < _targetCount; t++)
        {
            for (int k = 0; k < _joint.ComponentCount; k++)
            {
                Regress(view, rows, k, t);
            }

            for (int i = 0; i < rows.Count; i++)
            {
                Combine(view, scores, t, i, (t * predictions.Count) + places[i], predictions);
            }
        }
    }

    private void FindFactors(MixtureParameters observed, RowChunk rows)
    {
        RowScorer<StudentLink>? scorer = observed.DegreesOfFreedom is null ? null : new RowScorer<StudentLink>(observed.Terms);
        double[] row = new double[observed.Dimension];
        for (int i = 0; i < rows.Count; i++)
        {
            for (int j = 0; j < row.Length; j++)
            {
                row[j] = rows.Values[(j * rows.Count) + i];
            }

            for (int k = 0; k < _joint.ComponentCount; k++)
            {
                double left = (observed.DegreesOfFreedom?[k] ?? 0) + row.Length - 2;
                _factors[(k * RowsAtATime) + i] = scorer is null ? 1
                    : left > 0 ? (observed.DegreesOfFreedom![k] + scorer.SquaredDistance(row, k)) / left
                    : double.PositiveInfinity;
            }
        }
    }

    /// <summary>mₖ(x) of all rows, column by column.</summary>
    private void Regress(View view, RowChunk rows, int component, int target)
    {
        MixtureParameters observed = view.Conditional.Observed;
        int offset = component * RowsAtATime;
        double constant = _joint.Parameters.Means[(component * _joint.Dimension) + _givenCount + target];
        for (int i = 0; i < rows.Count; i++)
        {
            _regressions[offset + i] = constant;
        }

        for (int j = 0; j < observed.Dimension; j++)
        {
            double coefficient = view.Conditional.Coefficient(component, view.FirstTarget + target, j);
            if (coefficient != 0)
            {
                double mean = observed.Means[(component * observed.Dimension) + j];
                RowArithmetic.AddScaledDifference(_regressions, offset, coefficient, rows.Values, j * rows.Count, mean, rows.Count);
            }
        }
    }

    /// <summary>Mean and standard deviation of the mixture of regressions; the latter around the mean, so that nothing cancels.</summary>
    private void Combine(View view, RowScores scores, int target, int row, int place, MixturePredictions predictions)
    {
        double mean = 0;
        for (int k = 0; k < _joint.ComponentCount; k++)
        {
            mean += scores.Responsibilities![(k * scores.Count) + row] * _regressions[(k * RowsAtATime) + row];
        }

        double variance = 0;
        for (int k = 0; k < _joint.ComponentCount; k++)
        {
            double distance = _regressions[(k * RowsAtATime) + row] - mean;
            double own = _factors[(k * RowsAtATime) + row]
                * view.Conditional.ConditionalCovariance(k, view.FirstTarget + target, view.FirstTarget + target);
            double share = scores.Responsibilities![(k * scores.Count) + row];

            // a component that cannot be has no part in it, even if its own variance is infinite
            variance += share > 0 ? share * (own + (distance * distance)) : 0;
        }

        predictions.Means[place] = mean;
        predictions.StandardErrors[place] = Math.Sqrt(variance);
    }

    /// <summary>The regressions for rows of one pattern.</summary>
    private sealed class View(int[] columns, ConditionalMixture conditional, int firstTarget)
    {
        public int[] Columns { get; } = columns;

        public ConditionalMixture Conditional { get; } = conditional;

        /// <summary>Place of the first target among the columns that are missing.</summary>
        public int FirstTarget { get; } = firstTarget;
    }
}

using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Observations.Intake;
using GmmTools.Scoring;

namespace GmmTools.Binding.Scorings;

/// <summary>The columns of Get-MixtureConditional -Predict.</summary>
internal sealed class RegressionScoring : RowScoring
{
    private readonly ConcurrentBag<MixtureRegression> _free = [];
    private readonly GaussianMixture _mixture;
    private readonly int[] _given;
    private readonly int[] _target;

    /// <summary>Prepares to predict.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="given">The columns that rows have.</param>
    /// <param name="target">The columns to be predicted.</param>
    public RegressionScoring(GaussianMixture mixture, int[] given, int[] target)
    {
        _mixture = mixture;
        _given = given;
        _target = target;
        Property = [.. given.Select(column => mixture.Property[column])];
        Columns = [.. target.SelectMany(column => new[] { "Predicted_" + mixture.Property[column], "StandardError_" + mixture.Property[column] })];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Property { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; }

    /// <inheritdoc/>
    public override object Score(RowBlock block)
    {
        MixtureRegression regression = _free.TryTake(out MixtureRegression? free) ? free : new MixtureRegression(_mixture, _given, _target);
        try
        {
            return regression.Predict(block);
        }
        finally
        {
            _free.Add(regression);
        }
    }

    /// <inheritdoc/>
    public override object?[] Describe(RowBlock block, object scores, int row)
    {
        MixturePredictions predictions = (MixturePredictions)scores;
        object?[] cells = new object?[Columns.Count];
        for (int t = 0; t < _target.Length; t++)
        {
            cells[2 * t] = predictions.Means[(t * predictions.Count) + row];
            cells[(2 * t) + 1] = predictions.StandardErrors[(t * predictions.Count) + row];
        }

        return cells;
    }
}

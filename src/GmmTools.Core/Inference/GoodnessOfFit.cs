using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Estimation;
using GmmTools.Inference.Drift;
using GmmTools.Inference.Replicates;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Selection;

namespace GmmTools.Inference;

/// <summary>
/// Whether a mixture is right for the rows that it was fitted to, by the parametric bootstrap: rows that are drawn from the mixture are fitted as the rows
/// were, and so what the fit has taken from the rows is taken from them as well (Stute, Gonzáles Manteiga and Presedo Quindimil, Metrika 40 (1993) 243-256).
/// Compared are the distributions of each column, of each column in both halves of another, and of the distance from the components, by the logarithms of
/// their Anderson-Darling statistics in standard deviations. What is drawn is recorded in the steps in which the rows were, so that rounding is no difference. The verdict is
/// that of the largest, so that the rate is kept over all of them together.
/// </summary>
public sealed class GoodnessOfFit
{
    /// <summary>Logarithms of statistics that are all the same differ by rounding alone.</summary>
    private const double LeastDeviation = 1e-9;

    private readonly FitTestOptions _options;
    private readonly Action<FitPoolProgress>? _progress;

    /// <summary>Prepares to test.</summary>
    /// <param name="options">How; the rows are the baseline, and independent.</param>
    /// <param name="progress">Called when a replicate is done, from any thread; must be quick. Or null.</param>
    /// <exception cref="EstimationException">The rate is not above 0 and below 1 (InvalidFalseAlarmRate), or no p-value could be below it
    /// (FalseAlarmRateTooSmall).</exception>
    public GoodnessOfFit(FitTestOptions options, Action<FitPoolProgress>? progress = null)
    {
        _options = options ?? throw new ArgumentNullException(nameof(options));
        options.Validate();
        _progress = progress;
    }

    /// <summary>Tests a mixture.</summary>
    /// <param name="mixture">The mixture, fitted to the rows.</param>
    /// <param name="made">The options that made it; null where only the mixture is known, whose covariance model is then estimated.</param>
    /// <param name="rows">The rows, with the columns of the mixture in its order.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The verdict.</returns>
    /// <exception cref="InvalidMixtureException">The mixture has noise (NoiseNotSupported) or tails (TailNotSupported), or is trimmed
    /// (TrimmingNotSupported).</exception>
    /// <exception cref="EstimationException">So many replicates collapsed that no p-value could be below the rate (TooFewReplicates).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public FitVerdict Test(GaussianMixture mixture, FitOptions? made, IObservations rows, CancellationToken cancellationToken = default)
    {
        _ = mixture ?? throw new ArgumentNullException(nameof(mixture));
        _ = rows ?? throw new ArgumentNullException(nameof(rows));
        mixture.RefuseTrimming("A test of all rows");
        mixture.RefuseNoise("A test of the mixture that was fitted");
        mixture.RefuseTail("A test of the mixture that was fitted");
        EmOptions options = ModelOptions.ContinueFrom(mixture, made);
        options.ThreadCount = _options.ThreadCount;
        ReplicateModel model = new(options, rows, cancellationToken);
        List<string> warnings = [];
        GaussianMixture fitted = model.Settle(mixture, warnings);
        RowDistributions observed = new(fitted.Parameters, rows);
        double[][] statistics = [observed.Statistics, .. Simulate(fitted, model, rows, warnings, cancellationToken)];
        double[][] scores = Standardize(statistics);
        double[] largest = Array.ConvertAll(scores, Enumerable.Max);
        return new FitVerdict(
            largest[0], PValue(largest, largest[0]), _options.FalseAlarmRate, statistics.Length - 1, rows.Count, FindCauses(observed, scores[0], largest))
        {
            Warnings = warnings,
        };
    }

    private double[][] Simulate(
        GaussianMixture mixture, ReplicateModel model, IObservations rows, List<string> warnings, CancellationToken cancellationToken)
    {
        MixtureResampling resampling = new(rows, mixture, new RecordedSteps(rows));
        ReplicateRuns runs = new(rows, _options.ThreadCount, null, _progress);
        IReadOnlyList<double[]> made = runs.Make(
            _options.ReplicateCount,
            (number, context) =>
            {
                IObservations drawn = resampling.Draw(SplitMix64.Derive(_options.Seed, (ulong)number + 1), context.CancellationToken);
                return model.Read(drawn, context, fitted => new RowDistributions(fitted, drawn).Statistics);
            },
            null,
            cancellationToken);
        double[][] used = [.. made.Where(one => one.Length > 0)];
        int collapsed = made.Count - used.Length;
        if (collapsed > 0)
        {
            warnings.Add(ReplicateRuns.DescribeCollapsed(collapsed, made.Count));
        }

        return (used.Length + 1) * _options.FalseAlarmRate >= 1 - 1e-9 ? used : throw new EstimationException(
            "TooFewReplicates",
            FormattableString.Invariant($"Of {Counted.Of(made.Count, "replicate")}, {used.Length} can be used, too few for a p-value of {_options.FalseAlarmRate:R}: a component collapsed or ran out of rows in the others. Use fewer components or a more restricted covariance model."),
            used.Length);
    }

    /// <summary>Logarithms in standard deviations from their mean, over the rows and the replicates alike: where the mixture is right, all are in the same
    /// position.</summary>
    private static double[][] Standardize(double[][] statistics)
    {
        double[][] scores = [.. statistics.Select(row => Array.ConvertAll(row, value => Math.Log(value)))];
        for (int s = 0; s < scores[0].Length; s++)
        {
            double mean = scores.Average(row => row[s]);
            double deviation = Math.Sqrt(scores.Average(row => (row[s] - mean) * (row[s] - mean)));
            foreach (double[] row in scores)
            {
                row[s] = deviation > LeastDeviation ? (row[s] - mean) / deviation : 0;
            }
        }

        return scores;
    }

    /// <summary>The share that is as large, that of the rows included.</summary>
    private static double PValue(double[] largest, double value) => (double)largest.Count(one => one >= value) / largest.Length;

    private IReadOnlyList<FitDeviation> FindCauses(RowDistributions observed, double[] scores, double[] largest) =>
    [
        .. Enumerable.Range(0, scores.Length)
            .OrderByDescending(place => scores[place])
            .Select(place => observed.Describe(place, PValue(largest, scores[place])))
            .Where(cause => cause.PValue <= _options.FalseAlarmRate),
    ];
}

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using GmmTools.Estimation;
using GmmTools.Inference.Replicates;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Selection;

namespace GmmTools.Inference;

/// <summary>
/// Standard errors and intervals of the parameters of a mixture: by fits to replicates of the rows, each of which begins at the mixture and whose
/// components are matched to those of the mixture, or by the curvature of the log-likelihood. Of replicates, the standard error is the standard
/// deviation, and the interval lies between percentiles: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapters 13 and 14.
/// </summary>
public sealed class MixtureUncertainty
{
    /// <summary>More collapsed replicates than this share are worth a warning of their own.</summary>
    private const double ManyCollapsed = 0.1;

    private readonly UncertaintyOptions _options;
    private readonly Action<FitPoolProgress>? _progress;

    /// <summary>Creates the measurement.</summary>
    /// <param name="options">How to measure.</param>
    /// <param name="progress">Called when a replicate is done, from any thread; must be quick. Or null.</param>
    /// <exception cref="EstimationException">An option is out of its domain.</exception>
    public MixtureUncertainty(UncertaintyOptions options, Action<FitPoolProgress>? progress = null)
    {
        _options = options ?? throw new ArgumentNullException(nameof(options));
        _options.Validate();
        _progress = progress;
    }

    /// <summary>Measures how sure a mixture is.</summary>
    /// <param name="mixture">The mixture, fitted to the rows.</param>
    /// <param name="made">The options that made it; null where only the mixture is known, whose covariance model is then estimated.</param>
    /// <param name="observations">The rows, with the columns of the mixture in its order.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The parameters.</returns>
    /// <exception cref="InvalidMixtureException">The mixture is trimmed (TrimmingNotSupported), quantiles are wanted of several columns
    /// (NotUnivariate), or a point of the density does not suit the columns (InvalidPoint).</exception>
    /// <exception cref="EstimationException">Fewer than two replicates are left (TooFewReplicates), or the method does not suit the mixture
    /// (InformationNotSupported, InformationSingular).</exception>
    /// <exception cref="InvalidObservationException">The rows cannot be enumerated (RowsNotEnumerable).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public UncertaintyReport Measure(
        GaussianMixture mixture, FitOptions? made, IObservations observations, CancellationToken cancellationToken = default)
    {
        (mixture ?? throw new ArgumentNullException(nameof(mixture))).RefuseTrimming("The uncertainty of the parameters");
        ParameterTable table = new(mixture, _options.Probabilities, _options.Points);
        EmOptions options = ModelOptions.ContinueFrom(mixture, made);
        options.ThreadCount = _options.ThreadCount;
        ReplicateModel model = new(options, observations, cancellationToken);
        List<string> warnings = [];
        GaussianMixture estimated = model.Settle(mixture, warnings);
        return _options.Method == UncertaintyMethod.Information
            ? Report(table, ObservedInformation.Measure(estimated, options, observations, table, cancellationToken), estimated, warnings)
            : Resample(estimated, model, options, observations, table, warnings, cancellationToken);
    }

    private UncertaintyReport Resample(
        GaussianMixture mixture,
        ReplicateModel model,
        EmOptions options,
        IObservations observations,
        ParameterTable table,
        List<string> warnings,
        CancellationToken cancellationToken)
    {
        Resampling resampling = CreateResampling(observations, mixture);
        MixtureParameters reference = mixture.Parameters;
        Stopwatch watch = Stopwatch.StartNew();
        JackknifeGroups? groups = _options.Interval == UncertaintyInterval.BCa
            ? new JackknifeGroups(observations, JackknifeFits.MaxCount, SplitMix64.Derive(_options.Seed, 0))
            : null;
        int before = groups is null ? 0 : JackknifeFits.CountOf(groups);
        JackknifeFits? jackknife = groups is null
            ? null
            : JackknifeFits.Make(groups, reference, options, observations, table, CreateRuns(observations, _options.TimeLimit, 0, _options.ReplicateCount), cancellationToken);
        ReplicateRuns runs = CreateRuns(observations, groups is null ? _options.TimeLimit : _options.TimeLimit - watch.Elapsed, before, 0);
        IReadOnlyList<double[]> made = runs.Make(
            _options.ReplicateCount,
            (number, context) =>
            {
                IObservations rows = resampling.Draw(SplitMix64.Derive(_options.Seed, (ulong)number + 1), context.CancellationToken);
                return model.Read(rows, context, fitted => table.Read(fitted, ComponentMatching.Find(reference, fitted)));
            },
            null,
            cancellationToken);
        double[][] used = [.. made.Where(values => values.Length > 0)];
        int collapsed = made.Count - used.Length;
        Warn(warnings, runs, model, made.Count, collapsed);
        if (used.Length < 2)
        {
            throw TooFew(made.Count, collapsed);
        }

        double[] estimates = table.Read(reference, ComponentMatching.Identity(mixture.ComponentCount));
        ParameterUncertainty[] parameters =
        [
            .. table.Names.Select((name, i) => Summarize(name, estimates[i], [.. used.Select(values => values[i])], collapsed, jackknife?.Acceleration(i))),
        ];
        jackknife?.Warn(warnings);
        if (jackknife is not null && parameters.Count(one => one.Interval == UncertaintyInterval.Percentile) is int plain && plain > 0)
        {
            warnings.Add(FormattableString.Invariant(
                $"{Counted.Of(plain, "parameter")} {(plain == 1 ? "has a percentile interval" : "have percentile intervals")}, as Interval says: all replicates lie on one side of the estimate, or the acceleration is too large for the level, so that there is no BCa interval."));
        }

        return new UncertaintyReport
        {
            Parameters = parameters,
            ReplicateCount = made.Count,
            CollapsedCount = collapsed,
            JackknifeCount = jackknife?.Count ?? 0,
            CollapsedJackknifeCount = jackknife?.CollapsedCount ?? 0,
            Warnings = warnings,
        };
    }

    /// <summary>Runs of fits that are a part of the work: progress counts those before and after.</summary>
    private ReplicateRuns CreateRuns(IObservations observations, TimeSpan? timeLimit, int before, int after) => new(
        observations,
        _options.ThreadCount,
        timeLimit,
        _progress is null || before + after == 0
            ? _progress
            : done => _progress(new FitPoolProgress(before + done.Done, before + done.Total + after, done.Latest)));

    private Resampling CreateResampling(IObservations observations, GaussianMixture mixture) => _options.Method switch
    {
        UncertaintyMethod.WeightedLikelihood => new WeightResampling(observations),
        UncertaintyMethod.Parametric => new MixtureResampling(observations, mixture),
        _ => new RowResampling(observations),
    };

    private ParameterUncertainty Summarize(ParameterName name, double estimate, double[] values, int collapsed, double? acceleration)
    {
        // as differences from the first, so that equal numbers have a deviation of exactly 0
        double mean = values[0] + values.Average(value => value - values[0]);
        double squares = values.Sum(value => (value - mean) * (value - mean));
        Array.Sort(values);
        double tail = 0.5 * (1 - _options.ConfidenceLevel);
        double[] ends = [tail, 1 - tail];
        double[] corrected = acceleration is double a ? Array.ConvertAll(ends, end => BcaInterval.ShareBelow(end, BcaInterval.Bias(values, estimate), a)) : [];
        bool isCorrected = acceleration is not null && !Array.Exists(corrected, double.IsNaN);
        ends = isCorrected ? corrected : ends;
        return new ParameterUncertainty(name)
        {
            Estimate = estimate,
            StandardError = Math.Sqrt(squares / (values.Length - 1)),
            Lower = SampleQuantile.Of(values, ends[0]),
            Upper = SampleQuantile.Of(values, ends[1]),
            Level = _options.ConfidenceLevel,
            Method = _options.Method,
            Interval = isCorrected ? UncertaintyInterval.BCa : UncertaintyInterval.Percentile,
            ReplicateCount = values.Length,
            CollapsedCount = collapsed,
        };
    }

    private UncertaintyReport Report(ParameterTable table, double[] errors, GaussianMixture mixture, List<string> warnings)
    {
        double[] estimates = table.Read(mixture.Parameters, ComponentMatching.Identity(mixture.ComponentCount));
        return new UncertaintyReport
        {
            Parameters = [.. table.Names.Select((name, i) => NormalInterval.Create(name, estimates[i], errors[i], _options.ConfidenceLevel))],
            Warnings = warnings,
        };
    }

    private void Warn(List<string> warnings, ReplicateRuns runs, ReplicateModel model, int made, int collapsed)
    {
        if (runs.IsTimeUp)
        {
            warnings.Add(FormattableString.Invariant(
                $"The time limit ended the work after {made} of {Counted.Of(_options.ReplicateCount, "replicate")}; the standard errors are those of these."));
        }

        if (!model.IsOriginalSound)
        {
            warnings.Add("A component of the mixture itself is held at the covariance floor, or flat on a few rows, so its standard errors say little. Use fewer components or a more restricted covariance model.");
        }

        if (collapsed > 0)
        {
            warnings.Add(ReplicateRuns.DescribeCollapsed(collapsed, made)
                + (collapsed > ManyCollapsed * made ? " So many mean that the rows hardly determine this mixture: use fewer components or a more restricted covariance model." : string.Empty));
        }
    }

    private EstimationException TooFew(int made, int collapsed) => new(
        "TooFewReplicates",
        made == 0 ? "The time limit ended the work before any replicate was done, and at least 2 are needed. Allow more time." : FormattableString.Invariant(
            $"Of {Counted.Of(made, "replicate")}{(made < _options.ReplicateCount ? " within the time limit" : string.Empty)}, {made - collapsed} can be used, and at least 2 are needed. {(collapsed > 0 ? "A component collapsed or ran out of rows in the others: use fewer components or a more restricted covariance model." : "Allow more time.")}"),
        made - collapsed);
}

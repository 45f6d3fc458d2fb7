using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Estimation;
using GmmTools.Inference.Drift;
using GmmTools.Mixtures;
using GmmTools.Sampling;

namespace GmmTools.Inference.Watching;

/// <summary>
/// Watches rows one by one for a change of the distribution that a mixture describes. For each of many changes (a mean, a standard deviation or a correlation in
/// a component, the weight of a component, new mass) the likelihood ratio of a change that began at row m, summed over all m, is kept: Rₙ = (1 + Rₙ₋₁)·Λₙ
/// (Shiryaev, Theory of Probability and its Applications 8 (1963) 22-46; Roberts, Technometrics 8 (1966) 411-430). Their mean, weighted by shares that sum to 1, is an
/// e-detector: Rₙ − n is a martingale while rows are those of the baseline, so the mean number of rows to the first n with Rₙ ≥ A is at least A,
/// whatever the dimension, without simulation (Shin, Ramdas and Rinaldo, E-detectors: A nonparametric framework for sequential change detection, New England
/// Journal of Statistics in Data Science 2 (2024) 229-260; e-values: Vovk and Wang, Annals of Statistics 49 (2021) 1736-1754). How soon a change can be found at such a
/// rate: Lorden, Annals of Mathematical Statistics 42 (1971) 1897-1908; Moustakides, Annals of Statistics 14 (1986) 1379-1387.
/// </summary>
/// <remarks>Where a change began is the last zero of its CUSUM: Page, Biometrika 41 (1954) 100-115. The bound holds for independent rows of a baseline that is known; of one
/// that was estimated, ratios are divided by the largest mean that they may have. The outcome depends on nothing but the rows and their order. Serves one
/// thread.</remarks>
public sealed class MixtureWatch
{
    /// <summary>By how many standard errors a baseline may be wrong: with so many, fits of the watch benchmark keep the interval.</summary>
    private const double AllowedErrors = 2;

    private const int FewestDrawn = 1000;
    private const int MostDrawn = 10_000;
    private const int DrawnRatios = 2_000_000;

    /// <summary>Departures with less of the evidence are not told.</summary>
    private const double LeastShare = 0.1;

    private readonly WatchOptions _options;
    private readonly DepartureBank _bank;
    private readonly WatchedRow _row;
    private readonly double[] _ratios;
    private readonly double[] _shares;
    private readonly double[] _allowances;

    /// <summary>Prepares to watch.</summary>
    /// <param name="mixture">The baseline.</param>
    /// <param name="options">How.</param>
    /// <exception cref="EstimationException">The interval is not at least 2 and finite (InvalidFalseAlarmInterval).</exception>
    /// <exception cref="InvalidMixtureException">The mixture is trimmed (TrimmingNotSupported).</exception>
    public MixtureWatch(GaussianMixture mixture, WatchOptions options)
        : this(mixture, options, DepartureBank.MostPerRow)
    {
    }

    internal MixtureWatch(GaussianMixture mixture, WatchOptions options, double mostPerRow)
    {
        Mixture = mixture ?? throw new ArgumentNullException(nameof(mixture));
        _options = options ?? throw new ArgumentNullException(nameof(options));
        mixture.RefuseTrimming("Watching all rows");
        if (!(options.FalseAlarmInterval >= 2 && options.FalseAlarmInterval <= WatchState.LargestInterval))
        {
            throw new EstimationException(
                "InvalidFalseAlarmInterval",
                FormattableString.Invariant($"The mean number of rows between false alarms is {options.FalseAlarmInterval:R}. It must be from 2 to {WatchState.LargestInterval:R}, such as 100000."),
                options.FalseAlarmInterval);
        }

        _bank = new DepartureBank(mixture, mostPerRow);
        _row = new WatchedRow(mixture);
        _ratios = new double[_bank.Count];
        _shares = [.. _bank.Departures.SelectMany(departure => departure.Steps.Select(_ => departure.Share))];
        _allowances = [.. Enumerable.Repeat(1.0, _bank.Count)];
        State = new WatchState(_bank.Count);
        if (!double.IsInfinity(options.BaselineCount))
        {
            Allow();
        }
    }

    /// <summary>What makes false alarms more frequent than stated; null where there is nothing.</summary>
    public string? Warning => BaselineSize.Warn(Mixture, _options.BaselineCount, "false alarms may be more frequent than stated");

    /// <summary>The state as it is.</summary>
    public WatchStatus Status => Describe();

    internal GaussianMixture Mixture { get; }

    internal double FalseAlarmInterval => _options.FalseAlarmInterval;

    internal double BaselineCount => _options.BaselineCount;

    internal IReadOnlyList<Departure> Departures => _bank.Departures;

    /// <summary>What is kept of the rows so far; replaced by one of as many steps.</summary>
    internal WatchState State { get; set; }

    /// <summary>Takes the next row.</summary>
    /// <param name="row">d numbers in the order of the mixture's columns; NaN where a cell is missing. What is missing is no evidence of anything.</param>
    /// <returns>The status where the row raises an alarm, else null.</returns>
    public WatchStatus? Take(double[] row)
    {
        State.RowCount++;
        if (State.Statistic >= _options.FalseAlarmInterval)
        {
            if (_options.KeepsAlarm)
            {
                return null;
            }

            // kept by a run that was to keep it
            State.BeginAnew();
        }

        _row.Set(row ?? throw new ArgumentNullException(nameof(row)));
        _bank.Fill(_row, _ratios);
        State.WatchedRowCount++;
        double statistic = 0;
        foreach (Departure departure in _bank.Departures)
        {
            for (int s = 0; s < departure.Steps.Length; s++)
            {
                double ratio = _ratios[departure.First + s];
                (double weight, double value) = DepartureBank.Evidence(departure, s, ratio, _row);
                State.Add(departure.First + s, ratio / _allowances[departure.First + s], weight, value);
                statistic += departure.Share * State.Evidence[departure.First + s];
            }
        }

        State.Statistic = statistic;
        if (!(statistic >= _options.FalseAlarmInterval))
        {
            return null;
        }

        State.AlarmCount++;
        WatchStatus alarm = Describe();
        if (!_options.KeepsAlarm)
        {
            State.BeginAnew();
        }

        return alarm;
    }

    /// <summary>
    /// What a baseline does not know. Its N rows determine the mean of a ratio up to a standard error, which is no larger than that of the mean over as many rows; a ratio
    /// that is divided by its largest mean within so many of them has a mean of at most 1 under all baselines that are in question.
    /// </summary>
    private void Allow()
    {
        int rows = Math.Max(FewestDrawn, Math.Min(MostDrawn, DrawnRatios / _bank.Count));
        double[] drawn = new double[rows * Mixture.Dimension];
        new MixtureSampler(Mixture, 1).Draw(0, rows, drawn, null);
        double[] squares = new double[_bank.Count];
        double[] row = new double[Mixture.Dimension];
        for (int i = 0; i < rows; i++)
        {
            Array.Copy(drawn, i * row.Length, row, 0, row.Length);
            _row.Set(row);
            _bank.Fill(_row, _ratios);
            for (int step = 0; step < squares.Length; step++)
            {
                squares[step] += (_ratios[step] - 1) * (_ratios[step] - 1) / rows;
            }
        }

        for (int step = 0; step < squares.Length; step++)
        {
            _allowances[step] = 1 + (AllowedErrors * Math.Sqrt(squares[step] / _options.BaselineCount));
        }
    }

    private WatchStatus Describe() => new(
        State.Statistic,
        _options.FalseAlarmInterval,
        State.RowCount,
        State.WatchedRowCount,
        State.AlarmCount,
        State.Statistic >= _options.FalseAlarmInterval ? FindCauses() : []);

    private List<WatchCause> FindCauses()
    {
        List<WatchCause> causes = [];
        foreach (Departure departure in _bank.Departures)
        {
            int[] steps = [.. Enumerable.Range(departure.First, departure.Steps.Length)];
            double share = steps.Sum(step => _shares[step] * State.Evidence[step]) / State.Statistic;
            if (share >= LeastShare)
            {
                int best = steps.OrderByDescending(step => State.Evidence[step]).First();
                causes.Add(_bank.Describe(
                    departure, best - departure.First, State.Values[best] / State.Weights[best], share, State.Starts[best]));
            }
        }

        // where the evidence is spread over many, the one that has the most is told
        return causes.Count > 0 ? [.. causes.OrderByDescending(cause => cause.Share)] : [Largest()];
    }

    private WatchCause Largest()
    {
        int best = Enumerable.Range(0, _shares.Length).OrderByDescending(step => _shares[step] * State.Evidence[step]).First();
        Departure departure = _bank.Departures.Last(candidate => candidate.First <= best);
        return _bank.Describe(
            departure,
            best - departure.First,
            State.Values[best] / State.Weights[best],
            _shares[best] * State.Evidence[best] / State.Statistic,
            State.Starts[best]);
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Inference.Drift;
using GmmTools.Inference.Watching;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Sampling;
using GmmTools.Scoring;
using Xunit;

namespace GmmTools.Core.Tests.Inference;

/// <summary>Each likelihood ratio has mean 1 under the baseline, so alarms are as rare as stated; changes are found, named and dated; a state goes on to the last bit.</summary>
public sealed class MixtureWatchTests : IDisposable
{
    private static readonly GaussianMixture Line = GaussianMixture.Create([0.7, 0.3], [[0.0], [3.0]], [One(1), One(0.49)], ["x"]);
    private static readonly GaussianMixture Plane = Create(0.65, 80, 6, 0.3);

    private readonly string _folder = Directory.CreateTempSubdirectory("watch").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The integral of ratio times density over a line that is wide enough for the heaviest tail.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_mean_of_every_ratio_under_the_baseline_is_one(bool student)
    {
        GaussianMixture baseline = student
            ? GaussianMixture.Create([0.7, 0.3], [[0.0], [3.0]], [One(1), One(0.49)], ["x"], degreesOfFreedom: [5, 3])
            : Line;
        // farther out the density of normal components is no number any more
        double reach = student ? 1e8 : 30;
        double[] means = Means(baseline, double.PositiveInfinity, reach);
        DepartureBank bank = new(baseline);
        Assert.Equal([FitDeviationKind.Mean, FitDeviationKind.Spread, FitDeviationKind.Weight, FitDeviationKind.NewMass], bank.Departures.Select(of => of.Kind).Distinct());
        double deviation = Math.Sqrt((0.7 * (1 + (0.9 * 0.9))) + (0.3 * (0.49 + (2.1 * 2.1))));
        foreach ((Departure departure, int s) in bank.Departures.SelectMany(of => of.Steps.Select((_, s) => (of, s))))
        {
            double scale = s < departure.Steps.Length / 2 ? deviation : 10 * deviation;
            double within = (Math.Atan((reach - 0.9) / scale) + Math.Atan((reach + 0.9) / scale)) / Math.PI;
            double expected = departure.Kind == FitDeviationKind.NewMass ? 1 - (departure.Steps[s] * (1 - within)) : 1;
            Close.Relative(expected, means[departure.First + s], 1e-6, $"mean of a ratio of {departure.Kind} {departure.Steps[s]}");
        }

        Assert.All(Means(baseline, DepartureBank.MostPerRow, reach), mean => Assert.InRange(mean, 0.5, 1 + 1e-6));
        Close.Relative(1, bank.Departures.Sum(of => of.Share * of.Steps.Length), 1e-12, "sum of the shares");
    }

    /// <summary>The ratio of two densities that have a closed form, one of them with the parameter changed.</summary>
    [Theory]
    [InlineData("Mean", 1, 2.0)]
    [InlineData("Spread", 1, 2.0)]
    [InlineData("Correlation", -1, 0)]
    [InlineData("Weight", 1, 3.0)]
    public void A_ratio_is_that_of_the_mixture_where_one_thing_has_changed(string kind, int sign, double step)
    {
        DepartureBank bank = new(Plane, double.PositiveInfinity);
        Departure departure = bank.Departures.First(of => of.Kind.ToString() == kind && Math.Sign(kind == "Correlation" ? of.Steps[0] : 1) == sign);
        double odds = 3 * 0.65 / 0.35;
        double rho = Math.Tanh(Math.Atanh(0.3) - 0.5);
        double[,] covariance = kind == "Spread"
            ? new[,] { { 4 * 36, 4 * 0.3 * 6 * 0.4 }, { 4 * 0.3 * 6 * 0.4, (0.16 * (1 - 0.09)) + (4 * 0.3 * 0.3 * 0.16) } }
            : kind == "Correlation" ? new[,] { { 36, rho * 6 * 0.4 }, { rho * 6 * 0.4, 0.16 } } : new[,] { { 36, 0.3 * 6 * 0.4 }, { 0.3 * 6 * 0.4, 0.16 } };
        double weight = kind == "Weight" ? odds / (1 + odds) : 0.65;
        double[] mean = kind == "Mean" ? [80 + (2 * 6), 4.3 + (2 * 0.3 * 0.4)] : [80, 4.3];
        GaussianMixture changed = GaussianMixture.Create(
            [weight, 1 - weight], [mean, [54.5, 2.0]], [covariance, new[,] { { 34, 0.0 }, { 0, 0.07 } }]);
        MixtureScorer before = new(Plane);
        MixtureScorer after = new(changed);
        WatchedRow row = new(Plane);
        double[] ratios = new double[bank.Count];
        int place = departure.First + (step == 0 ? 0 : Array.IndexOf(departure.Steps, step));
        foreach (double[] values in Draw(Plane, 50, 3))
        {
            row.Set(values);
            bank.Fill(row, ratios);
            Close.Relative(Math.Exp(after.Score(values) - before.Score(values)), ratios[place], 1e-9, kind);
        }
    }

    [Fact]
    public void A_cell_that_is_missing_is_no_evidence_and_one_that_is_far_is_little()
    {
        DepartureBank bank = new(Plane);
        WatchedRow row = new(Plane);
        double[] ratios = new double[bank.Count];
        row.Set([double.NaN, double.NaN]);
        bank.Fill(row, ratios);
        Assert.All(ratios, ratio => Assert.Equal(1, ratio, 12));
        foreach (double far in new[] { 1e3, 1e9, 1e200, -1e300 })
        {
            row.Set([far, 4]);
            bank.Fill(row, ratios);
            Assert.All(ratios, ratio => Assert.InRange(ratio, 0, DepartureBank.MostPerRow));
            MixtureWatch watch = new(Plane, new WatchOptions { FalseAlarmInterval = 1000 });
            Assert.Null(watch.Take([far, 4]));
        }
    }

    /// <summary>The bound holds exactly, so that a mean of many run lengths is below it by chance alone.</summary>
    [Fact]
    public void Alarms_on_rows_of_the_baseline_are_as_rare_as_stated()
    {
        const int Runs = 200;
        const double Interval = 100;
        double[] lengths = [.. Enumerable.Range(0, Runs).Select(run => (double)RunLength(Line, Line, Interval, run))];
        double mean = lengths.Average();
        double error = Math.Sqrt(lengths.Sum(length => (length - mean) * (length - mean)) / (Runs - 1.0) / Runs);
        Assert.True(mean + (3 * error) >= Interval, $"The mean run length is {mean} ± {error}.");
        Assert.True(mean < 4 * Interval, $"The mean run length is {mean}: changes would be found later than they could be.");
    }

    /// <summary>A watch that goes on for long finds how a fit differs from the truth, unless it is told how many rows that had.</summary>
    [Fact]
    public void What_a_baseline_cannot_know_is_no_evidence()
    {
        const int Runs = 30;
        const double Interval = 3000;
        double[] lengths = new double[2];
        for (int run = 0; run < Runs; run++)
        {
            GaussianMixture fitted = new EmEstimator(new EmOptions { ComponentCount = 2 })
                .Fit(InMemoryObservations.FromMatrix(new MixtureSampler(Plane, (ulong)(5000 + run)).DrawMatrix(400)), CancellationToken.None).Mixture;
            lengths[0] += (double)RunLength(fitted, Plane, Interval, run, 400) / Runs;
            lengths[1] += (double)RunLength(fitted, Plane, Interval, run) / Runs;
        }

        Assert.True(lengths[0] >= Interval, $"The mean run length is {lengths[0]}.");
        Assert.True(lengths[1] < Interval / 2, $"Taken for the truth, fits have a mean run length of {lengths[1]}.");
    }

    [Theory]
    [InlineData("Mean", 1, "x1", 83)]
    [InlineData("Spread", 1, "x1", 10)]
    [InlineData("Correlation", 1, "x1 x2", 0.8)]
    [InlineData("Weight", 1, "", 0.5)]
    public void A_change_is_found_named_and_dated(string kind, int component, string columns, double to)
    {
        GaussianMixture changed = kind switch
        {
            "Mean" => Create(0.65, 83, 6, 0.3),
            "Spread" => Create(0.65, 80, 10, 0.3),
            "Correlation" => Create(0.65, 80, 6, 0.8),
            _ => Create(0.5, 80, 6, 0.3),
        };
        MixtureWatch watch = new(Plane, new WatchOptions { FalseAlarmInterval = 1e5 });
        Assert.All(Draw(Plane, 1000, 5), row => Assert.Null(watch.Take(row)));
        WatchStatus alarm = Draw(changed, 2000, 6).Select(row => watch.Take(row)).First(status => status is not null)!;
        Assert.True(alarm.Alarm);
        Assert.InRange(alarm.RowCount, 1003, 1600);
        Assert.InRange(alarm.ChangeRow!.Value, 900, 1100);
        WatchCause cause = alarm.Causes[0];
        Assert.Equal(kind, cause.Kind.ToString());
        Assert.Equal(columns, string.Join(" ", cause.Property));
        Assert.Equal(component, cause.Component);
        Close.Relative(to, cause.Observed, 0.25, kind);
    }

    [Fact]
    public void New_mass_is_found()
    {
        MixtureWatch watch = new(Plane, new WatchOptions { FalseAlarmInterval = 1e5 });
        double[][] rows = [.. Draw(Plane, 500, 7)];
        for (int i = 0; i < 500; i += 20)
        {
            rows[i] = [120 + i, 9];
        }

        WatchStatus alarm = rows.Select(row => watch.Take(row)).First(status => status is not null)!;
        Assert.Equal(FitDeviationKind.NewMass, alarm.Causes[0].Kind);
        Assert.Contains("% of the rows lie where the baseline has few", alarm.Difference, StringComparison.Ordinal);
        Assert.InRange(alarm.RowCount, 41, 200);
    }

    /// <summary>Wherever a run ends and the next begins, and however many there are.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(250)]
    public void What_goes_on_from_a_state_ends_with_the_same_bits(int rowsPerRun)
    {
        double[][] rows = [.. Draw(Plane, 150, 8), .. Draw(Create(0.4, 83, 9, 0.3), 150, 9)];
        string whole = Path.Combine(_folder, "whole.json");
        string parts = Path.Combine(_folder, "parts.json");
        List<string> alarms = [.. Run(whole, rows)];
        List<string> resumed = [];
        for (int first = 0; first < rows.Length; first += rowsPerRun)
        {
            resumed.AddRange(Run(parts, rows.Skip(first).Take(rowsPerRun)));
        }

        Assert.NotEmpty(alarms);
        Assert.Equal(alarms, resumed);
        Assert.Equal(File.ReadAllText(whole), File.ReadAllText(parts));
    }

    [Fact]
    public void An_alarm_is_kept_where_that_is_asked_for_and_else_watching_begins_anew()
    {
        double[][] rows = [.. Draw(Create(0.65, 90, 6, 0.3), 400, 10)];
        MixtureWatch anew = new(Plane, new WatchOptions { FalseAlarmInterval = 1000 });
        MixtureWatch kept = new(Plane, new WatchOptions { FalseAlarmInterval = 1000, KeepsAlarm = true });
        int alarms = rows.Count(row => anew.Take(row) is not null);
        Assert.Single(rows, row => kept.Take(row) is not null);
        Assert.True(alarms > 3);
        Assert.Equal(alarms, anew.Status.AlarmCount);
        Assert.True(kept.Status.Alarm);
        Assert.Equal(400, kept.Status.RowCount);
        Assert.NotEmpty(kept.Status.Causes);
        Assert.Equal(1, kept.Status.AlarmCount);
    }

    [Fact]
    public void A_state_that_cannot_be_used_is_told_with_its_reason()
    {
        string path = Path.Combine(_folder, "state.json");
        _ = Run(path, Draw(Plane, 20, 11)).ToArray();
        string text = File.ReadAllText(path);
        AssertFails("WatchStateUnreadable", path, text[..(text.Length / 2)], "it is not valid JSON");
        AssertFails("WatchStateUnreadable", path, "{}", "$.format is not 'GmmTools.MixtureWatch'");
        AssertFails("WatchStateUnreadable", path, text.Replace("\"format_version\": 1", "\"format_version\": 2", StringComparison.Ordinal), "version 1");
        AssertFails("WatchStateUnreadable", path, text.Replace("\"row_count\": 20", "\"row_count\": 2", StringComparison.Ordinal), "watched_row_count");
        AssertFails("WatchStateUnreadable", path, text.Replace("\"evidence\": [", "\"evidence\": [1, ", StringComparison.Ordinal), "$.departures[0].evidence has 5 items");
        AssertFails("WatchStateUnreadable", path, text.Replace("\"evidence\": [", "\"evidence\": [1", StringComparison.Ordinal), "statistic is not the sum");
        AssertFails("WatchStateUnreadable", path, text.Replace("\"steps\": [0.25", "\"steps\": [0.3", StringComparison.Ordinal), "$.departures[0].steps are not those");
        AssertFails("WatchStateMismatch", path, text.Replace("\"baseline\": \"#", "\"baseline\": \"#0", StringComparison.Ordinal), "its baseline has other numbers");
        AssertFails("WatchStateMismatch", path, text.Replace("[\"x1\", \"x2\"],\n  \"base", "[\"a\", \"x2\"],\n  \"base", StringComparison.Ordinal), "its columns are a, x2 and not x1, x2");
        File.WriteAllText(path, text);
        AssertFails("WatchStateMismatch", path, text.Replace("\"baseline_row_count\": null", "\"baseline_row_count\": 70", StringComparison.Ordinal), "is of 70 rows and not taken for the truth");
        File.WriteAllText(path, text);
        WatchStateException interval = Assert.Throws<WatchStateException>(() => Open(path, 5000));
        Assert.Contains("false alarms is 1000 and not 5000", interval.Message, StringComparison.Ordinal);
        using WatchStateFile first = new(path);
        Assert.Equal("WatchStateInUse", Assert.Throws<WatchStateException>(() => new WatchStateFile(path)).ErrorId);
    }

    [Fact]
    public void Whatever_is_wrong_with_a_state_is_one_kind_of_error()
    {
        string path = Path.Combine(_folder, "state.json");
        _ = Run(path, Draw(Plane, 20, 11)).ToArray();
        byte[] bytes = File.ReadAllBytes(path);
        Random random = new(1);
        int refused = 0;
        for (int i = 0; i < 500; i++)
        {
            byte[] wrong = (byte[])bytes.Clone();
            wrong[random.Next(bytes.Length)] = (byte)(i % 2 == 0 ? random.Next(256) : "0123456789-,.[]{}\"e"[random.Next(19)]);
            File.WriteAllBytes(path, wrong);
            Exception? error = Record.Exception(() => Open(path, 1000));
            Assert.True(error is null or WatchStateException, $"{i}: {error}");
            refused += error is null ? 0 : 1;
        }

        Assert.InRange(refused, 250, 500);
    }

    [Fact]
    public void Noise_and_t_are_watched_and_trimming_is_refused()
    {
        MixtureNoise noise = new(0.1, [0.0], [20.0]);
        GaussianMixture noisy = GaussianMixture.Create([0.6, 0.3], [[0.0], [3.0]], [One(1), One(0.49)], ["x"], noise);
        WatchCause cause = FirstAlarm(noisy, new MixtureSampler(GaussianMixture.Create([0.4, 0.2], [[0.0], [3.0]], [One(1), One(0.49)], ["x"], new MixtureNoise(0.4, [0.0], [20.0])), 3)).Causes[0];
        Assert.Equal("Weight 0", $"{cause.Kind} {cause.Component}");
        Assert.StartsWith("noise is ", cause.ToString(), StringComparison.Ordinal);

        GaussianMixture student = GaussianMixture.Create([1.0], [[0.0]], [One(1)], ["x"], degreesOfFreedom: [3]);
        cause = FirstAlarm(student, new MixtureSampler(GaussianMixture.Create([1.0], [[1.0]], [One(1)], ["x"], degreesOfFreedom: [3]), 4)).Causes[0];
        Assert.Equal("Mean 1", $"{cause.Kind} {cause.Component}");

        GaussianMixture trimmed = new(Line.Parameters, Line.Property, Line.CovarianceModel, new MixtureTrimming(0.05, -5));
        Assert.Equal("TrimmingNotSupported", Assert.Throws<InvalidMixtureException>(() => new MixtureWatch(trimmed, new WatchOptions())).ErrorId);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void An_interval_that_cannot_be_is_refused(double interval) => Assert.Equal(
        "InvalidFalseAlarmInterval",
        Assert.Throws<EstimationException>(() => new MixtureWatch(Line, new WatchOptions { FalseAlarmInterval = interval })).ErrorId);

    private static WatchStatus FirstAlarm(GaussianMixture baseline, MixtureSampler sampler)
    {
        MixtureWatch watch = new(baseline, new WatchOptions { FalseAlarmInterval = 10_000 });
        return Rows(sampler.DrawMatrix(2000)).Select(row => watch.Take(row)).First(status => status is not null)!;
    }

    private static double[] Means(GaussianMixture baseline, double mostPerRow, double reach)
    {
        // x = sinh(u), so that a few thousand points reach as far as the tails
        const int Steps = 20_000;
        double step = 2 * Math.Asinh(reach) / Steps;
        DepartureBank bank = new(baseline, mostPerRow);
        WatchedRow row = new(baseline);
        MixtureScorer scorer = new(baseline);
        double[] ratios = new double[bank.Count];
        double[] means = new double[bank.Count];
        for (int place = 0; place < Steps; place++)
        {
            double u = (place + 0.5 - (Steps / 2)) * step;
            double[] values = [Math.Sinh(u)];
            double density = Math.Exp(scorer.Score(values)) * Math.Cosh(u) * step;
            row.Set(values);
            bank.Fill(row, ratios);
            for (int i = 0; i < means.Length; i++)
            {
                means[i] += ratios[i] * density;
            }
        }

        return means;
    }

    private static int RunLength(GaussianMixture baseline, GaussianMixture truth, double interval, int run, double count = double.PositiveInfinity)
    {
        MixtureWatch watch = new(baseline, new WatchOptions { FalseAlarmInterval = interval, BaselineCount = count });
        MixtureSampler sampler = new(truth, (ulong)(100 + run));
        double[] row = new double[truth.Dimension];
        for (int i = 0; ; i++)
        {
            sampler.Draw(i, 1, row, null);

            // longer than any mean that is looked for
            if (watch.Take(row) is not null || i > 5 * interval)
            {
                return i + 1;
            }
        }
    }

    private static MixtureWatch Open(string path, double interval)
    {
        MixtureWatch watch = new(Plane, new WatchOptions { FalseAlarmInterval = interval });
        using WatchStateFile file = new(path);
        file.Load(watch);
        return watch;
    }

    private static IEnumerable<string> Run(string path, IEnumerable<double[]> rows)
    {
        MixtureWatch watch = Open(path, 1000);
        foreach (double[] row in rows)
        {
            if (watch.Take(row) is WatchStatus alarm)
            {
                yield return alarm.ToString();
            }
        }

        using WatchStateFile file = new(path);
        file.Save(watch);
    }

    private static void AssertFails(string errorId, string path, string text, string part)
    {
        File.WriteAllText(path, text);
        WatchStateException error = Assert.Throws<WatchStateException>(() => Open(path, 1000));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<double[]> Draw(GaussianMixture mixture, int count, ulong seed) => Rows(new MixtureSampler(mixture, seed).DrawMatrix(count));

    private static IEnumerable<double[]> Rows(double[,] matrix) => Enumerable.Range(0, matrix.GetLength(0))
        .Select(i => Enumerable.Range(0, matrix.GetLength(1)).Select(j => matrix[i, j]).ToArray());

    private static double[,] One(double variance) => new[,] { { variance } };

    private static GaussianMixture Create(double weight, double mean, double deviation, double correlation)
    {
        double covariance = correlation * deviation * 0.4;
        return GaussianMixture.Create(
            [weight, 1 - weight],
            [[mean, 4.3], [54.5, 2.0]],
            [new[,] { { deviation * deviation, covariance }, { covariance, 0.16 } }, new[,] { { 34, 0.0 }, { 0, 0.07 } }]);
    }
}

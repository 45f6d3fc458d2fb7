using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Inference.Drift;
using GmmTools.Mixtures;

namespace GmmTools.Inference.Watching;

/// <summary>
/// The departures from a baseline that are watched for, and the likelihood ratio of a row under each: the density where that one thing has changed, divided by
/// that of the baseline. Its mean over rows of the baseline is 1. In a component whose mean, spread or correlation has changed the other columns follow by
/// their regression on those that have; so the ratio needs these columns alone, and gaps in others do not matter. A column that is missing says nothing.
/// </summary>
/// <remarks>Steps are: of a mean, standard deviations; of a spread, its factor; of a correlation, the difference on Fisher's scale artanh ρ; of a weight,
/// the factor of its odds; of new mass, its share, on each scale.</remarks>
internal sealed class DepartureBank
{
    /// <summary>So many columns at most have their correlations watched: of more there would be thousands.</summary>
    public const int MostCorrelatedColumns = 8;

    /// <summary>One row counts at most so many times: a cell that is wrong is no change. It lowers means of ratios and so never raises the rate of false alarms.</summary>
    public const double MostPerRow = 100;

    private static readonly double[] MeanSteps = [0.25, 0.5, 1, 2];
    private static readonly double[] SpreadSteps = [1.25, 2];
    private static readonly double[] OddsSteps = [1.5, 3];
    private static readonly double[] MassSteps = [0.01, 0.1];
    private const double CorrelationStep = 0.5;

    private readonly GaussianMixture _mixture;
    private readonly Departure[] _departures;
    private readonly double _mostPerRow;

    /// <param name="mixture">The baseline.</param>
    /// <param name="mostPerRow">The most that one row counts.</param>
    public DepartureBank(GaussianMixture mixture, double mostPerRow = MostPerRow)
    {
        _mixture = mixture;
        _mostPerRow = mostPerRow;
        _departures = [.. List()];
        foreach (IGrouping<FitDeviationKind, Departure> kind in _departures.GroupBy(departure => departure.Kind))
        {
            // every kind has the same share, every departure of a kind, and every step of it
            double each = 1.0 / _departures.Select(departure => departure.Kind).Distinct().Count() / kind.Count();
            foreach (Departure departure in kind)
            {
                departure.Share = each / departure.Steps.Length;
            }
        }

        foreach (Departure departure in _departures)
        {
            departure.First = Count;
            Count += departure.Steps.Length;
        }
    }

    /// <summary>The departures.</summary>
    public IReadOnlyList<Departure> Departures => _departures;

    /// <summary>Number of steps of all departures.</summary>
    public int Count { get; }

    /// <summary>The likelihood ratios of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="ratios">Overwritten: one for each step.</param>
    public void Fill(WatchedRow row, double[] ratios)
    {
        foreach (Departure departure in _departures)
        {
            for (int s = 0; s < departure.Steps.Length; s++)
            {
                double ratio = Ratio(departure, s, row);
                ratios[departure.First + s] = double.IsNaN(ratio) ? 1 : Math.Min(ratio, _mostPerRow);
            }
        }
    }

    /// <summary>What of a row tells how far a departure goes: how much the row counts, and with what value.</summary>
    public static (double Weight, double Value) Evidence(Departure departure, int step, double ratio, WatchedRow row)
    {
        switch (departure.Kind)
        {
            case FitDeviationKind.NewMass:
                // the probability that the row is of the new mass
                return (1, 1 - ((1 - departure.Steps[step]) / Math.Max(1 - departure.Steps[step], ratio)));
            case FitDeviationKind.Weight:
                return (1, row.Share(departure.Component));
            default:
                double z = row.Standardized(departure.Component, departure.Columns[0]);
                double other = departure.Kind == FitDeviationKind.Mean ? 1
                    : departure.Kind == FitDeviationKind.Spread ? z : row.Standardized(departure.Component, departure.Columns[1]);
                return double.IsNaN(z * other) ? (0, 0) : (row.Share(departure.Component), z * other);
        }
    }

    /// <summary>A departure as a cause.</summary>
    /// <param name="departure">The departure.</param>
    /// <param name="step">The step that has the most evidence.</param>
    /// <param name="value">The mean value of the rows since it began.</param>
    /// <param name="share">Its share of the evidence.</param>
    /// <param name="changeRow">The row with which it began.</param>
    public WatchCause Describe(Departure departure, int step, double value, double share, long changeRow)
    {
        (double expected, double observed) = departure.Kind switch
        {
            FitDeviationKind.Mean => (Of(departure).Mean[departure.Columns[0]],
                Of(departure).Mean[departure.Columns[0]] + (Of(departure).StandardDeviation[departure.Columns[0]] * value)),
            FitDeviationKind.Spread => (Of(departure).StandardDeviation[departure.Columns[0]],
                Of(departure).StandardDeviation[departure.Columns[0]] * (_mixture.Tail == Tail.Normal ? Math.Sqrt(Math.Max(0, value)) : departure.Steps[step])),
            FitDeviationKind.Correlation => (departure.Before,
                _mixture.Tail == Tail.Normal ? Math.Max(-1, Math.Min(1, value)) : departure.After),
            FitDeviationKind.Weight => (WeightOf(departure.Component), value),
            _ => (0, value),
        };
        return new WatchCause(
            departure.Kind, departure.Component + 1, [.. departure.Columns.Select(j => _mixture.Property[j])], expected, observed, share, changeRow);
    }

    private GaussianComponent Of(Departure departure) => _mixture.Components[departure.Component];

    private double WeightOf(int component) => component < 0 ? _mixture.Noise!.Weight : _mixture.Components[component].Weight;

    private IEnumerable<Departure> List()
    {
        for (int k = 0; k < _mixture.ComponentCount; k++)
        {
            for (int j = 0; j < _mixture.Dimension; j++)
            {
                yield return new Departure(FitDeviationKind.Mean, k, [j], MeanSteps);
                yield return new Departure(FitDeviationKind.Mean, k, [j], [.. MeanSteps.Select(step => -step)]);
                yield return new Departure(FitDeviationKind.Spread, k, [j], SpreadSteps);
                yield return new Departure(FitDeviationKind.Spread, k, [j], [.. SpreadSteps.Select(step => 1 / step)]);
            }

            foreach (Departure correlation in ListCorrelations(k))
            {
                yield return correlation;
            }
        }

        int first = _mixture.Noise is null ? 0 : -1;
        int[] shares = [.. Enumerable.Range(first, _mixture.ComponentCount - first).Where(k => WeightOf(k) is > 0 and < 1)];

        // of two shares one is what the other leaves
        foreach (int k in shares.Take(shares.Length == 2 ? 1 : shares.Length))
        {
            yield return new Departure(FitDeviationKind.Weight, k, [], OddsSteps);
            yield return new Departure(FitDeviationKind.Weight, k, [], [.. OddsSteps.Select(step => 1 / step)]);
        }

        yield return new Departure(FitDeviationKind.NewMass, -1, [], [.. Enumerable.Range(0, WatchedRow.ScaleCount).SelectMany(_ => MassSteps)]);
    }

    private IEnumerable<Departure> ListCorrelations(int component)
    {
        GaussianComponent of = _mixture.Components[component];
        int columns = _mixture.Dimension <= MostCorrelatedColumns ? _mixture.Dimension : 0;
        foreach ((int i, int j) in from j in Enumerable.Range(0, columns) from i in Enumerable.Range(0, j) select (i, j))
        {
            double before = of.Covariance[i, j] / (of.StandardDeviation[i] * of.StandardDeviation[j]);
            foreach (double step in new[] { CorrelationStep, -CorrelationStep })
            {
                double after = Math.Tanh((0.5 * Math.Log((1 + before) / (1 - before))) + step);
                if (before * before < 1 && after * after < 1)
                {
                    yield return new Departure(FitDeviationKind.Correlation, component, [i, j], step) { Before = before, After = after };
                }
            }
        }
    }

    private double Ratio(Departure departure, int step, WatchedRow row)
    {
        double size = departure.Steps[step];
        switch (departure.Kind)
        {
            case FitDeviationKind.NewMass:
                return 1 - size + (size * row.BroadRatio(step / MassSteps.Length));
            case FitDeviationKind.Weight:
                double weight = WeightOf(departure.Component);
                double share = row.Share(departure.Component);
                return ((size * share) + (1 - share)) / ((size * weight) + (1 - weight));
            default:
                double logShare = row.LogShare(departure.Component);
                return double.IsNegativeInfinity(logShare) ? 1 : 1 - row.Share(departure.Component) + Math.Exp(logShare + LogTilt(departure, size, row));
        }
    }

    /// <summary>The logarithm of the density of a component that has changed, divided by that of the component.</summary>
    private double LogTilt(Departure departure, double size, WatchedRow row)
    {
        double? degrees = Of(departure).DegreesOfFreedom;
        double z = row.Standardized(departure.Component, departure.Columns[0]);
        switch (departure.Kind)
        {
            case FitDeviationKind.Mean:
                return LogTail((z - size) * (z - size), 1, degrees) - LogTail(z * z, 1, degrees);
            case FitDeviationKind.Spread:
                return LogTail(z * z / (size * size), 1, degrees) - LogTail(z * z, 1, degrees) - Math.Log(size);
            default:
                double other = row.Standardized(departure.Component, departure.Columns[1]);
                return LogTail(Distance(z, other, departure.After), 2, degrees) - LogTail(Distance(z, other, departure.Before), 2, degrees)
                    - (0.5 * Math.Log((1 - (departure.After * departure.After)) / (1 - (departure.Before * departure.Before))));
        }
    }

    private static double Distance(double a, double b, double correlation) =>
        ((a * a) - (2 * correlation * a * b) + (b * b)) / (1 - (correlation * correlation));

    /// <summary>The logarithm of a density of so many columns at a squared distance, but for what does not depend on it.</summary>
    private static double LogTail(double distance, int columns, double? degreesOfFreedom) =>
        degreesOfFreedom is double degrees ? -0.5 * (degrees + columns) * Math.Log(1 + (distance / degrees)) : -0.5 * distance;
}

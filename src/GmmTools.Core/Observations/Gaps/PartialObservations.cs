using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;
using GmmTools.Observations.Chunks;

namespace GmmTools.Observations.Gaps;

/// <summary>
/// Rows in memory of which cells are missing, grouped by which these are. Every row has at least one number. The E-step is exact: EM
/// ends at the maximum of the likelihood of what was observed, which is what should be done when a cell's being missing does not
/// depend on its own value (Rubin, Inference and missing data, Biometrika 63 (1976) 581-592).
/// </summary>
public sealed class PartialObservations : IObservations
{
    /// <summary>Expectation of −log density per column in units of its standard deviation: ½·(log 2π + 1).</summary>
    private const double ExpectedSurprise = 1.4189385332046727;

    private readonly PatternRows[] _patterns;

    /// <summary>The order in which the rows came: so many of this pattern, then so many of that one.</summary>
    private readonly IReadOnlyList<(int Pattern, int Count)> _order;

    internal PartialObservations(
        IReadOnlyList<string> property, IReadOnlyList<PatternRows> patterns, IReadOnlyList<(int Pattern, int Count)> order)
    {
        Property = property;
        _order = order;
        _patterns = [.. patterns];
        Count = patterns.Sum(rows => rows.Rows.Count);
        TotalWeight = patterns.Sum(rows => rows.Rows.TotalWeight);
        Minimum = Extreme(rows => rows.Minimum, double.PositiveInfinity, Math.Min);
        Maximum = Extreme(rows => rows.Maximum, double.NegativeInfinity, Math.Max);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Property { get; }

    /// <inheritdoc/>
    public long Count { get; }

    /// <inheritdoc/>
    public double TotalWeight { get; }

    /// <summary>Smallest value of each column; +∞ where a column has none.</summary>
    public IReadOnlyList<double> Minimum { get; }

    /// <summary>Largest value of each column; −∞ where a column has none.</summary>
    public IReadOnlyList<double> Maximum { get; }

    /// <summary>Number of different missingness patterns.</summary>
    public int PatternCount => _patterns.Length;

    /// <inheritdoc/>
    public bool HasGaps => true;

    /// <inheritdoc/>
    public bool CanEnumerate => true;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, string>> Describe(CancellationToken cancellationToken) =>
        RowDescription.Of(this, EnumerateWeighted(), EnumerateNumbers().Where(_ => IsLabelled).Select(LabelOf), cancellationToken);

    /// <inheritdoc/>
    public IExpectationStep PrepareExpectation(int componentCount, CovarianceShape shape, int threadCount) =>
        new PartialExpectationStep(_patterns, componentCount, Property.Count, shape, threadCount);

    /// <summary>
    /// Rows to find a start from, their gaps filled with cells of other rows that are near. They are not the rows themselves, so
    /// that what is found among them is a start and not a fit, even when they are as many. They stay in the order in which they came,
    /// which is that of what goes with them, such as labels to start from.
    /// </summary>
    /// <inheritdoc/>
    public InMemoryObservations Sample(int maximumCount, ulong seed, CancellationToken cancellationToken)
    {
        SplitMix64 random = new(seed);
        RowSampler sampler = new(Count, TotalWeight, maximumCount, IsWeighted, random);
        HotDeck deck = new(Property.Count);
        List<int> labels = [];
        foreach ((int pattern, long number) in EnumerateNumbers())
        {
            double weight = sampler.Take(_patterns[pattern].Rows.WeightOf(number));
            if (weight > 0)
            {
                double[] row = new double[Property.Count];
                CopyRow(pattern, number, new double[_patterns[pattern].Pattern.Observed.Length], row);
                deck.Add(row, weight);
                labels.Add(LabelOf((pattern, number)));
            }
        }

        InMemoryObservations sample = deck.Build(Property, IsWeighted, Midpoints(), random, cancellationToken);
        return IsLabelled ? (InMemoryObservations)sample.Label(labels) : sample;
    }

    /// <summary>
    /// The rows that a mixture finds least probable, their gaps filled with what it expects there. Densities of different columns
    /// are made comparable by counting in standard deviations, and a missing cell as one of average density.
    /// </summary>
    /// <inheritdoc/>
    public IReadOnlyList<ImprobableRow> FindLeastProbable(MixtureParameters mixture, int count, int threadCount, CancellationToken cancellationToken)
    {
        double[] surprises = ExpectedSurprises(mixture);
        PartialLeastProbableScan.Piece[] pieces = Cut();
        LeastProbableRows smallest = LeastProbableRows.Search(
            pieces.Length, count, threadCount, () => new PartialLeastProbableScan(pieces, mixture, surprises, cancellationToken));
        return [.. smallest.Rows.Select(found => new ImprobableRow(Impute(mixture, found.Row), found.LogDensity))];
    }

    private bool IsWeighted => _patterns[0].Rows.IsWeighted;

    private bool IsLabelled => _patterns[0].Rows.Chunks[0].Labels is not null;

    /// <inheritdoc/>
    public IEnumerable<(double[] Row, double Weight)> EnumerateWeighted()
    {
        double[][] observed = [.. _patterns.Select(rows => new double[rows.Pattern.Observed.Length])];
        double[] row = new double[Property.Count];
        foreach ((int pattern, long number) in EnumerateNumbers())
        {
            CopyRow(pattern, number, observed[pattern], row);
            yield return (row, _patterns[pattern].Rows.WeightOf(number));
        }
    }

    /// <summary>The rows that count in the order in which they came, each as a pattern and a number among the rows of that.</summary>
    private IEnumerable<(int Pattern, long Number)> EnumerateNumbers()
    {
        long[] next = new long[_patterns.Length];
        foreach ((int pattern, int count) in _order)
        {
            for (int i = 0; i < count; i++)
            {
                long number = next[pattern]++;
                if (_patterns[pattern].Rows.WeightOf(number) > 0)
                {
                    yield return (pattern, number);
                }
            }
        }
    }

    private void CopyRow(int pattern, long number, double[] observed, double[] row)
    {
        _patterns[pattern].Rows.CopyRow(number, observed);
        _patterns[pattern].Pattern.Scatter(observed, row);
    }

    private int LabelOf((int Pattern, long Number) row) => _patterns[row.Pattern].Rows.LabelOf(row.Number);

    private PartialLeastProbableScan.Piece[] Cut()
    {
        List<PartialLeastProbableScan.Piece> pieces = [];
        long first = 0;
        foreach (PatternRows rows in _patterns)
        {
            foreach (RowChunk chunk in rows.Rows.Chunks)
            {
                pieces.Add(new PartialLeastProbableScan.Piece(rows.Pattern, chunk, first));
                first += chunk.Count;
            }
        }

        return [.. pieces];
    }

    /// <inheritdoc/>
    public IObservations Reweight(IReadOnlyList<double> weights)
    {
        RowWeights given = new(weights, Count);
        double[][][] dealt = Deal(0.0, given.Next);
        return new PartialObservations(
            Property, [.. _patterns.Select((rows, p) => new PatternRows(rows.Pattern, rows.Rows.WithWeights(dealt[p])))], _order);
    }

    /// <inheritdoc/>
    public IObservations Label(IReadOnlyList<int> labels)
    {
        RowLabels given = new(labels, Count);
        int[][][] dealt = Deal(RowLabels.Unknown, given.Next);
        return new PartialObservations(
            Property, [.. _patterns.Select((rows, p) => new PatternRows(rows.Pattern, rows.Rows.WithLabels(dealt[p])))], _order);
    }

    /// <inheritdoc/>
    public TrimmedObservations Trim(double fraction) => throw TrimmedObservations.NotSupported(
        "Rows with missing values", "densities of different columns do not compare, so nothing says which rows are the least probable", "TrimWholeRows");

    /// <summary>Something for each row, dealt in the order in which the rows came.</summary>
    /// <param name="otherwise">What rows get that do not count.</param>
    /// <param name="next">What the next row gets.</param>
    /// <returns>For each pattern and chunk one per row.</returns>
    private T[][][] Deal<T>(T otherwise, Func<T> next)
    {
        T[][][] dealt = [.. _patterns.Select(rows => rows.Rows.Chunks.Select(chunk => Enumerable.Repeat(otherwise, chunk.Count).ToArray()).ToArray())];
        foreach ((int pattern, long number) in EnumerateNumbers())
        {
            int rowsPerChunk = _patterns[pattern].Rows.Chunks[0].Count;
            dealt[pattern][number / rowsPerChunk][number % rowsPerChunk] = next();
        }

        return dealt;
    }

    private static ConditionalMixture View(MixtureParameters mixture, MissingPattern pattern)
    {
        ConditionalMixture view = new(mixture.ComponentCount, mixture.Dimension, pattern.Observed.Length, mixture.Shape);
        view.Condition(mixture, pattern);
        return view;
    }

    /// <summary>A row, whole.</summary>
    /// <param name="mixture">What is expected where the row has gaps.</param>
    /// <param name="number">Number of the row in the order of the patterns, from 0.</param>
    private double[] Impute(MixtureParameters mixture, long number)
    {
        int p = 0;
        for (; number >= _patterns[p].Rows.StoredCount; p++)
        {
            number -= _patterns[p].Rows.StoredCount;
        }

        double[] observed = new double[_patterns[p].Pattern.Observed.Length];
        _patterns[p].Rows.CopyRow(number, observed);
        ConditionalMixture view = View(mixture, _patterns[p].Pattern);
        SingleRowScorer scorer = view.Observed.Terms.Link.CreateRowScorer(view.Observed.Terms);
        scorer.Score(observed);
        double[] row = new double[Property.Count];
        view.Impute(observed, scorer.Responsibilities, row);
        return row;
    }

    /// <summary>For each column log σ + ½·(log 2π + 1), σ being the mixture's standard deviation as a whole.</summary>
    private static double[] ExpectedSurprises(MixtureParameters mixture)
    {
        double[] surprises = new double[mixture.Dimension];
        for (int j = 0; j < surprises.Length; j++)
        {
            double mean = 0;
            for (int k = 0; k < mixture.ComponentCount; k++)
            {
                mean += mixture.Weights[k] * mixture.Means[(k * mixture.Dimension) + j];
            }

            double variance = 0;
            for (int k = 0; k < mixture.ComponentCount; k++)
            {
                double distance = mixture.Means[(k * mixture.Dimension) + j] - mean;
                variance += mixture.Weights[k] * (mixture.Covariance(k, j, j) + (distance * distance));
            }

            surprises[j] = (0.5 * Math.Log(variance)) + ExpectedSurprise;
        }

        return surprises;
    }

    private double[] Midpoints()
    {
        double[] midpoints = new double[Property.Count];
        for (int j = 0; j < midpoints.Length; j++)
        {
            midpoints[j] = Minimum[j] + ((0.5 * Maximum[j]) - (0.5 * Minimum[j]));
        }

        return midpoints;
    }

    private double[] Extreme(
        Func<InMemoryObservations, IReadOnlyList<double>> select, double start, Func<double, double, double> choose)
    {
        double[] extremes = [.. Enumerable.Repeat(start, Property.Count)];
        foreach (PatternRows rows in _patterns)
        {
            IReadOnlyList<double> values = select(rows.Rows);
            for (int i = 0; i < values.Count; i++)
            {
                int column = rows.Pattern.Observed[i];
                extremes[column] = choose(extremes[column], values[i]);
            }
        }

        return extremes;
    }
}

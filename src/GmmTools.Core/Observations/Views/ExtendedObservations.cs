using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Observations.Views;

/// <summary>
/// Rows, and earlier ones of which only the statistics are left. EM over both is the incremental EM of Neal and Hinton (in Learning in
/// Graphical Models, 1998, 355-368): the responsibilities of the earlier rows stay what they were, and what never falls is the
/// log-likelihood of the rows at hand plus the bound on that of the earlier ones which those responsibilities give.
/// </summary>
internal sealed class ExtendedObservations : IObservations
{
    private readonly SufficientStatistics _past;
    private readonly long _pastCount;
    private readonly double _hiddenEntropy;

    /// <param name="rows">The rows at hand.</param>
    /// <param name="past">Statistics of the earlier ones; their entropy is that of their responsibilities.</param>
    /// <param name="pastCount">How many these were.</param>
    /// <param name="mixture">The mixture that the statistics are of.</param>
    /// <param name="hasLogLikelihood">Whether the statistics hold the log-likelihood of the earlier rows; those that a mixture implies do not.</param>
    public ExtendedObservations(
        IObservations rows, SufficientStatistics past, long pastCount, MixtureParameters mixture, bool hasLogLikelihood = true)
    {
        Rows = rows;
        _past = past;
        _pastCount = pastCount;
        _hiddenEntropy = hasLogLikelihood ? ExtendedExpectationStep.HiddenEntropy(mixture, past) : 0;
        Minimum = Extreme(rows.Minimum, Math.Min, -1);
        Maximum = Extreme(rows.Maximum, Math.Max, 1);
    }

    /// <summary>The rows at hand.</summary>
    public IObservations Rows { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Property => Rows.Property;

    /// <inheritdoc/>
    public long Count => Rows.Count + _pastCount;

    /// <inheritdoc/>
    public double TotalWeight => Rows.TotalWeight + _past.TotalWeight;

    /// <inheritdoc/>
    public IReadOnlyList<double> Minimum { get; }

    /// <inheritdoc/>
    public IReadOnlyList<double> Maximum { get; }

    /// <inheritdoc/>
    public bool HasGaps => Rows.HasGaps;

    /// <summary>Always false: of the earlier rows only sums are left.</summary>
    public bool CanEnumerate => false;

    /// <inheritdoc/>
    public IEnumerable<(double[] Row, double Weight)> EnumerateWeighted() => throw NotEnumerable();

    /// <inheritdoc/>
    public IObservations Reweight(IReadOnlyList<double> weights) => throw NotEnumerable();

    /// <inheritdoc/>
    public IObservations Label(IReadOnlyList<int> labels) => throw NotEnumerable();

    /// <inheritdoc/>
    public TrimmedObservations Trim(double fraction) => throw TrimmedObservations.NotSupported("Statistics of earlier rows");

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, string>> Describe(CancellationToken cancellationToken)
    {
        NumberHash hash = default;
        foreach (double number in _past.Weights.Concat(_past.Centres).Concat(_past.FirstMoments).Concat(_past.Scatters)
            .Concat(_past.MomentWeights).Concat(_past.LogMomentWeights))
        {
            hash.Add(number);
        }

        return
        [
            .. Rows.Describe(cancellationToken),
            new("the number of earlier rows", _pastCount.ToString(CultureInfo.InvariantCulture)),
            new("the statistics of the earlier rows", hash.ToString()),
        ];
    }

    /// <inheritdoc/>
    public IExpectationStep PrepareExpectation(int componentCount, CovarianceShape shape, int threadCount) =>
        new ExtendedExpectationStep(Rows.PrepareExpectation(componentCount, shape, threadCount), _past.ToShape(shape), _hiddenEntropy);

    /// <inheritdoc/>
    public InMemoryObservations Sample(int maximumCount, ulong seed, CancellationToken cancellationToken) =>
        Rows.Sample(maximumCount, seed, cancellationToken);

    /// <summary>The least probable of the rows at hand; the earlier ones are gone.</summary>
    /// <inheritdoc/>
    public IReadOnlyList<ImprobableRow> FindLeastProbable(MixtureParameters mixture, int count, int threadCount, CancellationToken cancellationToken) =>
        Rows.FindLeastProbable(mixture, count, threadCount, cancellationToken);

    private static InvalidObservationException NotEnumerable() => new(
        "RowsNotEnumerable", "Only the statistics of the earlier rows are left, so the rows cannot be visited one by one. Read all rows again.");

    /// <summary>The statistics of one component that has all earlier rows.</summary>
    private SufficientStatistics Together()
    {
        int dimension = Property.Count;
        SufficientStatistics moved = _past.Unweighed().Clone();
        moved.MoveTo([.. Enumerable.Range(0, _past.Centres.Length).Select(i => _past.Centres[i % dimension])]);
        SufficientStatistics together = new(1, dimension, _past.Shape);
        Array.Copy(moved.Centres, together.Centres, dimension);
        together.TotalWeight = moved.TotalWeight;
        for (int k = 0; k < moved.ComponentCount; k++)
        {
            together.Weights[0] += moved.Weights[k];
            for (int i = 0; i < dimension; i++)
            {
                together.FirstMoments[i] += moved.FirstMoments[(k * dimension) + i];
            }

            for (int i = 0; i < moved.ScatterLength; i++)
            {
                together.Scatters[i] += moved.Scatters[(k * moved.ScatterLength) + i];
            }
        }

        return together;
    }

    /// <summary>A range that has the earlier rows in it, of which only mean and variance are known: a yardstick and no more.</summary>
    private double[] Extreme(IReadOnlyList<double> values, Func<double, double, double> choose, int side)
    {
        SufficientStatistics together = Together().ToShape(CovarianceShape.Diagonal);
        double[] extreme = new double[values.Count];
        for (int j = 0; j < extreme.Length; j++)
        {
            double shift = together.FirstMoments[j] / together.TotalWeight;
            double variance = Math.Max(0, (together.Scatters[j] / together.TotalWeight) - (shift * shift));
            extreme[j] = choose(values[j], together.Centres[j] + shift + (side * Math.Sqrt(variance)));
        }

        return extreme;
    }
}

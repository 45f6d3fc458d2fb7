using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Observations.Views;

/// <summary>
/// The same rows with each column divided by a scale. No row is copied: the E-step runs over the rows as they are, under the mixture
/// mapped to their units, and its statistics are mapped back. Log-likelihoods are those of the rows in their own units.
/// </summary>
internal sealed class ScaledObservations : IObservations
{
    private readonly ColumnScales _scales;

    /// <param name="inner">The rows.</param>
    /// <param name="scales">What the columns are divided by.</param>
    public ScaledObservations(IObservations inner, ColumnScales scales)
    {
        Inner = inner;
        _scales = scales;
        Minimum = [.. inner.Minimum.Select((value, j) => value / scales[j])];
        Maximum = [.. inner.Maximum.Select((value, j) => value / scales[j])];
    }

    private IObservations Inner { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Property => Inner.Property;

    /// <inheritdoc/>
    public long Count => Inner.Count;

    /// <inheritdoc/>
    public double TotalWeight => Inner.TotalWeight;

    /// <inheritdoc/>
    public IReadOnlyList<double> Minimum { get; }

    /// <inheritdoc/>
    public IReadOnlyList<double> Maximum { get; }

    /// <inheritdoc/>
    public bool HasGaps => Inner.HasGaps;

    /// <inheritdoc/>
    public bool CanEnumerate => Inner.CanEnumerate;

    /// <inheritdoc/>
    public IEnumerable<(double[] Row, double Weight)> EnumerateWeighted()
    {
        double[] scaled = new double[Property.Count];
        foreach ((double[] row, double weight) in Inner.EnumerateWeighted())
        {
            for (int j = 0; j < scaled.Length; j++)
            {
                scaled[j] = row[j] / _scales[j];
            }

            yield return (scaled, weight);
        }
    }

    /// <inheritdoc/>
    public IObservations Reweight(IReadOnlyList<double> weights) => new ScaledObservations(Inner.Reweight(weights), _scales);

    /// <inheritdoc/>
    public IObservations Label(IReadOnlyList<int> labels) => new ScaledObservations(Inner.Label(labels), _scales);

    /// <inheritdoc/>
    public TrimmedObservations Trim(double fraction) => throw TrimmedObservations.NotSupported("Rows in other units");

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, string>> Describe(CancellationToken cancellationToken) => Inner.Describe(cancellationToken);

    /// <inheritdoc/>
    public IExpectationStep PrepareExpectation(int componentCount, CovarianceShape shape, int threadCount) =>
        new ScaledExpectationStep(Inner.PrepareExpectation(componentCount, shape, threadCount), _scales, componentCount, shape);

    /// <inheritdoc/>
    public InMemoryObservations Sample(int maximumCount, ulong seed, CancellationToken cancellationToken) =>
        _scales.Divided(Inner.Sample(maximumCount, seed, cancellationToken));

    /// <inheritdoc/>
    public IReadOnlyList<ImprobableRow> FindLeastProbable(MixtureParameters mixture, int count, int threadCount, CancellationToken cancellationToken)
    {
        MixtureParameters original = mixture.Clone();
        _scales.Multiply(mixture, original);
        return
        [
            .. Inner.FindLeastProbable(original, count, threadCount, cancellationToken)
                .Select(found => new ImprobableRow(Divided(found.Values), found.LogDensity)),
        ];
    }

    private double[] Divided(double[] row) => [.. row.Select((value, j) => value / _scales[j])];
}

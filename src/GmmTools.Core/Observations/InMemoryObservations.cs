using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Observations;

/// <summary>Rows held in memory, 8 bytes per cell.</summary>
public sealed class InMemoryObservations : IObservations
{
    private readonly RowChunk[] _chunks;
    private readonly double _logVolume;

    /// <param name="property">Names of the columns.</param>
    /// <param name="chunks">The rows; all chunks but the last of one size.</param>
    /// <param name="logVolume">Where columns were divided by scales, the sum of the logarithms of these: log-likelihoods are stated
    /// in the original units.</param>
    internal InMemoryObservations(IReadOnlyList<string> property, RowChunk[] chunks, double logVolume = 0)
    {
        Property = property;
        _chunks = chunks;
        _logVolume = logVolume;
        Count = chunks.Sum(chunk => (long)chunk.Count);
        TotalWeight = chunks.Sum(chunk => chunk.Weights?.Sum() ?? chunk.Count);
        double[] minimum = new double[property.Count];
        double[] maximum = new double[property.Count];
        for (int j = 0; j < property.Count; j++)
        {
            (minimum[j], maximum[j]) = Range(j);
        }

        Minimum = minimum;
        Maximum = maximum;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Property { get; }

    /// <inheritdoc/>
    public long Count { get; }

    /// <inheritdoc/>
    public double TotalWeight { get; }

    /// <inheritdoc/>
    public IReadOnlyList<double> Minimum { get; }

    /// <inheritdoc/>
    public IReadOnlyList<double> Maximum { get; }

    /// <summary>Whether rows carry weights.</summary>
    internal bool IsWeighted => _chunks[0].Weights is not null;

    /// <summary>The rows in order, in chunks.</summary>
    public IReadOnlyList<RowChunk> Chunks => _chunks;

    /// <summary>A table of the given rows.</summary>
    /// <param name="rows">n × d numbers.</param>
    /// <param name="property">Names of the columns, or null for x1..xd.</param>
    /// <returns>The table.</returns>
    /// <exception cref="InvalidObservationException">There are no rows, or a number is not finite.</exception>
    public static InMemoryObservations FromMatrix(double[,] rows, IReadOnlyList<string>? property = null)
    {
        int dimension = rows.GetLength(1);
        ObservationsBuilder builder = new(property ?? MixtureValidation.DefaultNames(dimension));
        double[] row = new double[dimension];
        for (int i = 0; i < rows.GetLength(0); i++)
        {
            for (int j = 0; j < dimension; j++)
            {
                row[j] = rows[i, j];
            }

            builder.Add(row);
        }

        return builder.Build();
    }

    /// <summary>Copies one row.</summary>
    /// <param name="index">Number of the row, from 0.</param>
    /// <param name="target">d numbers, overwritten.</param>
    public void CopyRow(long index, double[] target)
    {
        RowChunk chunk = Locate(index, out int i);
        for (int j = 0; j < target.Length; j++)
        {
            target[j] = chunk.Values[(j * chunk.Count) + i];
        }
    }

    /// <summary>The rows in order.</summary>
    /// <returns>d numbers at a time, overwritten by the next row.</returns>
    public IEnumerable<double[]> EnumerateRows()
    {
        double[] row = new double[Property.Count];
        for (long i = 0; i < Count; i++)
        {
            CopyRow(i, row);
            yield return row;
        }
    }

    /// <summary>The weight of one row.</summary>
    /// <param name="index">Number of the row, from 0.</param>
    /// <returns>The weight; 1 when rows carry none.</returns>
    public double WeightOf(long index)
    {
        RowChunk chunk = Locate(index, out int i);
        return chunk.Weights?[i] ?? 1;
    }

    /// <inheritdoc/>
    public IExpectationStep PrepareExpectation(int componentCount, CovarianceShape shape, int threadCount) =>
        new InMemoryExpectationStep(_chunks, componentCount, Property.Count, shape, threadCount, _logVolume);

    /// <inheritdoc/>
    public InMemoryObservations Sample(int maximumCount, ulong seed, CancellationToken cancellationToken)
    {
        if (Count <= maximumCount)
        {
            return this;
        }

        ObservationsBuilder builder = new(Property, IsWeighted);
        RowSampler sampler = new(Count, TotalWeight, maximumCount, IsWeighted, new SplitMix64(seed));
        double[] row = new double[Property.Count];
        for (long i = 0; i < Count && !sampler.IsDone; i++)
        {
            double weight = sampler.Take(WeightOf(i));
            if (weight > 0)
            {
                CopyRow(i, row);
                builder.Add(row, weight);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        return builder.Build();
    }

    /// <inheritdoc/>
    public double[] FindLeastProbable(MixtureParameters mixture, int rank, CancellationToken cancellationToken)
    {
        LeastProbableRows smallest = new(rank);
        RowScorer scorer = new(mixture);
        double[] row = new double[Property.Count];
        for (long i = 0; i < Count; i++)
        {
            if (i % 4096 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            CopyRow(i, row);
            smallest.Offer(scorer.Score(row), i);
        }

        CopyRow(smallest.Row, row);
        return row;
    }

    private RowChunk Locate(long index, out int offset)
    {
        // all chunks but the last are of one size
        int chunk = (int)(index / _chunks[0].Count);
        offset = (int)(index - ((long)chunk * _chunks[0].Count));
        return _chunks[chunk];
    }

    private (double Minimum, double Maximum) Range(int column)
    {
        double minimum = double.PositiveInfinity;
        double maximum = double.NegativeInfinity;
        foreach (RowChunk chunk in _chunks)
        {
            int end = (column + 1) * chunk.Count;
            for (int i = column * chunk.Count; i < end; i++)
            {
                double value = chunk.Values[i];
                minimum = value < minimum ? value : minimum;
                maximum = value > maximum ? value : maximum;
            }
        }

        return (minimum, maximum);
    }
}

using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations.Chunks;

namespace GmmTools.Observations;

/// <summary>Rows held in memory, 8 bytes per cell.</summary>
public sealed class InMemoryObservations : ChunkedObservations
{
    private readonly RowChunk[] _chunks;
    private readonly double _logVolume;

    /// <param name="property">Names of the columns.</param>
    /// <param name="chunks">The rows; all chunks but the last of one size.</param>
    /// <param name="logVolume">Where columns were divided by scales, the sum of the logarithms of these: log-likelihoods are stated
    /// in the original units.</param>
    internal InMemoryObservations(IReadOnlyList<string> property, RowChunk[] chunks, double logVolume = 0)
        : base(property, new ChunkArray(chunks), RowTotals.Of(chunks, property.Count), logVolume)
    {
        _chunks = chunks;
        _logVolume = logVolume;
    }

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

    /// <summary>Number of rows, those that a view leaves out by a weight of 0 included: rows are numbered over these.</summary>
    internal long StoredCount => _chunks.Sum(chunk => (long)chunk.Count);

    /// <inheritdoc/>
    public override IObservations Reweight(IReadOnlyList<double> weights)
    {
        RowWeights given = new(weights, Count);
        return WithWeights([.. _chunks.Select(given.Of)]);
    }

    /// <inheritdoc/>
    public override IObservations Label(IReadOnlyList<int> labels)
    {
        RowLabels given = new(labels, Count);
        return WithLabels([.. _chunks.Select(given.Of)]);
    }

    /// <summary>The same rows with other labels.</summary>
    /// <param name="labels">For each chunk one per row.</param>
    internal InMemoryObservations WithLabels(int[][] labels) =>
        new(Property, [.. _chunks.Select((chunk, c) => chunk.WithLabels(labels[c]))], _logVolume);

    /// <summary>The same rows with other weights.</summary>
    /// <param name="weights">For each chunk one per row.</param>
    internal InMemoryObservations WithWeights(double[][] weights) =>
        new(Property, [.. _chunks.Select((chunk, c) => chunk.WithWeights(weights[c]))], _logVolume);

    /// <summary>The rows that count, numbered anew, where they are so few that copying them costs less than passing by the others in each E-step; else
    /// all.</summary>
    internal InMemoryObservations WithoutLeftOut() =>
        _chunks.Length > 1 || Count == StoredCount ? this : new(Property, [_chunks[0].WithoutLeftOut()], _logVolume);

    /// <summary>Copies one row.</summary>
    /// <param name="index">Number of the row, from 0.</param>
    /// <param name="target">d numbers, overwritten.</param>
    public void CopyRow(long index, double[] target)
    {
        RowChunk chunk = Locate(index, out int i);
        chunk.CopyRow(i, target);
    }

    /// <summary>The weight of one row.</summary>
    /// <param name="index">Number of the row, from 0.</param>
    /// <returns>The weight; 1 when rows carry none.</returns>
    public double WeightOf(long index)
    {
        RowChunk chunk = Locate(index, out int i);
        return chunk.Weights?[i] ?? 1;
    }

    /// <summary>What is known of the component of one row; −1 where nothing is.</summary>
    /// <param name="index">Number of the row, from 0.</param>
    internal int LabelOf(long index)
    {
        RowChunk chunk = Locate(index, out int i);
        return chunk.Labels?[i] ?? RowLabels.Unknown;
    }

    /// <inheritdoc/>
    public override InMemoryObservations Sample(int maximumCount, ulong seed, CancellationToken cancellationToken) =>
        Count <= maximumCount && Count == StoredCount ? this : base.Sample(maximumCount, seed, cancellationToken);

    private RowChunk Locate(long index, out int offset)
    {
        // all chunks but the last are of one size
        int chunk = (int)(index / _chunks[0].Count);
        offset = (int)(index - ((long)chunk * _chunks[0].Count));
        return _chunks[chunk];
    }
}

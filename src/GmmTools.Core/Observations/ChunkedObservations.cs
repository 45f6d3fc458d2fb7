using System.Collections.Generic;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Observations;

/// <summary>Complete rows in chunks, wherever these are: all that follows from the rows is the same to the last bit.</summary>
public abstract class ChunkedObservations : IObservations
{
    private readonly IChunkSource _chunks;
    private readonly double _logVolume;

    private protected ChunkedObservations(IReadOnlyList<string> property, IChunkSource chunks, RowTotals totals, double logVolume)
    {
        Property = property;
        _chunks = chunks;
        _logVolume = logVolume;
        Count = totals.Count;
        TotalWeight = totals.TotalWeight;
        Minimum = totals.Minimum;
        Maximum = totals.Maximum;
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
    internal bool IsWeighted => _chunks.IsWeighted;

    /// <inheritdoc/>
    public IExpectationStep PrepareExpectation(int componentCount, CovarianceShape shape, int threadCount) =>
        new ChunkedExpectationStep(_chunks, componentCount, Property.Count, shape, threadCount, _logVolume);

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, string>> Describe(CancellationToken cancellationToken) =>
        RowDescription.Of(this, EnumerateWeighted(), cancellationToken);

    /// <summary>The rows in order.</summary>
    /// <returns>d numbers at a time, overwritten by the next row.</returns>
    public IEnumerable<double[]> EnumerateRows()
    {
        foreach ((double[] row, double _) in EnumerateWeighted())
        {
            yield return row;
        }
    }

    /// <summary>The rows and their weights in order.</summary>
    /// <returns>d numbers at a time, overwritten by the next row, and how often the row counts.</returns>
    public IEnumerable<(double[] Row, double Weight)> EnumerateWeighted()
    {
        double[] row = new double[Property.Count];
        using IChunkReader reader = _chunks.Open();
        for (int c = 0; c < _chunks.ChunkCount; c++)
        {
            RowChunk chunk = reader.Read(c);
            for (int i = 0; i < chunk.Count; i++)
            {
                chunk.CopyRow(i, row);
                yield return (row, chunk.Weights?[i] ?? 1);
            }
        }
    }

    /// <inheritdoc/>
    public virtual InMemoryObservations Sample(int maximumCount, ulong seed, CancellationToken cancellationToken)
    {
        ObservationsBuilder builder = new(Property, IsWeighted);
        RowSampler sampler = new(Count, TotalWeight, maximumCount, IsWeighted, new SplitMix64(seed));
        double[] row = new double[Property.Count];
        using IChunkReader reader = _chunks.Open();
        for (int c = 0; c < _chunks.ChunkCount && !sampler.IsDone; c++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RowChunk chunk = reader.Read(c);
            for (int i = 0; i < chunk.Count && !sampler.IsDone; i++)
            {
                double weight = sampler.Take(chunk.Weights?[i] ?? 1);
                if (weight > 0)
                {
                    chunk.CopyRow(i, row);
                    builder.Add(row, weight);
                }
            }
        }

        return builder.Build();
    }

    /// <inheritdoc/>
    public double[] FindLeastProbable(MixtureParameters mixture, int rank, CancellationToken cancellationToken)
    {
        LeastProbableRows smallest = new(rank);
        RowScorer<NormalLink> scorer = new(mixture.Terms);
        double[] row = new double[Property.Count];
        using IChunkReader reader = _chunks.Open();
        int rowsPerChunk = reader.Read(0).Count;
        for (int c = 0; c < _chunks.ChunkCount; c++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RowChunk chunk = reader.Read(c);
            for (int i = 0; i < chunk.Count; i++)
            {
                chunk.CopyRow(i, row);
                smallest.Offer(scorer.Score(row), ((long)c * rowsPerChunk) + i);
            }
        }

        reader.Read((int)(smallest.Row / rowsPerChunk)).CopyRow((int)(smallest.Row % rowsPerChunk), row);
        return row;
    }
}

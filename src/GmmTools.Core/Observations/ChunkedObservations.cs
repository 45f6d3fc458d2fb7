using System.Collections.Generic;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations.Chunks;

namespace GmmTools.Observations;

/// <summary>Complete rows in chunks, wherever these are: all that follows from the rows is the same to the last bit.</summary>
public abstract class ChunkedObservations : IObservations
{
    private readonly IChunkSource _chunks;
    private readonly RowTotals _totals;
    private readonly double _logVolume;

    private protected ChunkedObservations(IReadOnlyList<string> property, IChunkSource chunks, RowTotals totals, double logVolume)
    {
        Property = property;
        _chunks = chunks;
        _logVolume = logVolume;
        _totals = totals;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Property { get; }

    /// <inheritdoc/>
    public long Count => _totals.Count;

    /// <inheritdoc/>
    public double TotalWeight => _totals.TotalWeight;

    /// <inheritdoc/>
    public IReadOnlyList<double> Minimum => _totals.Minimum;

    /// <inheritdoc/>
    public IReadOnlyList<double> Maximum => _totals.Maximum;

    /// <inheritdoc/>
    public bool HasGaps => false;

    /// <inheritdoc/>
    public bool CanEnumerate => true;

    /// <summary>Whether rows carry weights.</summary>
    internal bool IsWeighted => _chunks.IsWeighted;

    /// <inheritdoc/>
    public virtual IExpectationStep PrepareExpectation(int componentCount, CovarianceShape shape, int threadCount) =>
        new ChunkedExpectationStep(_chunks, componentCount, Property.Count, shape, threadCount, _logVolume);

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, string>> Describe(CancellationToken cancellationToken) =>
        RowDescription.Of(this, EnumerateWeighted(), EnumerateLabels(), cancellationToken);

    /// <summary>The rows in order.</summary>
    /// <returns>d numbers at a time, overwritten by the next row.</returns>
    public IEnumerable<double[]> EnumerateRows()
    {
        foreach ((double[] row, double _) in EnumerateWeighted())
        {
            yield return row;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<(double[] Row, double Weight)> EnumerateWeighted()
    {
        double[] row = new double[Property.Count];
        using IChunkReader reader = _chunks.Open();
        for (int c = 0; c < _chunks.ChunkCount; c++)
        {
            RowChunk chunk = reader.Read(c);
            for (int i = 0; i < chunk.Count; i++)
            {
                if (chunk.Counts(i))
                {
                    chunk.CopyRow(i, row);
                    yield return (row, chunk.Weights?[i] ?? 1);
                }
            }
        }
    }

    /// <inheritdoc/>
    public virtual IObservations Reweight(IReadOnlyList<double> weights)
    {
        RowWeights given = new(weights, Count);
        double[][] dealt = new double[_chunks.ChunkCount][];
        RowTotals totals = new(Property.Count);
        using IChunkReader reader = _chunks.Open();
        for (int c = 0; c < dealt.Length; c++)
        {
            RowChunk chunk = reader.Read(c);
            dealt[c] = given.Of(chunk);
            totals.Add(chunk.WithWeights(dealt[c]));
        }

        return new ReweightedObservations(Property, new ReweightedChunks(_chunks, dealt), totals, _logVolume);
    }

    /// <inheritdoc/>
    public virtual IObservations Label(IReadOnlyList<int> labels)
    {
        RowLabels given = new(labels, Count);
        int[][] dealt = new int[_chunks.ChunkCount][];
        RowTotals totals = new(Property.Count);
        using IChunkReader reader = _chunks.Open();
        for (int c = 0; c < dealt.Length; c++)
        {
            RowChunk chunk = reader.Read(c);
            dealt[c] = given.Of(chunk);
            totals.Add(chunk);
        }

        return new LabelledObservations(Property, new LabelledChunks(_chunks, dealt), totals, _logVolume);
    }

    /// <inheritdoc/>
    public TrimmedObservations Trim(double fraction) => TrimmedObservations.Create(Property, _chunks, fraction, _logVolume);

    /// <summary>What is known of the rows' components, in the order in which rows are enumerated; nothing where none is.</summary>
    internal IEnumerable<int> EnumerateLabels()
    {
        using IChunkReader reader = _chunks.Open();
        for (int c = 0; c < _chunks.ChunkCount && reader.Read(c) is { Labels: not null } chunk; c++)
        {
            for (int i = 0; i < chunk.Count; i++)
            {
                if (chunk.Counts(i))
                {
                    yield return chunk.Labels[i];
                }
            }
        }
    }

    /// <inheritdoc/>
    public virtual InMemoryObservations Sample(int maximumCount, ulong seed, CancellationToken cancellationToken)
    {
        RowKeeper sample = new([.. Property], IsWeighted);
        List<int> labels = [];
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
                    sample.Add(row, weight);
                    if (chunk.Labels is not null)
                    {
                        labels.Add(chunk.Labels[i]);
                    }
                }
            }
        }

        InMemoryObservations rows = sample.Build();
        return labels.Count > 0 ? (InMemoryObservations)rows.Label(labels) : rows;
    }

    /// <inheritdoc/>
    public IReadOnlyList<ImprobableRow> FindLeastProbable(MixtureParameters mixture, int count, int threadCount, CancellationToken cancellationToken)
    {
        using IChunkReader reader = _chunks.Open();
        int rowsPerChunk = reader.Read(0).Count;
        LeastProbableRows smallest = LeastProbableRows.Search(
            _chunks.ChunkCount,
            count,
            threadCount,
            () => new ChunkedLeastProbableScan(_chunks.Open(), mixture, rowsPerChunk, cancellationToken));
        List<ImprobableRow> found = [];
        foreach ((double logDensity, long number) in smallest.Rows)
        {
            double[] row = new double[Property.Count];
            reader.Read((int)(number / rowsPerChunk)).CopyRow((int)(number % rowsPerChunk), row);
            found.Add(new ImprobableRow(row, logDensity - _logVolume));
        }

        return found;
    }
}

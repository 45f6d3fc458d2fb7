using System;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;
using GmmTools.Observations.Chunks;

namespace GmmTools.Observations;

/// <summary>
/// The E-step over chunks of rows, in memory or in a file. The chunks are dealt to items of work by their number alone, each item has statistics of
/// its own, and these are added in a fixed tree: the result is the same to the last bit for any number of threads.
/// </summary>
internal sealed class ChunkedExpectationStep : IExpectationStep
{
    /// <summary>Numbers to be summed from which on threads share the sum.</summary>
    private const int SharedSumLength = 1 << 16;
    private const int SlicesOfSharedSum = 16;

    private readonly int _chunkCount;
    private readonly int _rowsPerChunk;
    private readonly SufficientStatistics[] _partials;
    private readonly ExpectationKernel?[] _kernels;
    private readonly IChunkReader[] _readers;
    private readonly WorkerTeam _team;
    private readonly Action<int, int> _computeItem;
    private readonly Action<int, int> _addSlice;
    private readonly int _sliceCount;
    private readonly double _logVolume;
    private LinkKind? _link;
    private MixtureParameters? _mixture;
    private CancellationToken _cancellationToken;

    public ChunkedExpectationStep(
        IChunkSource chunks, int componentCount, int dimension, CovarianceShape shape, int threadCount, double logVolume)
    {
        _chunkCount = chunks.ChunkCount;
        _rowsPerChunk = chunks.RowsPerChunk;
        _logVolume = logVolume;
        SufficientStatistics first = new(componentCount, dimension, shape);
        _partials = new SufficientStatistics[ChunkLayout.ItemCount(_chunkCount, first.Length)];
        for (int item = 0; item < _partials.Length; item++)
        {
            _partials[item] = item == 0 ? first : new SufficientStatistics(componentCount, dimension, shape);
        }

        _team = new WorkerTeam(Math.Min(threadCount, _partials.Length));
        _kernels = new ExpectationKernel[_team.ThreadCount];
        _readers = new IChunkReader[_team.ThreadCount];
        for (int thread = 0; thread < _kernels.Length; thread++)
        {
            _readers[thread] = chunks.Open();
        }

        _sliceCount = first.Length * _partials.Length > SharedSumLength ? SlicesOfSharedSum : 1;
        _computeItem = ComputeItem;
        _addSlice = AddSlice;
    }

    public void Compute(MixtureParameters mixture, SufficientStatistics statistics, CancellationToken cancellationToken)
    {
        Suit(mixture.Terms.Link, statistics.Further | mixture.Terms.Link.FurtherSums);
        _mixture = mixture;
        _cancellationToken = cancellationToken;
        _team.Run(_partials.Length, _computeItem);
        _team.Run(_sliceCount, _addSlice);
        statistics.Clear(mixture.Means);
        statistics.Add(_partials[0]);
        statistics.LogLikelihood -= statistics.TotalWeight * _logVolume;
    }

    public void Dispose()
    {
        _team.Dispose();
        Array.ForEach(_readers, reader => reader.Dispose());
        Array.ForEach(_kernels, kernel => kernel?.Dispose());
    }

    /// <summary>Makes room for the sums that are asked for or that kernels of the link make, and kernels of the link: once, as both stay the same from one E-step to the next.</summary>
    private void Suit(LinkKind link, FurtherSums further)
    {
        SufficientStatistics size = _partials[0];
        for (int item = 0; size.Further != further && item < _partials.Length; item++)
        {
            _partials[item] = new SufficientStatistics(size.ComponentCount, size.Dimension, size.Shape, further);
        }

        for (int thread = 0; _link != link && thread < _kernels.Length; thread++)
        {
            _kernels[thread]?.Dispose();
            _kernels[thread] = link.CreateKernel(size.ComponentCount, size.Dimension, size.Shape, _rowsPerChunk);
        }

        _link = link;
    }

    private void ComputeItem(int thread, int item)
    {
        SufficientStatistics partial = _partials[item];
        partial.Clear(_mixture!.Means);
        int first = (int)((long)_chunkCount * item / _partials.Length);
        int end = (int)((long)_chunkCount * (item + 1) / _partials.Length);
        for (int chunk = first; chunk < end; chunk++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            _kernels[thread]!.Accumulate(_readers[thread].Read(chunk), _mixture!.Terms, partial);
        }
    }

    /// <summary>Adds one slice of all partial statistics in a fixed tree; where they are large, threads share the slices.</summary>
    private void AddSlice(int thread, int slice)
    {
        for (int stride = 1; stride < _partials.Length; stride *= 2)
        {
            for (int item = 0; item + stride < _partials.Length; item += 2 * stride)
            {
                _partials[item].Add(_partials[item + stride], slice, _sliceCount);
            }
        }
    }
}

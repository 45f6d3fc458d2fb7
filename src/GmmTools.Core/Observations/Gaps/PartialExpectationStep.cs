using System;
using System.Collections.Generic;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations.Chunks;

namespace GmmTools.Observations.Gaps;

/// <summary>
/// The E-step over rows with gaps: the kernels for complete rows, run over the observed columns of each missingness pattern, and
/// what is missing completed by its conditional moments (<see cref="ConditionalMixture"/>). The chunks of all patterns are dealt
/// to items of work by their size alone, and the items' statistics are added in a fixed tree: the result is the same to the last
/// bit for any number of threads.
/// </summary>
internal sealed class PartialExpectationStep : IExpectationStep
{
    /// <summary>Kernels fill up the rows of a chunk to this many.</summary>
    private const int RowGranularity = 32;

    private readonly Piece[] _pieces;
    private readonly int[] _firstPieces;
    private readonly SufficientStatistics[] _partials;
    private readonly PartialWorkspace?[][] _workspaces;
    private readonly WorkerTeam _team;
    private readonly Action<int, int> _computeItem;
    private MixtureParameters? _mixture;
    private CancellationToken _cancellationToken;

    public PartialExpectationStep(
        IReadOnlyList<PatternRows> patterns, int componentCount, int dimension, CovarianceShape shape, int threadCount)
    {
        _pieces = Cut(patterns);
        SufficientStatistics first = new(componentCount, dimension, shape);
        _partials = new SufficientStatistics[ChunkLayout.ItemCount(_pieces.Length, first.Length)];
        for (int item = 0; item < _partials.Length; item++)
        {
            _partials[item] = item == 0 ? first : new SufficientStatistics(componentCount, dimension, shape);
        }

        _firstPieces = Deal(_pieces, _partials.Length, componentCount, dimension);
        _team = new WorkerTeam(Math.Min(threadCount, _partials.Length));
        _workspaces = new PartialWorkspace?[_team.ThreadCount][];
        for (int thread = 0; thread < _workspaces.Length; thread++)
        {
            _workspaces[thread] = new PartialWorkspace?[dimension + 1];
        }

        _computeItem = ComputeItem;
    }

    public void Compute(MixtureParameters mixture, SufficientStatistics statistics, CancellationToken cancellationToken)
    {
        Suit(statistics);
        _mixture = mixture;
        _cancellationToken = cancellationToken;
        _team.Run(_partials.Length, _computeItem);
        for (int stride = 1; stride < _partials.Length; stride *= 2)
        {
            for (int item = 0; item + stride < _partials.Length; item += 2 * stride)
            {
                _partials[item].Add(_partials[item + stride]);
            }
        }

        statistics.Clear(mixture.Means);
        statistics.Add(_partials[0]);
    }

    public void Dispose() => _team.Dispose();

    private static Piece[] Cut(IReadOnlyList<PatternRows> patterns)
    {
        List<Piece> pieces = [];
        foreach (PatternRows rows in patterns)
        {
            foreach (RowChunk chunk in rows.Rows.Chunks)
            {
                pieces.Add(new Piece(rows.Pattern, chunk));
            }
        }

        return [.. pieces];
    }

    /// <summary>Cuts the pieces into runs that cost about the same; returns where each run begins, and the end.</summary>
    private static int[] Deal(Piece[] pieces, int itemCount, int componentCount, int dimension)
    {
        double total = 0;
        double[] costs = new double[pieces.Length];
        for (int i = 0; i < pieces.Length; i++)
        {
            total += costs[i] = Cost(pieces[i], dimension) * componentCount;
        }

        int[] first = new int[itemCount + 1];
        double sum = 0;
        int item = 1;
        for (int i = 0; i < pieces.Length; i++)
        {
            sum += costs[i];
            while (item < itemCount && sum >= total * item / itemCount)
            {
                first[item++] = i + 1;
            }
        }

        first[itemCount] = pieces.Length;
        return first;
    }

    /// <summary>Multiplications, roughly: those of the rows, and those of the linear algebra of a pattern.</summary>
    private static double Cost(Piece piece, int dimension)
    {
        int observed = piece.Pattern.Observed.Length;
        double rows = (piece.Chunk.Count + RowGranularity - 1) / RowGranularity * (double)RowGranularity;
        return (rows * (observed + 4) * (observed + 4) / 8) + (2.0 * dimension * dimension * dimension);
    }

    /// <summary>Makes room for the sums that are asked for: once, as they stay the same from one E-step to the next.</summary>
    private void Suit(SufficientStatistics statistics)
    {
        if (_partials[0].Further == statistics.Further)
        {
            return;
        }

        for (int item = 0; item < _partials.Length; item++)
        {
            _partials[item] = new SufficientStatistics(statistics.ComponentCount, statistics.Dimension, statistics.Shape, statistics.Further);
        }

        Array.ForEach(_workspaces, ofThread => Array.Clear(ofThread, 0, ofThread.Length));
    }

    private void ComputeItem(int thread, int item)
    {
        SufficientStatistics partial = _partials[item];
        partial.Clear(_mixture!.Means);
        PartialWorkspace? open = null;
        MissingPattern? pattern = null;
        for (int i = _firstPieces[item]; i < _firstPieces[item + 1]; i++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            Piece piece = _pieces[i];
            if (piece.Pattern != pattern)
            {
                open?.End(partial);
                pattern = piece.Pattern;
                open = _workspaces[thread][pattern.Observed.Length] ??= new PartialWorkspace(_mixture, pattern.Observed.Length, partial.Further);
                open.Begin(_mixture, pattern);
            }

            open!.Accumulate(piece.Chunk, partial);
        }

        open?.End(partial);
    }

    private readonly struct Piece(MissingPattern pattern, RowChunk chunk)
    {
        public MissingPattern Pattern { get; } = pattern;

        public RowChunk Chunk { get; } = chunk;
    }
}

using System;
using System.Collections.Generic;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;
using GmmTools.Observations.Chunks;

namespace GmmTools.Observations.Gaps;

/// <summary>
/// The E-step over rows with gaps: the kernels for complete rows, run over the observed columns of each missingness pattern, and
/// what is missing completed by its conditional moments (<see cref="ConditionalMixture"/>); rows of patterns that few share go one by one
/// (<see cref="GapRowKernel"/>). The chunks of all patterns are dealt
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
    private readonly GapRowKernel?[] _rowKernels;
    private readonly PrecisionTerms? _precisions;
    private MixtureParameters? _mixture;
    private LinkKind? _link;
    private CancellationToken _cancellationToken;

    public PartialExpectationStep(
        IReadOnlyList<PatternRows> patterns, int componentCount, int dimension, CovarianceShape shape, int threadCount)
    {
        _pieces = Cut(patterns, shape);
        SufficientStatistics first = new(componentCount, dimension, shape);
        _partials = new SufficientStatistics[ChunkLayout.ItemCount(_pieces.Length, first.Length)];
        for (int item = 0; item < _partials.Length; item++)
        {
            _partials[item] = item == 0 ? first : new SufficientStatistics(componentCount, dimension, shape);
        }

        _firstPieces = Deal(_pieces, _partials.Length);
        _team = new WorkerTeam(Math.Min(threadCount, _partials.Length));
        _workspaces = new PartialWorkspace?[_team.ThreadCount][];
        for (int thread = 0; thread < _workspaces.Length; thread++)
        {
            _workspaces[thread] = new PartialWorkspace?[dimension + 1];
        }

        _rowKernels = new GapRowKernel?[_team.ThreadCount];
        _precisions = Array.Exists(_pieces, piece => piece.GoesByRow) ? new PrecisionTerms(componentCount, dimension) : null;
        _computeItem = ComputeItem;
    }

    public void Compute(MixtureParameters mixture, SufficientStatistics statistics, CancellationToken cancellationToken)
    {
        Suit(mixture.Terms.Link, statistics, statistics.Further | mixture.Terms.Link.FurtherSums);
        _mixture = mixture;
        _precisions?.Take(mixture);
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

    public void Dispose()
    {
        _team.Dispose();
        Array.ForEach(_workspaces, sizes => Array.ForEach(sizes, workspace => workspace?.Dispose()));
    }

    private static Piece[] Cut(IReadOnlyList<PatternRows> patterns, CovarianceShape shape)
    {
        List<Piece> pieces = [];
        foreach (PatternRows rows in patterns)
        {
            bool byRow = shape == CovarianceShape.Full && rows.Rows.Chunks[0].Labels is null && IsCheaperByRow(rows);
            foreach (RowChunk chunk in rows.Rows.Chunks)
            {
                pieces.Add(new Piece(rows.Pattern, chunk, byRow));
            }
        }

        return [.. pieces];
    }

    /// <summary>Cuts the pieces into runs that cost about the same; returns where each run begins, and the end.</summary>
    private static int[] Deal(Piece[] pieces, int itemCount)
    {
        double total = 0;
        double[] costs = new double[pieces.Length];
        for (int i = 0; i < pieces.Length; i++)
        {
            total += costs[i] = Cost(pieces[i]);
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

    private static bool IsCheaperByRow(PatternRows rows) => !rows.Pattern.IsComplete
        && CostByRow(rows.Rows.Count, rows.Pattern) < CostOfPattern(rows.Pattern) + CostInPattern(rows.Rows.Count, rows.Pattern);

    private static double Cost(Piece piece) => piece.GoesByRow
        ? CostByRow(piece.Chunk.Count, piece.Pattern)
        : CostOfPattern(piece.Pattern) + CostInPattern(piece.Chunk.Count, piece.Pattern);

    /// <summary>Nanoseconds for each component, as measured where vectors are of 512 bits: what matters is which is less.</summary>
    private static double CostByRow(double count, MissingPattern pattern) => count * (45 + (0.3 * pattern.Dimension * pattern.Dimension));

    private static double CostOfPattern(MissingPattern pattern) =>
        pattern.IsComplete ? 0 : pattern.Dimension * pattern.Dimension * (6 + (0.65 * pattern.Dimension));

    /// <summary>Kernels fill rows up to whole groups.</summary>
    private static double CostInPattern(double count, MissingPattern pattern) =>
        Math.Ceiling(count / RowGranularity) * RowGranularity * 0.03 * (pattern.Observed.Length + 4) * (pattern.Observed.Length + 4);

    /// <summary>Makes room for the sums that are asked for or that the link makes, and for kernels of the link: once, as both stay the same from one E-step
    /// to the next.</summary>
    private void Suit(LinkKind link, SufficientStatistics statistics, FurtherSums further)
    {
        if (_partials[0].Further == further && _link == link)
        {
            return;
        }

        _link = link;
        for (int item = 0; item < _partials.Length; item++)
        {
            _partials[item] = new SufficientStatistics(statistics.ComponentCount, statistics.Dimension, statistics.Shape, further);
        }

        Array.ForEach(_workspaces, ofThread => Array.Clear(ofThread, 0, ofThread.Length));
    }

    private void ComputeItem(int thread, int item)
    {
        SufficientStatistics partial = _partials[item];
        partial.Clear(_mixture!.Means);
        PartialWorkspace? open = null;
        MissingPattern? pattern = null;
        GapRowKernel? byRow = OpenRowKernel(thread);
        for (int i = _firstPieces[item]; i < _firstPieces[item + 1]; i++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            Piece piece = _pieces[i];
            if (piece.GoesByRow && byRow is not null)
            {
                byRow.Accumulate(piece.Pattern, piece.Chunk, partial);
                continue;
            }

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
        byRow?.End(partial);
    }

    /// <summary>What takes rows one by one; null where their pattern has to, since digits would be lost, or more than components is there.</summary>
    private GapRowKernel? OpenRowKernel(int thread)
    {
        if (_precisions?.IsExact != true || _mixture!.Terms.HasBackground || !GapRowKernel.Serves(_mixture.Terms.Link))
        {
            return null;
        }

        GapRowKernel kernel = _rowKernels[thread] ??= new GapRowKernel(_mixture.ComponentCount, _mixture.Dimension);
        kernel.Begin(_precisions);
        return kernel;
    }

    private readonly struct Piece(MissingPattern pattern, RowChunk chunk, bool goesByRow)
    {
        /// <summary>Whether the pattern has too few rows to be worth a mixture of its own.</summary>
        public bool GoesByRow { get; } = goesByRow;

        public MissingPattern Pattern { get; } = pattern;

        public RowChunk Chunk { get; } = chunk;
    }
}

using System.Linq;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;
using GmmTools.Observations.Chunks;

namespace GmmTools.Observations.Gaps;

/// <summary>Offers rows with gaps, those of one pattern after the other, scored by the kernels under the marginal mixture of what they have.</summary>
internal sealed class PartialLeastProbableScan(
    PartialLeastProbableScan.Piece[] pieces, MixtureParameters mixture, double[] surprises, CancellationToken cancellationToken) : ILeastProbableScan
{
    private readonly KernelScorer _kernels = new(mixture.Dimension);
    private readonly RowScores _scores = new(pieces.Max(piece => piece.Chunk.Count), mixture.ComponentCount, false);
    private MissingPattern? _pattern;
    private MixtureParameters? _observed;
    private double _missingSurprise;

    public void Offer(int piece, LeastProbableRows smallest)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RowChunk chunk = pieces[piece].Chunk;
        if (pieces[piece].Pattern != _pattern)
        {
            Begin(pieces[piece].Pattern);
        }

        _kernels.Score(chunk, _observed!.Terms, _scores);
        for (int i = 0; i < chunk.Count; i++)
        {
            if (chunk.Counts(i))
            {
                smallest.Offer(_scores.LogDensities[i] - _missingSurprise, pieces[piece].FirstRow + i);
            }
        }
    }

    public void Dispose()
    {
        // the rows are in memory
    }

    private void Begin(MissingPattern pattern)
    {
        ConditionalMixture view = new(mixture.ComponentCount, mixture.Dimension, pattern.Observed.Length, mixture.Shape);
        view.Condition(mixture, pattern);
        _observed = view.Observed;
        _pattern = pattern;
        _missingSurprise = 0;
        foreach (int j in pattern.Missing)
        {
            _missingSurprise += surprises[j];
        }
    }

    /// <summary>A chunk of the rows of one pattern.</summary>
    internal readonly struct Piece(MissingPattern pattern, RowChunk chunk, long firstRow)
    {
        public MissingPattern Pattern { get; } = pattern;

        public RowChunk Chunk { get; } = chunk;

        /// <summary>Number of its first row in the order of the patterns, from 0.</summary>
        public long FirstRow { get; } = firstRow;
    }
}

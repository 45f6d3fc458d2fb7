using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;

namespace GmmTools.Observations.Chunks;

/// <summary>Offers the rows of chunks, scored by the kernels.</summary>
internal sealed class ChunkedLeastProbableScan(IChunkReader reader, MixtureParameters mixture, int rowsPerChunk, CancellationToken cancellationToken)
    : ILeastProbableScan
{
    private readonly KernelScorer _kernels = new(mixture.Dimension);
    private readonly RowScores _scores = new(rowsPerChunk, mixture.ComponentCount, false);

    public void Offer(int piece, LeastProbableRows smallest)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RowChunk chunk = reader.Read(piece);
        _kernels.Score(chunk, mixture.Terms, _scores);
        for (int i = 0; i < chunk.Count; i++)
        {
            if (chunk.Counts(i))
            {
                smallest.Offer(_scores.LogDensities[i], ((long)piece * rowsPerChunk) + i);
            }
        }
    }

    public void Dispose() => reader.Dispose();
}

using GmmTools.Numerics;

namespace GmmTools.Observations.Chunks;

/// <summary>Chunks whose rows count as often as they are told to.</summary>
internal sealed class ReweightedChunks(IChunkSource chunks, double[][] weights) : IChunkSource
{
    public int ChunkCount => chunks.ChunkCount;

    public int RowsPerChunk => chunks.RowsPerChunk;

    public bool IsWeighted => true;

    public IChunkReader Open() => new Reader(chunks.Open(), weights);

    private sealed class Reader(IChunkReader reader, double[][] weights) : IChunkReader
    {
        public RowChunk Read(int index) => reader.Read(index).WithWeights(weights[index]);

        public void Dispose() => reader.Dispose();
    }
}

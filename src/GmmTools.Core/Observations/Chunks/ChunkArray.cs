using GmmTools.Numerics;

namespace GmmTools.Observations.Chunks;

/// <summary>Chunks in memory: every thread reads the same ones.</summary>
internal sealed class ChunkArray(RowChunk[] chunks) : IChunkSource, IChunkReader
{
    public int ChunkCount => chunks.Length;

    public int RowsPerChunk => chunks[0].Count;

    public bool IsWeighted => chunks[0].Weights is not null;

    public IChunkReader Open() => this;

    public RowChunk Read(int index) => chunks[index];

    public void Dispose()
    {
        // nothing is held
    }
}

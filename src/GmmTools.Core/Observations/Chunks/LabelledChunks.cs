using GmmTools.Numerics;

namespace GmmTools.Observations.Chunks;

/// <summary>Chunks of some of whose rows the component is known.</summary>
internal sealed class LabelledChunks(IChunkSource chunks, int[][] labels) : IChunkSource
{
    public int ChunkCount => chunks.ChunkCount;

    public int RowsPerChunk => chunks.RowsPerChunk;

    public bool IsWeighted => chunks.IsWeighted;

    public IChunkReader Open() => new Reader(chunks.Open(), labels);

    private sealed class Reader(IChunkReader reader, int[][] labels) : IChunkReader
    {
        public RowChunk Read(int index) => reader.Read(index).WithLabels(labels[index]);

        public void Dispose() => reader.Dispose();
    }
}

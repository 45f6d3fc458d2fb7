using System;

namespace GmmTools.Observations.Chunks;

/// <summary>How rows are cut into chunks and chunks into items of work: by the data's size alone, never by the number of threads.</summary>
internal static class ChunkLayout
{
    /// <summary>Cells of a chunk: large enough that its overhead is nothing, small enough to balance cores.</summary>
    private const int CellsPerChunk = 1 << 13;

    /// <summary>Kernels work on blocks of this many rows or twice as many; chunks hold whole blocks.</summary>
    private const int RowGranularity = 256;

    private const int MaxStreamedRows = 1 << 12;

    private const int MaxItems = 128;

    /// <summary>The partial statistics of all items may take this many numbers (16 MiB).</summary>
    private const int PartialBudget = 1 << 21;

    public static int RowsPerChunk(int dimension) =>
        Math.Max(1, CellsPerChunk / dimension / RowGranularity) * RowGranularity;

    /// <summary>Rows of a block that is passed on: enough that handing over costs nothing, few enough to stay in the cache.</summary>
    public static int RowsPerStreamedBlock(int dimension) => Math.Min(MaxStreamedRows, 4 * RowsPerChunk(dimension));

    /// <summary>Number of items of work, each with partial statistics of its own.</summary>
    public static int ItemCount(int chunkCount, int statisticsLength) =>
        Math.Max(1, Math.Min(Math.Min(chunkCount, MaxItems), Math.Max(8, PartialBudget / statisticsLength)));
}

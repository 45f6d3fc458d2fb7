namespace GmmTools.Observations.Chunks;

/// <summary>Rows in chunks, all but the last of one size, in memory or in a file.</summary>
internal interface IChunkSource
{
    /// <summary>Number of chunks.</summary>
    int ChunkCount { get; }

    /// <summary>Rows of the largest chunk.</summary>
    int RowsPerChunk { get; }

    /// <summary>Whether rows carry weights.</summary>
    bool IsWeighted { get; }

    /// <summary>Opens the chunks for one thread.</summary>
    /// <returns>What gives them; dispose of it.</returns>
    IChunkReader Open();
}

using System;
using GmmTools.Numerics;

namespace GmmTools.Observations.Chunks;

/// <summary>Gives one thread the chunks of a table.</summary>
internal interface IChunkReader : IDisposable
{
    /// <summary>One chunk.</summary>
    /// <param name="index">Its number, from 0.</param>
    /// <returns>The chunk; the next call may overwrite it.</returns>
    RowChunk Read(int index);
}

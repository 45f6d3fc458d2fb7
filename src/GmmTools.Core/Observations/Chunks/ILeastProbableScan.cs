using System;

namespace GmmTools.Observations.Chunks;

/// <summary>Scores the pieces of a table, for one thread, and offers their rows.</summary>
internal interface ILeastProbableScan : IDisposable
{
    /// <summary>Offers the rows of one piece.</summary>
    /// <param name="piece">Number of the piece, from 0; increasing.</param>
    /// <param name="smallest">Takes them.</param>
    void Offer(int piece, LeastProbableRows smallest);
}

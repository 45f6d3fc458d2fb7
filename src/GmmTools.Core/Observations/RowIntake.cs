namespace GmmTools.Observations;

/// <summary>How many rows were read, and what became of them.</summary>
public sealed class RowIntake
{
    /// <summary>Creates the counts.</summary>
    /// <param name="readCount">Rows read.</param>
    /// <param name="omittedCount">Rows left out because cells, or all cells, are missing.</param>
    /// <param name="incompleteCount">Rows used although cells are missing.</param>
    /// <param name="zeroWeightCount">Rows left out because their weight is 0.</param>
    public RowIntake(long readCount, long omittedCount = 0, long incompleteCount = 0, long zeroWeightCount = 0)
    {
        ReadCount = readCount;
        OmittedCount = omittedCount;
        IncompleteCount = incompleteCount;
        ZeroWeightCount = zeroWeightCount;
    }

    /// <summary>Rows read.</summary>
    public long ReadCount { get; }

    /// <summary>Rows left out because cells are missing (Omit), or all of them are (Marginalize).</summary>
    public long OmittedCount { get; }

    /// <summary>Rows used although cells are missing (Marginalize).</summary>
    public long IncompleteCount { get; }

    /// <summary>Rows left out because their weight is 0.</summary>
    public long ZeroWeightCount { get; }

    /// <summary>Rows used.</summary>
    public long UsedCount => ReadCount - OmittedCount - ZeroWeightCount;
}

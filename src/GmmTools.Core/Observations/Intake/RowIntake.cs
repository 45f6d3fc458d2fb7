using System;

namespace GmmTools.Observations.Intake;

/// <summary>How many rows were read, and what became of them.</summary>
public sealed class RowIntake
{
    /// <summary>Creates the counts.</summary>
    /// <param name="readCount">Rows read.</param>
    /// <param name="omittedCount">Rows left out because cells, or all cells, are missing.</param>
    /// <param name="incompleteCount">Rows used although cells are missing.</param>
    /// <param name="zeroWeightCount">Rows left out because their weight is 0.</param>
    /// <param name="policy">What was to become of rows with gaps.</param>
    public RowIntake(
        long readCount,
        long omittedCount = 0,
        long incompleteCount = 0,
        long zeroWeightCount = 0,
        MissingValuePolicy policy = MissingValuePolicy.Error)
    {
        Policy = policy;
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

    /// <summary>What was to become of rows with gaps.</summary>
    public MissingValuePolicy Policy { get; }

    /// <summary>What a reader should know of rows that were left out; null when none were.</summary>
    public string? Warning => OmittedCount == 0 ? null : FormattableString.Invariant(
        $"{OmittedCount} of {Counted.Of(ReadCount, "row")} {(OmittedCount == 1 ? "was" : "were")} left out because {Reason}.");

    private string Reason => Policy == MissingValuePolicy.Marginalize
        ? "every value is missing"
        : "values are missing; the policy Marginalize uses the values that are present";

    /// <summary>The same counts for the rows that were left out alone.</summary>
    public RowIntake LeftOut => new(OmittedCount + ZeroWeightCount, OmittedCount, 0, ZeroWeightCount, Policy);

    /// <summary>Rows used.</summary>
    public long UsedCount => ReadCount - OmittedCount - ZeroWeightCount;

    /// <summary>The counts of these rows and others.</summary>
    /// <param name="other">The counts of the others.</param>
    /// <returns>The sums, under the policy of the others.</returns>
    public RowIntake Plus(RowIntake other) => new(
        ReadCount + (other ?? throw new ArgumentNullException(nameof(other))).ReadCount,
        OmittedCount + other.OmittedCount,
        IncompleteCount + other.IncompleteCount,
        ZeroWeightCount + other.ZeroWeightCount,
        other.Policy);
}

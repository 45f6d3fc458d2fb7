using System.Collections.Generic;
using System.Linq;
using GmmTools.Numerics;
using GmmTools.Observations.Intake;

namespace GmmTools.Connectors.Sessions;

/// <summary>What a session gives out of its files at a time.</summary>
/// <param name="Blocks">The rows; none at the end.</param>
/// <param name="Warnings">What the reading warned of meanwhile.</param>
/// <param name="Intake">At the end, how many rows were read, and what became of them; else null.</param>
internal sealed record SessionPart(IReadOnlyList<SessionBlock> Blocks, IReadOnlyList<string> Warnings, RowIntake? Intake)
{
    /// <summary>Writes a part, or reads one.</summary>
    /// <param name="state">The message.</param>
    /// <param name="part">The part to write; null to read one.</param>
    /// <param name="dimension">Number of columns.</param>
    public static SessionPart Exchange(StateExchange state, SessionPart? part, int dimension)
    {
        int blockCount = state.ItemCount(part?.Blocks.Count ?? 0, "the number of blocks");
        SessionBlock[] blocks = [.. Enumerable.Range(0, blockCount).Select(i => SessionBlock.Exchange(state, part?.Blocks[i], dimension))];

        // a text may be shorter than a number
        int warningCount = state.Count(part?.Warnings.Count ?? 0, "the number of warnings", max: 1 << 16);
        string[] warnings = [.. Enumerable.Range(0, warningCount).Select(i => state.Text(part?.Warnings[i] ?? string.Empty))];
        bool ends = state.Flag(part?.Intake is not null);
        state.Check(ends == (blockCount == 0), "it has rows beyond its end, or neither");
        return new SessionPart(blocks, warnings, ends ? SessionHead.ExchangeIntake(state, part?.Intake) : null);
    }
}

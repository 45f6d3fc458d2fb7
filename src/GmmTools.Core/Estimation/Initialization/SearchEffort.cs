using System;
using GmmTools.Observations;

namespace GmmTools.Estimation.Initialization;

/// <summary>
/// How much work the search for a start may be. Where it sees all rows, its result is the fit, and it is thorough. Where the rows
/// are many, it has to find the right basin on a sample, at the cost of a few iterations over all rows.
/// </summary>
internal sealed class SearchEffort
{
    /// <summary>Up to here the search sees all rows.</summary>
    private const int RowsSearchedWhole = 20_000;

    private const int MinSample = 4_000;

    /// <summary>Rows of the sample per component and column.</summary>
    private const int RowsPerColumn = 25;

    /// <summary>The most rows searched; a sample stands for more.</summary>
    public int MaxRows { get; private init; }

    /// <summary>The most of Lloyd's steps of k-means; EM takes over from there.</summary>
    public int LloydSteps { get; private init; }

    /// <summary>Iterations after which it should be clear where a start leads.</summary>
    public int TrialIterations { get; private init; }

    /// <summary>Split moves tried in a round.</summary>
    public int MaxMoves { get; private init; }

    /// <summary>Iterations of each move.</summary>
    public int MoveIterations { get; private init; }

    /// <summary>How many moves of a round, the most promising, are run on.</summary>
    public int FollowedMoves { get; private init; }

    /// <summary>How many runs that differ are run to convergence.</summary>
    public int RefinedRuns { get; private init; }

    /// <summary>The most starts; the user may ask for less.</summary>
    public int MaxStarts { get; private init; } = int.MaxValue;

    /// <summary>Rounds of split moves at most.</summary>
    public int MoveRounds { get; private init; } = 10;

    /// <summary>The effort that suits a table.</summary>
    /// <param name="observations">The table.</param>
    /// <param name="componentCount">Number of components.</param>
    /// <param name="hinted">Whether the fits of other models help.</param>
    public static SearchEffort For(IObservations observations, int componentCount, bool hinted) =>
        observations.Count > RowsSearchedWhole ? Lean(componentCount, observations.Property.Count)
        : hinted ? Shared()
        : Thorough();

    private static SearchEffort Thorough() => new()
    {
        MaxRows = RowsSearchedWhole,
        LloydSteps = 20,
        TrialIterations = 300,
        MaxMoves = 60,
        MoveIterations = 12,
        FollowedMoves = 5,
        RefinedRuns = 6,
    };

    private static SearchEffort Shared() => new()
    {
        MaxRows = RowsSearchedWhole,
        LloydSteps = 20,
        TrialIterations = 40,
        MaxMoves = 24,
        MoveIterations = 8,
        FollowedMoves = 2,
        RefinedRuns = 2,
        MaxStarts = 3,
        MoveRounds = 3,
    };

    // components overlap the more the fewer the columns are, and rows cost the less: there the sample is larger, and trials are longer
    private static SearchEffort Lean(int componentCount, int dimension) => new()
    {
        MaxRows = Math.Min(
            RowsSearchedWhole,
            Math.Max(Math.Max(MinSample, RowsSearchedWhole / (dimension * dimension)), RowsPerColumn * componentCount * (dimension + 2))),
        LloydSteps = 4,
        TrialIterations = Math.Max(20, 100 / (dimension * dimension)),
        MaxMoves = 24,
        MoveIterations = 6,
        FollowedMoves = 2,
        RefinedRuns = 1,
    };
}

using System;
using GmmTools.Numerics;
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

    /// <summary>Multiplications of an E-step, about the square of the columns for each row and component, from which on a start is worth its
    /// iterations only where those before it left something to gain.</summary>
    private const double CostlyPass = 5e7;

    /// <summary>From so many on, starts are taken by turns, and more of them may bring nothing, if the rows are not scarce: among few rows for each
    /// parameter optima are many, and only thorough moves find the way.</summary>
    private const double LongPass = 2e5;
    private const int RowsPerParameter = 3;

    /// <summary>For so many starts asked for, one more may bring nothing before no others are taken.</summary>
    private const int StartsPerFailure = 10;

    /// <summary>With few components, what a start misses is less often near to pay by a move.</summary>
    private const int StartsPerFailureOfFew = 3;

    /// <summary>Two components are not moved where a pass is costly: to split them anew is to start anew, and costs more. Starts take the time.</summary>
    private const int StartsPerFailureOfTwo = 5;

    /// <summary>From so many components on, moves judged on the rows of a few components take the place of runs over all.</summary>
    public const int ManyComponents = 10;

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

    /// <summary>Rounds of split moves at most.</summary>
    public int MoveRounds { get; private init; } = 10;

    /// <summary>Whether starts are taken one after the other, each as far as local moves lead, until further ones bring nothing.</summary>
    public bool TakesTurns { get; private init; }

    /// <summary>For so many starts asked for, one that brings nothing ends the turns.</summary>
    public int RestartsPerFailure { get; private init; } = StartsPerFailureOfFew;

    /// <summary>Whether the fits that this one contains are found before, where the rows are all searched.</summary>
    public bool FindsContained { get; private init; } = true;

    /// <summary>Whether one start of each of them, and a trial, has to do.</summary>
    public bool TriesContained { get; private init; }

    /// <summary>Iterations of such a trial.</summary>
    public int ContainedIterations { get; private init; }

    /// <summary>Whether starts that are taken by turns are led on by moves.</summary>
    public bool MovesStarts { get; private init; } = true;

    /// <summary>The effort that suits a table.</summary>
    /// <param name="observations">The table.</param>
    /// <param name="componentCount">Number of components.</param>
    /// <param name="shape">How their covariances are stored.</param>
    /// <param name="isQuick">Whether short trials will do, since the fits of other models help.</param>
    public static SearchEffort For(IObservations observations, int componentCount, CovarianceShape shape, bool isQuick)
    {
        int dimension = observations.Property.Count;
        bool isMany = componentCount >= ManyComponents;
        if (isMany || observations.Count > RowsSearchedWhole)
        {
            return InTurn(componentCount, dimension, isMany ? StartsPerFailure : StartsPerFailureOfFew, false);
        }

        double pass = (double)observations.Count * componentCount * dimension * (shape == CovarianceShape.Full ? dimension : 1);
        bool isScarce = observations.Count < RowsPerParameter * componentCount * ParameterCount(dimension, shape);
        return pass > CostlyPass && componentCount == 2 ? InTurn(componentCount, dimension, StartsPerFailureOfTwo, !isQuick, false)
            : pass > CostlyPass ? InTurn(componentCount, dimension, StartsPerFailure, !isQuick)
            : pass > LongPass && !isScarce ? InTurn(componentCount, dimension, StartsPerFailureOfFew, !isQuick)
            : isQuick ? Quick()
            : Thorough(pass > LongPass);
    }

    private static double ParameterCount(int dimension, CovarianceShape shape) =>
        dimension + (shape == CovarianceShape.Full ? dimension * (dimension + 1) / 2.0 : dimension);

    private static SearchEffort Thorough(bool triesContained) => new()
    {
        TriesContained = triesContained,
        ContainedIterations = 300,
        MaxRows = RowsSearchedWhole,
        LloydSteps = 20,
        TrialIterations = 300,
        MaxMoves = 60,
        MoveIterations = 12,
        FollowedMoves = 5,
        RefinedRuns = 4,
    };

    private static SearchEffort Quick() => new()
    {
        MaxRows = RowsSearchedWhole,
        LloydSteps = 20,
        TrialIterations = 40,
        MaxMoves = 24,
        MoveIterations = 8,
        FollowedMoves = 2,
        RefinedRuns = 2,
        MoveRounds = 3,
    };

    private static SearchEffort InTurn(int componentCount, int dimension, int restartsPerFailure, bool findsContained, bool movesStarts = true) => new()
    {
        TakesTurns = true,
        MovesStarts = movesStarts,
        RestartsPerFailure = restartsPerFailure,
        FindsContained = findsContained,
        TriesContained = findsContained,
        ContainedIterations = 12,
        MaxRows = Math.Max(RowsSearchedWhole, componentCount * (dimension + 1) * (dimension + 2) / 2),
        LloydSteps = 4,
        TrialIterations = 100,
        MoveIterations = 12,
        MaxMoves = 24,
        FollowedMoves = 2,
        RefinedRuns = 2,
    };
}

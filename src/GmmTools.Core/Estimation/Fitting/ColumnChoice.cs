using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Estimation.Models;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Chunks;
using GmmTools.Observations.Intake;

namespace GmmTools.Estimation.Fitting;

/// <summary>
/// Which columns of rows can be fitted together. Those that nobody asked for by name need not all be fit for it: some never vary, some say the
/// same as another, or follow from several others.
/// </summary>
public sealed class ColumnChoice
{
    /// <summary>So many of the first rows are looked at first: where no column follows from others even roughly, none does in all rows.</summary>
    private const int FirstRows = 2_000;
    private const double RoughShare = 1e-4;

    /// <summary>A column follows from others that leave at most this share of its variance, or 1/30 000 of its standard deviation: the same
    /// clock read twice is not the same number. Closer columns have a density in theory, but rounding decides where a fit of them
    /// ends.</summary>
    private const double UnexplainedShare = 1e-9;

    /// <summary>A column of so few values in so many rows holds codes or labels rather than measurements.</summary>
    private const int MostCodes = 20;
    private const int LeastRows = 200;

    /// <summary>Rows between looks at the token.</summary>
    private const int RowsPerCheck = 4096;

    private readonly IObservations _observations;

    private ColumnChoice(IObservations observations, bool wholeCovariances, bool completeOnly, int threadCount, CancellationToken cancellationToken)
    {
        _observations = observations;
        int[] incomplete = completeOnly ? FindIncomplete(cancellationToken) : [];
        int[] all = [.. Enumerable.Range(0, observations.Property.Count).Except(incomplete)];
        int[] constant = [.. all.Where(j => !(observations.Minimum[j] < observations.Maximum[j]))];
        List<int> kept = [.. all.Except(constant)];
        (int Column, int Original)[] repeated = FindRepeated(kept, cancellationToken);
        kept.RemoveAll(column => Array.Exists(repeated, pair => pair.Column == column));
        int[] dependent = wholeCovariances && observations.Count > kept.Count ? FindDependent(kept, threadCount, cancellationToken) : [];
        kept.RemoveAll(column => dependent.Contains(column));

        Kept = kept;
        Incomplete = Names(incomplete);
        Constant = Names(constant);
        Repeated = [.. repeated.Select(pair => new KeyValuePair<string, string>(observations.Property[pair.Column], observations.Property[pair.Original]))];
        Dependent = Names(dependent);
    }

    /// <summary>Indices of the columns that can be fitted together, in order.</summary>
    public IReadOnlyList<int> Kept { get; }

    /// <summary>Columns without a value in some rows, where only complete ones are wanted.</summary>
    public IReadOnlyList<string> Incomplete { get; }

    /// <summary>Columns that have one value in all rows, or none at all.</summary>
    public IReadOnlyList<string> Constant { get; }

    /// <summary>Columns that equal one before them in every row, each with the name of that one.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Repeated { get; }

    /// <summary>Columns that are linear combinations of others, exactly or nearly.</summary>
    public IReadOnlyList<string> Dependent { get; }

    /// <summary>Looks at rows.</summary>
    /// <param name="observations">The rows; they can be enumerated.</param>
    /// <param name="wholeCovariances">Whether whole covariance matrices are to be fitted, for which no column may follow from others. That is not
    /// asked of fewer rows than columns, of which each follows from some.</param>
    /// <param name="completeOnly">Whether columns with gaps are left out, too.</param>
    /// <param name="threadCount">The most threads to use; the result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The choice.</returns>
    public static ColumnChoice Of(
        IObservations observations, bool wholeCovariances, bool completeOnly, int threadCount, CancellationToken cancellationToken) =>
        new(observations ?? throw new ArgumentNullException(nameof(observations)), wholeCovariances, completeOnly, threadCount, cancellationToken);

    /// <summary>Columns of at most 20 different values in 200 rows or more, such as status codes: few for measurements. Values far more frequent
    /// than their neighbours are atoms of the fit; here it does not matter how frequent they are.</summary>
    /// <param name="observations">The rows; they can be enumerated.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Each such column with its number of values.</returns>
    public static IReadOnlyList<KeyValuePair<string, int>> FindCodes(IObservations observations, CancellationToken cancellationToken)
    {
        _ = observations ?? throw new ArgumentNullException(nameof(observations));
        if (observations.Count < LeastRows)
        {
            return [];
        }

        // columns of measurements drop out within a few rows, and with the last of them the pass ends
        List<(int Column, HashSet<double> Values)> candidates = [.. observations.Property.Select((_, column) => (column, new HashSet<double>()))];
        long count = 0;
        foreach ((double[] row, double _) in observations.EnumerateWeighted())
        {
            Check(count++, cancellationToken);
            candidates.RemoveAll(candidate =>
                !double.IsNaN(row[candidate.Column]) && candidate.Values.Add(row[candidate.Column]) && candidate.Values.Count > MostCodes);
            if (candidates.Count == 0)
            {
                break;
            }
        }

        return [.. candidates.Select(candidate => new KeyValuePair<string, int>(observations.Property[candidate.Column], candidate.Values.Count))];
    }

    /// <summary>The rows with the columns that are kept alone.</summary>
    /// <param name="weighted">Whether the rows carry weights.</param>
    /// <param name="intake">How reading the rows went.</param>
    /// <param name="storage">Where the rows are kept; null for memory.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The rows. Of rows with gaps those are left out of which nothing is left.</returns>
    public RowTable Apply(bool weighted, RowIntake intake, RowStorage? storage, CancellationToken cancellationToken)
    {
        _ = intake ?? throw new ArgumentNullException(nameof(intake));
        RowCollector collector = new(Names(Kept), weighted, MissingValuePolicy.Marginalize, storage);
        double[] kept = new double[Kept.Count];
        long count = 0;
        foreach ((double[] row, double weight) in _observations.EnumerateWeighted())
        {
            Check(count++, cancellationToken);
            for (int j = 0; j < kept.Length; j++)
            {
                kept[j] = row[Kept[j]];
            }

            collector.Add(kept, weight);
        }

        return new RowTable(
            collector.Build(),
            new RowIntake(
                intake.ReadCount,
                intake.OmittedCount + collector.Intake.OmittedCount,
                collector.Intake.IncompleteCount,
                intake.ZeroWeightCount,
                intake.Policy),
            []);
    }

    private static void Check(long count, CancellationToken cancellationToken)
    {
        if (count % RowsPerCheck == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private string[] Names(IEnumerable<int> columns) => [.. columns.Select(column => _observations.Property[column])];

    private int[] FindIncomplete(CancellationToken cancellationToken)
    {
        if (!_observations.HasGaps)
        {
            return [];
        }

        bool[] gaps = new bool[_observations.Property.Count];
        long count = 0;
        foreach ((double[] row, double _) in _observations.EnumerateWeighted())
        {
            Check(count++, cancellationToken);
            for (int j = 0; j < gaps.Length; j++)
            {
                gaps[j] |= double.IsNaN(row[j]);
            }
        }

        return [.. Enumerable.Range(0, gaps.Length).Where(j => gaps[j])];
    }

    /// <summary>Columns that equal one before them, gaps included. Only those of the same range are compared, and only until they differ.</summary>
    private (int Column, int Original)[] FindRepeated(List<int> columns, CancellationToken cancellationToken)
    {
        List<(int Column, int Original)> pairs =
        [
            .. from range in columns.GroupBy(column => (_observations.Minimum[column], _observations.Maximum[column]))
               from column in range
               from original in range
               where original < column
               select (column, original),
        ];
        if (pairs.Count == 0)
        {
            return [];
        }

        long count = 0;
        foreach ((double[] row, double _) in _observations.EnumerateWeighted())
        {
            Check(count++, cancellationToken);
            pairs.RemoveAll(pair => !row[pair.Column].Equals(row[pair.Original]));
            if (pairs.Count == 0)
            {
                break;
            }
        }

        // the first that a column equals equals none itself
        return [.. pairs.GroupBy(pair => pair.Column).Select(group => group.First())];
    }

    private int[] FindDependent(List<int> columns, int threadCount, CancellationToken cancellationToken)
    {
        // what cannot be squared is an error of its own
        if (columns.Count < 2 || columns.Exists(IsBeyondSquares))
        {
            return [];
        }

        if (_observations.HasGaps)
        {
            // the complete rows tell, but not that a column does not vary
            return Take(columns, long.MaxValue) is not InMemoryObservations complete || complete.Count <= columns.Count
                ? []
                : [.. Moments(complete).FindDependentColumns(UnexplainedShare).Where(j => complete.Minimum[j] < complete.Maximum[j]).Select(j => columns[j])];
        }

        bool mayDepend = _observations.Count <= FirstRows || Moments(Take(columns, FirstRows)!).FindDependentColumn(RoughShare) >= 0;
        return mayDepend ? [.. Moments(_observations).FindDependentColumns(UnexplainedShare).Where(columns.Contains)] : [];

        PooledMoments Moments(IObservations rows) => PooledMoments.Compute(rows, CovarianceShape.Full, threadCount, cancellationToken);
    }

    /// <summary>Some columns of the first rows that have values in all of them; null where no row does.</summary>
    private InMemoryObservations? Take(List<int> columns, long count)
    {
        ObservationsBuilder taken = new(Names(columns), weighted: true);
        foreach ((double[] row, double weight) in _observations.EnumerateWeighted())
        {
            if (columns.TrueForAll(j => !double.IsNaN(row[j])))
            {
                taken.Add([.. columns.Select(j => row[j])], weight);
            }

            if (taken.Count >= count)
            {
                break;
            }
        }

        return taken.Count == 0 ? null : taken.Build();
    }

    private bool IsBeyondSquares(int column) =>
        SquareLimits.IsTooWide(_observations.Minimum[column], _observations.Maximum[column], _observations.TotalWeight)
        || _observations.Maximum[column] - _observations.Minimum[column] < SquareLimits.MinRange;
}

using System;
using GmmTools.Estimation.Checkpoints;
using GmmTools.Estimation.Initialization;
using GmmTools.Estimation.Models;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Observations;

namespace GmmTools.Estimation.Fitting;

/// <summary>
/// What a single fit needs to know of the fits that it contains, so that it does not end below them: that of as many components with one
/// covariance matrix, which no far row can drive into a collapse, that of one component less, and the clusters that all models start from.
/// A search over models knows them already.
/// </summary>
internal static class ContainedFits
{
    /// <summary>The most starts of each fit that is contained.</summary>
    private const int MaxStarts = 3;

    /// <summary>Finds them, in a default search of several starts.</summary>
    /// <param name="rows">The rows that are searched.</param>
    /// <param name="pooled">Moments of all rows.</param>
    /// <param name="options">What is estimated.</param>
    /// <param name="limits">When to stop.</param>
    /// <param name="first">Where starts are taken by turns, what the first led to: one start of each fit has to do, and one component less is of no
    /// help where it is not better than that. Else null.</param>
    /// <param name="journal">Where their runs are kept, or null.</param>
    /// <returns>The hints; null where the search is not the default one.</returns>
    public static SearchHints? Find(
        InMemoryObservations rows, PooledMoments pooled, EmOptions options, RunLimits limits, EmRun? first, FitJournal? journal)
    {
        if (options.RestartCount == 1 || options.Initialization != InitializationMethod.KMeans)
        {
            return null;
        }

        int startCount = first is null ? Math.Min(MaxStarts, options.RestartCount) : 1;
        SharedPartitions partitions = new(rows, pooled, [options.ComponentCount], options.Seed, limits.CancellationToken);
        SearchHints hints = new()
        {
            Members = partitions.Members(options.ComponentCount),
            PartitionRows = partitions.Rows,
        };
        if (options.CovarianceModel.ToShared() is CovarianceModel shared && shared != options.CovarianceModel)
        {
            EmRun run = Find(rows, pooled, options, options.ComponentCount, shared, startCount, limits, journal);
            hints.Within.Add(run.Mixture);
            hints.MinLogLikelihood = run.BoundedLogLikelihood;
        }

        if (options.ComponentCount > 2 && options.FixedWeights is null)
        {
            EmRun run = Find(rows, pooled, options, options.ComponentCount - 1, options.CovarianceModel, startCount, limits, journal);
            hints.Smaller = first is null || run.BoundedLogLikelihood > first.BoundedLogLikelihood ? run.Mixture : null;
        }

        return hints;
    }

    private static EmRun Find(
        InMemoryObservations rows,
        PooledMoments pooled,
        EmOptions options,
        int componentCount,
        CovarianceModel model,
        int startCount,
        RunLimits limits,
        FitJournal? journal)
    {
        EmOptions contained = options.Clone();
        contained.ComponentCount = componentCount;
        contained.CovarianceModel = model;
        contained.RestartCount = startCount;
        using StartSearch search = new(rows, pooled, contained, limits, _ => null, new SearchHints { IsQuick = true }, journal);
        return search.Find()[0];
    }
}

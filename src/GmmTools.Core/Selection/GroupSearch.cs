using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Estimation.Iteration;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Observations.Intake;

namespace GmmTools.Selection;

/// <summary>
/// Fits the rows of many groups, each by itself, side by side: every combination of some numbers of components and some covariance models. The
/// results are those of each group alone, and do not depend on how many are fitted at a time.
/// </summary>
public sealed class GroupSearch
{
    private readonly EmOptions _options;
    private readonly Action<FitPoolProgress>? _progress;

    /// <summary>Creates a search.</summary>
    /// <param name="options">What holds for all groups and combinations. A checkpoint is not kept.</param>
    /// <param name="progress">Called when a group is done, from any thread; must be quick. Or null.</param>
    public GroupSearch(EmOptions options, Action<FitPoolProgress>? progress = null)
    {
        _options = (options ?? throw new ArgumentNullException(nameof(options))).Clone();
        _options.Checkpoint = null;
        _options.Validate();
        _progress = progress;
    }

    /// <summary>Fits all groups.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="tables">Their rows, one table for each.</param>
    /// <param name="componentCounts">Numbers of components.</param>
    /// <param name="models">Covariance models.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>For each group one outcome per combination, by number of components and then by model as they were given: a fit, or a
    /// <see cref="FitFailure"/> where the rows do not determine such a mixture.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<IReadOnlyList<IFitOutcome>> Fit(
        IReadOnlyList<RowGroup> groups,
        IReadOnlyList<RowTable> tables,
        IReadOnlyList<int> componentCounts,
        IReadOnlyList<CovarianceModel> models,
        CancellationToken cancellationToken = default)
    {
        FitPool pool = new(_options.ThreadCount, null, _progress);
        ThreadBudget budget = new(_options.ThreadCount);
        FitJob<IReadOnlyList<IFitOutcome>>[] jobs =
        [
            .. groups.Select((group, i) =>
            {
                FitJob<IReadOnlyList<IFitOutcome>> job = pool.Add(FormattableString.Invariant($"{i + 1} ({group})"), [], context =>
                    FitGroup(group, tables[i], componentCounts, models, context));
                job.RunsAlone = budget.SharesRows(tables[i].Observations);
                return job;
            }),
        ];
        pool.Run(cancellationToken);
        return [.. jobs.Select(job => job.Result)];
    }

    private IReadOnlyList<IFitOutcome> FitGroup(
        RowGroup group, RowTable table, IReadOnlyList<int> componentCounts, IReadOnlyList<CovarianceModel> models, FitJobContext context)
    {
        EmOptions options = _options.Clone();
        options.ThreadCount = context.ThreadCount;

        // trimmed fits do not start from each other
        IReadOnlyList<IFitOutcome> outcomes = componentCounts.Count * models.Count > 1 && options.TrimFraction is null
            ? Search(table.Observations, options, componentCounts, models, context.CancellationToken)
            : ForEach(componentCounts, models, options, own => FitOutcomes.Of(
                table.Observations, own, () => new EmEstimator(own).Fit(table.Observations, context.CancellationToken)));
        return [.. outcomes.Select<IFitOutcome, IFitOutcome>(outcome =>
            outcome is EmFit fit ? fit.WithIntake(table.Intake).WithGroup(group) : ((FitFailure)outcome).WithGroup(group))];
    }

    private static IReadOnlyList<IFitOutcome> Search(
        IObservations observations,
        EmOptions options,
        IReadOnlyList<int> componentCounts,
        IReadOnlyList<CovarianceModel> models,
        CancellationToken cancellationToken)
    {
        try
        {
            return new ModelSearch(options).Fit(observations, componentCounts, models, cancellationToken);
        }
        catch (GmmToolsException exception) when (FitOutcomes.IsOfRows(exception))
        {
            // no combination can be fitted where rows are unfit for all
            return ForEach(componentCounts, models, options, own => new FitFailure(observations, own, exception.Message));
        }
    }

    /// <summary>One outcome for each combination, by number of components and then by model.</summary>
    private static IFitOutcome[] ForEach(
        IReadOnlyList<int> componentCounts, IReadOnlyList<CovarianceModel> models, EmOptions options, Func<EmOptions, IFitOutcome> fit) =>
    [
        .. from count in componentCounts
           from model in models
           select fit(Own(options, count, model)),
    ];

    private static EmOptions Own(EmOptions options, int componentCount, CovarianceModel model)
    {
        EmOptions own = options.Clone();
        (own.ComponentCount, own.CovarianceModel) = (componentCount, model);
        return own;
    }
}

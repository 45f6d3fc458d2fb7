using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Estimation.Iteration;
using GmmTools.Estimation.Known;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Observations.Intake;

namespace GmmTools.Selection;

/// <summary>
/// Fits the rows of many groups, each by itself, side by side: every combination of some numbers of components, some covariance models and so on. The
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
        CancellationToken cancellationToken = default) =>
        Fit(groups, tables, new SearchAxes(componentCounts, models), null, cancellationToken);

    /// <summary>Fits all groups.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="tables">Their rows, one table for each.</param>
    /// <param name="axes">What the combinations differ in.</param>
    /// <param name="known">What is known of the rows of each group; null where nothing is.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>For each group one outcome per combination, by number of components, model, tail and noise as they were given.</returns>
    /// <exception cref="EstimationException">An option is out of its domain, or does not go with a tail or with noise.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<IReadOnlyList<IFitOutcome>> Fit(
        IReadOnlyList<RowGroup> groups,
        IReadOnlyList<RowTable> tables,
        SearchAxes axes,
        IReadOnlyList<KnownComponents>? known = null,
        CancellationToken cancellationToken = default)
    {
        IReadOnlyList<EmOptions> combinations = (axes ?? throw new ArgumentNullException(nameof(axes))).Combine(_options);
        combinations[0].Validate();
        FitPool pool = new(_options.ThreadCount, null, _progress);
        ThreadBudget budget = new(_options.ThreadCount);
        FitJob<IReadOnlyList<IFitOutcome>>[] jobs =
        [
            .. groups.Select((group, i) =>
            {
                FitJob<IReadOnlyList<IFitOutcome>> job = pool.Add(FormattableString.Invariant($"{i + 1} ({group})"), [], context =>
                    FitGroup(group, tables[i], known?[i], axes, combinations, context));
                job.RunsAlone = budget.SharesRows(tables[i].Observations);
                return job;
            }),
        ];
        pool.Run(cancellationToken);
        return [.. jobs.Select(job => job.Result)];
    }

    private IReadOnlyList<IFitOutcome> FitGroup(
        RowGroup group, RowTable table, KnownComponents? known, SearchAxes axes, IReadOnlyList<EmOptions> combinations, FitJobContext context)
    {
        EmOptions[] own = [.. combinations.Select(options => options.Clone())];
        foreach (EmOptions options in own)
        {
            options.ThreadCount = context.ThreadCount;
            options.KnownComponents = known;
        }

        // trimmed fits do not start from each other
        IReadOnlyList<IFitOutcome> outcomes = own.Length > 1 && _options.TrimFraction is null
            ? Search(table.Observations, known, axes, own, context)
            : [.. own.Select(options => FitOutcomes.Of(
                table.Observations, options, () => new EmEstimator(options).Fit(table.Observations, context.CancellationToken)))];
        return [.. outcomes.Select<IFitOutcome, IFitOutcome>(outcome =>
            outcome is EmFit fit ? fit.WithIntake(table.Intake).WithGroup(group) : ((FitFailure)outcome).WithGroup(group))];
    }

    private IReadOnlyList<IFitOutcome> Search(IObservations observations, KnownComponents? known, SearchAxes axes, EmOptions[] combinations, FitJobContext context)
    {
        EmOptions options = _options.Clone();
        options.ThreadCount = context.ThreadCount;
        options.KnownComponents = known;
        try
        {
            return new ModelSearch(options).Fit(observations, axes, context.CancellationToken);
        }
        catch (GmmToolsException exception) when (FitOutcomes.IsOfRows(exception))
        {
            // no combination can be fitted where rows are unfit for all
            return [.. combinations.Select(own => new FitFailure(observations, own, exception.Message))];
        }
    }
}

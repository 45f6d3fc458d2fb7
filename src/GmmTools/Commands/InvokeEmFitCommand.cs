using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using GmmTools.Binding;
using GmmTools.Binding.Models;
using GmmTools.Binding.Rows;
using GmmTools.Commands.Internal;
using GmmTools.Completion;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using GmmTools.Selection;

namespace GmmTools.Commands;

/// <summary>
/// Fits Gaussian mixtures to rows by expectation-maximization: a single one, or one for every combination of several numbers of components and
/// several covariance models.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "EmFit", DefaultParameterSetName = InputObjectSet, HelpUri = OnlineHelp.Page)]
[OutputType(typeof(EmFit), typeof(FitFailure), ParameterSetName = [InputObjectSet, PathSet, LiteralPathSet, TableSet, QuerySet])]
public sealed partial class InvokeEmFitCommand : DatabaseRowCommand
{
    private RowReader? _reader;
    private RowCollector? _collector;
    private GaussianMixture? _initial;
    private StartColumns? _start;
    private CheckpointOptions? _checkpoint;
    private object? _latestProgress;
    private int _combinationCount;
    private bool _lacksComponentCount;
    private bool _toleratesGaps;

    /// <summary>
    /// The columns, by name or wildcard, in the order wanted; of objects also paths such as Took.TotalSeconds, script blocks, and calculated columns as
    /// for Select-Object: @{ n = 'ms'; e = { $_.Took.TotalMilliseconds } }. Default: those of -InitialModel, or else all columns with a number in the
    /// first 100 rows (-Verbose lists the others), without those that cannot be fitted, which a warning lists: constant ones, repetitions of others,
    /// and linear combinations of others. Rows without names have the columns x1, x2, ...; for them, new names can be given here, one per column.
    /// </summary>
    [Parameter(Position = 0, HelpMessage = "The columns, by name or wildcard, or calculated as for Select-Object, in the order wanted.")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public override object[]? Property { get; set; }

    /// <summary>Columns to leave out, by name or wildcard, of those that -Property or the default selects.</summary>
    [Parameter(HelpMessage = "Columns to leave out, by name or wildcard, of those that -Property or the default selects.")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [AllowEmptyCollection]
    public string[]? ExcludeProperty { get; set; }

    /// <summary>Numbers of components, such as 3 or (1..9). Default: that of the start or of -FixedWeight; without these, 1 to 9 are tried, and the one
    /// best fit by BIC is returned.</summary>
    [Parameter(Position = 1, HelpMessage = "Number of components, such as 3 or (1..9).")]
    [ValidateNotNullOrEmpty]
    [ValidateRange(1, int.MaxValue)]
    public int[]? ComponentCount { get; set; }

    /// <summary>
    /// What the covariance matrices share in volume, shape and orientation: E (equal), V (variable) or I (identity: a sphere, or axes parallel to the
    /// columns). VVV or Full shares nothing (default); EEE or Tied is one matrix; VVI or Diagonal, variances only; VII or Spherical, one variance per
    /// component. With one column there are only E and V, and every model becomes one of them. Wildcards select several of the fourteen models: * all
    /// of them, V* those of variable volume.
    /// </summary>
    [Parameter(HelpMessage = "What the covariance matrices share in volume, shape and orientation.")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CovarianceModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] CovarianceModel { get; set; } = ["VVV"];

    /// <summary>The maximum number of iterations of a run. Default 10000.</summary>
    [Parameter(HelpMessage = "The maximum number of iterations of a run.")]
    [ValidateRange(1, int.MaxValue)]
    public int MaxIteration { get; set; } = 10_000;

    /// <summary>A run has converged when further iterations are estimated to gain at most this much log-likelihood per row. 0 always runs -MaxIteration
    /// iterations. Default: 1e-8, or 0.005 divided by the number of rows if that is less (more than 500 000 rows). Options.Tolerance of the fit
    /// reports the value used.</summary>
    [Parameter(HelpMessage = "The most log-likelihood per row that further iterations of a converged run are estimated to gain.")]
    [ValidateRange(0.0, double.MaxValue)]
    public double? Tolerance { get; set; }

    /// <summary>Seed of the starts. Default 0: the same rows always give the same fit.</summary>
    [Parameter(HelpMessage = "Seed of the starts.")]
    public ulong Seed { get; set; }

    /// <summary>A mixture or a fit to start from, instead of the command's own starts. Its columns are found by name.</summary>
    [Parameter(HelpMessage = "A mixture or a fit to start from, instead of the command's own starts.")]
    [AllowNull]
    [AllowEmptyCollection]
    [ModelFromFile]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public PSObject? InitialModel { get; set; }

    /// <summary>A column of labels to start from: one component for each distinct label. It is not part of the rows that are fitted.</summary>
    [Parameter(HelpMessage = "A column of labels to start from: one component for each distinct label.")]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public string? InitialComponent { get; set; }

    /// <summary>Columns of responsibilities to start from, one per component: numbers of at least 0, which are divided by their sum in each row. They
    /// are not part of the rows that are fitted.</summary>
    [Parameter(HelpMessage = "Columns of responsibilities to start from, one per component.")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? InitialResponsibility { get; set; }

    /// <summary>
    /// Where the starts come from: KMeans (the default; alternating between clusters and neighbourhoods), Hierarchical (agglomeration by likelihood),
    /// Random (random rows as means), ShortRuns (the best of several short runs from random starts), Split (a mixture with one component fewer,
    /// after one of its components is split). Has no effect if a start is given.
    /// </summary>
    [Parameter(HelpMessage = "Where the starts come from: KMeans (the default), Hierarchical, Random, ShortRuns or Split.")]
    [ValidateSet("KMeans", "Hierarchical", "Random", "ShortRuns", "Split")]
    public string Initialization { get; set; } = "KMeans";

    /// <summary>Mixing weights that are kept fixed, one per component. With -InitialModel they apply to its components in order.</summary>
    [Parameter(HelpMessage = "Mixing weights that are kept fixed, one per component.")]
    [ValidateNotNullOrEmpty]
    public double[]? FixedWeight { get; set; }

    /// <summary>Number of starts, the best of which is kept. Default 10; in a search over several models or numbers of components 3 for each, because
    /// these fits also start from each other. From 10 components or 20 000 rows on, and where an iteration takes millions of multiplications, starts
    /// are run one by one until further ones no longer help. Hierarchical and Split have fewer distinct starts.</summary>
    [Parameter(HelpMessage = "Number of starts, the best of which is kept.")]
    [ValidateRange(1, int.MaxValue)]
    public int RestartCount { get; set; } = 10;

    /// <summary>
    /// How the iterations are accelerated: Anderson (the default) extrapolates them and undoes any step that lowers the log-likelihood; None is plain
    /// expectation-maximization, which fits with noise or trimming always are.
    /// </summary>
    [Parameter(HelpMessage = "How the iterations are accelerated: Anderson (the default) or None.")]
    [ValidateSet("Anderson", "None")]
    public string Acceleration { get; set; } = "Anderson";

    /// <summary>
    /// Looks for the mode of the posterior under the conjugate prior of Fraley and Raftery (2007) with its default hyperparameters, so that no
    /// component can collapse. Available for EII, VII, EEI, VVI, EEE and VVV.
    /// </summary>
    [Parameter(HelpMessage = "Looks for the mode of the posterior under a conjugate prior, so that no component can collapse.")]
    public SwitchParameter Prior { get; set; }

    /// <summary>
    /// What happens to a component that collapses or loses its rows: Reseed (the default) restarts it where the rows are explained worst, Drop
    /// removes it, Stop ends the fit with the last sound mixture. The fit's Warnings report what happened.
    /// </summary>
    [Parameter(HelpMessage = "What happens to a component that collapses: Reseed (the default), Drop or Stop.")]
    [ValidateSet("Reseed", "Drop", "Stop")]
    public string CollapsePolicy { get; set; } = "Reseed";

    /// <summary>
    /// The minimum covariance of a component as a fraction of the squared width of the densest tenth of the rows, at least 0 and less than 1; a
    /// component below it has collapsed. Default 1e-10: a standard deviation 100 000 times smaller. Unless it is 0, the variance due to rounding is
    /// added: one twelfth of the square of the step in which a column was recorded. Neither distant rows nor units matter.
    /// </summary>
    [Parameter(HelpMessage = "The minimum covariance of a component, as a fraction of the squared width of the densest tenth of the rows.")]
    public double CovarianceFloor { get; set; } = 1e-10;

    /// <summary>
    /// Fit the columns divided by their standard deviations. All results are reported in the original units. This matters for models that compare
    /// columns, such as VII: its components are then spheres in units of standard deviations, and ellipsoids along the axes in the original units.
    /// </summary>
    [Parameter(HelpMessage = "Fit the columns divided by their standard deviations.")]
    public SwitchParameter Standardize { get; set; }

    /// <summary>Time after which the best mixture found so far is returned, with a warning. A plain number means seconds. With several combinations
    /// the limit applies to each of them. If none has been found by then, a start is returned, which takes one pass over the rows.</summary>
    [Parameter(HelpMessage = "Time after which the best mixture found so far is returned, with a warning.")]
    [Seconds]
    public TimeSpan? TimeLimit { get; set; }

    /// <summary>
    /// A file that saves the state of the fit while it runs. If the file exists, the fit resumes from it: the same command after a crash, a reboot or
    /// a time limit ends with the same numbers as if nothing had happened. The file is removed when the fit is done. A checkpoint of different rows
    /// or options is refused.
    /// </summary>
    [Parameter(HelpMessage = "A file that saves the state of the fit while it runs.")]
    [ValidateNotNullOrEmpty]
    public string? Checkpoint { get; set; }

    /// <summary>Time between two saves of the state to -Checkpoint. A plain number means seconds; 0 saves it after each iteration. Default 30
    /// seconds.</summary>
    [Parameter(HelpMessage = "Time between two saves of the state to -Checkpoint.")]
    [Seconds]
    public TimeSpan? CheckpointInterval { get; set; }

    /// <summary>Iterations of a run between two saves of the state to -Checkpoint. Default: -CheckpointInterval alone decides.</summary>
    [Parameter(HelpMessage = "Iterations of a run between two saves of the state to -Checkpoint.")]
    [ValidateRange(1, int.MaxValue)]
    public int? CheckpointIteration { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        if (MyInvocation.BoundParameters.ContainsKey(nameof(InitialModel)))
        {
            _initial = ModelArgument.Resolve(InitialModel, nameof(InitialModel));
        }

        _start = StartColumns.Create(InitialComponent, InitialResponsibility, Culture, () => Store.PrepareStorage().Beside());
        _known = FindKnownColumn();
        _groups = FindGroups();
        CheckDatabase();
        CheckSessions();
        if (_initial is not null && _start is not null)
        {
            throw new CommandException(
                "TwoStarts",
                "Both -InitialModel and columns to start from were given. Leave one of them out.");
        }

        // wrong options are told before the rows are read
        CovarianceModelArgument.Resolve(CovarianceModel);
        _lacksComponentCount = MyInvocation.ExpectingInput
            && ComponentCountArgument.IsMissing(ComponentCount, _initial, Starts, FixedWeight, GivenColumns.Names);
        if (_lacksComponentCount)
        {
            // the first row tells what was meant
            return;
        }

        CheckCombinations();
        _checkpoint = CreateCheckpoint();
        EmOptions options = CreateOptions(_initial);
        options.Checkpoint = _checkpoint;
        CreateAxes([options.ComponentCount], [options.CovarianceModel]).Combine(options)[0].Validate();
        CheckTrimming();
        _reader = ReadRows(GivenColumns.Names, _initial?.Property, ExcludeProperty, Extras);
    }

    /// <inheritdoc/>
    private protected override void TakeRow(PSObject? row, object?[]? cells)
    {
        CheckLack(row);
        double[] numbers = _reader!.Read(row, cells);
        _collector ??= CreateCollector(row);
        RowStore.Keep(_collector, _reader, numbers, Extras);
        Tick(_reader.Count);
    }

    private RowCollector CreateCollector(PSObject? row)
    {
        _toleratesGaps = LeavesOutGaps(row);
        return Store.CreateCollector(_reader!, _toleratesGaps ? MissingValuePolicy.Marginalize : ParsePolicy());
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        CheckLack(null);
        if (FitsElsewhere())
        {
            return;
        }

        CheckInput();
        RowTable table = ReadsFiles ? Store.ReadFiles(GivenColumns.Names ?? _initial?.Property ?? [], ExcludeProperty, Extras) : Store.BuildTable(_collector);
        table = ChooseColumns(table);
        IObservations observations = table.Observations;
        TellRows(observations, table.Intake);
        if (_groups is not null)
        {
            FitGroups(table);
            return;
        }

        TellKnown();
        TellCheckpoint();
        Write(BackgroundWork.Run(() => Fit(observations), ReportProgress, StopToken), table.Intake);
    }

    /// <summary>Fits every combination requested; on any thread.</summary>
    private IReadOnlyList<IFitOutcome> Fit(IObservations observations)
    {
        EmOptions options = CreateOptions(_initial is null ? null : ColumnOrder.Arrange(_initial, observations.Property));
        options.InitialResponsibilities = _start?.Build();
        options.Checkpoint = _checkpoint;
        IReadOnlyList<CovarianceModel> models = CovarianceModelArgument.Resolve(CovarianceModel, observations.Property.Count);
        int[] componentCounts = FindComponentCounts(_initial);
        if (TrimFraction is not null)
        {
            return FitTrimmed(observations, options, componentCounts, models);
        }

        SearchAxes axes = CreateAxes(componentCounts, models);
        IReadOnlyList<EmOptions> combinations = axes.Combine(options);
        if (combinations.Count > 1)
        {
            _combinationCount = combinations.Count;
            return new ModelSearch(options, progress => Volatile.Write(ref _latestProgress, progress)).Fit(observations, axes, StopToken);
        }

        return [new EmEstimator(combinations[0], progress => Volatile.Write(ref _latestProgress, progress)).Fit(observations, StopToken)];
    }

    /// <summary>What the fits differ in.</summary>
    private SearchAxes CreateAxes(IReadOnlyList<int> componentCounts, IReadOnlyList<CovarianceModel> models) => new(componentCounts, models)
    {
        Tails = Tails,
        Noise = NoiseOptional ? [false, true] : [Noise],
    };

    private EmOptions CreateOptions(GaussianMixture? initial)
    {
        EmOptions options = new()
        {
            ComponentCount = FindComponentCounts(initial)[0],
            MaxIteration = MaxIteration,
            Tolerance = Tolerance,
            Seed = Seed,
            InitialMixture = initial,
            KnownComponents = BuildKnown(),
            Frozen = FindFrozen(initial),
            AdditionalComponentCount = AdditionalComponentCount,
            RegularizeCovariance = RegularizeCovariance,
            FixedWeights = FixedWeight,
            Initialization = (InitializationMethod)Enum.Parse(typeof(InitializationMethod), Initialization, ignoreCase: true),
            Acceleration = (AccelerationMethod)Enum.Parse(typeof(AccelerationMethod), Acceleration, ignoreCase: true),
            Prior = Prior,
            Noise = Noise || NoiseOptional,
            NoiseVolume = NoiseVolume,
            Tail = Tails[0],
            DegreesOfFreedom = DegreesOfFreedom,
            CommonDegreesOfFreedom = CommonDegreesOfFreedom,
            TrimFraction = TrimFraction?[0],
            EigenvalueRatio = EigenvalueRatio,
            CollapsePolicy = (CollapsePolicy)Enum.Parse(typeof(CollapsePolicy), CollapsePolicy, ignoreCase: true),
            CovarianceFloor = CovarianceFloor,
            Standardize = Standardize,
            ThreadCount = ThrottleLimit,
            TimeLimit = TimeLimit,
        };

        // a number that is not given means fewer starts in a search over several models
        if (MyInvocation.BoundParameters.ContainsKey(nameof(RestartCount)))
        {
            options.RestartCount = RestartCount;
        }

        return options;
    }

    private CheckpointOptions? CreateCheckpoint()
    {
        if (Checkpoint is null)
        {
            return CheckpointInterval is null && CheckpointIteration is null
                ? null
                : throw new CommandException(
                    "CheckpointMissing",
                    "-CheckpointInterval or -CheckpointIteration was given, but no file to save the state in. Add -Checkpoint, or leave them out.");
        }

        CheckpointOptions options = new(FilePaths.ResolveTarget(SessionState, Checkpoint, force: false, noClobber: false)) { IterationCount = CheckpointIteration };
        options.Interval = CheckpointInterval ?? options.Interval;
        return options;
    }

    private IStartColumns? Starts => (IStartColumns?)_known ?? _start;

    /// <summary>Whether nothing says how many components, so that several numbers are tried and the best fit is chosen.</summary>
    private bool ChoosesComponentCount => ComponentCountArgument.IsOpen(ComponentCount, _initial, Starts, FixedWeight);

    private int[] FindComponentCounts(GaussianMixture? initial) => ComponentCountArgument.Find(
        ComponentCount, initial, AdditionalComponentCount, Starts, FixedWeight, GivenColumns.Names);

    /// <summary>Refuses several numbers of components with a parameter that fits only one.</summary>
    private void CheckCombinations() => ComponentCountArgument.RequireOne(
        FindComponentCounts(_initial),
        _initial is not null ? nameof(InitialModel)
            : FixedWeight is not null ? nameof(FixedWeight)
            : InitialComponent is not null ? nameof(InitialComponent)
            : InitialResponsibility is not null ? nameof(InitialResponsibility)
            : null);

    private void ReportProgress()
    {
        switch (Volatile.Read(ref _latestProgress))
        {
            case EmProgress progress:
                Progress.Report(() => ProgressText.Describe(progress), ProgressText.Percent(progress));
                break;
            case FitPoolProgress progress:
                Progress.Report(() => ProgressText.Describe(progress), 100 * progress.Done / progress.Total);
                break;
            case null when _combinationCount > 0:
                Progress.Report(() => FormattableString.Invariant($"0/{_combinationCount}"), 0);
                break;
        }
    }
}

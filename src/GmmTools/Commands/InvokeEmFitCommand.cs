using System;
using System.Globalization;
using System.Management.Automation;
using System.Threading;
using GmmTools.Binding;
using GmmTools.Completion;
using GmmTools.Connectors;
using GmmTools.Estimation;
using GmmTools.Estimation.Acceleration;
using GmmTools.Estimation.Initialization;
using GmmTools.Mixtures;
using GmmTools.Observations;

namespace GmmTools.Commands;

/// <summary>Fits a Gaussian mixture to rows by expectation-maximization.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "EmFit", DefaultParameterSetName = InputObjectSet)]
[OutputType(typeof(EmFit), ParameterSetName = [InputObjectSet, PathSet, LiteralPathSet])]
public sealed class InvokeEmFitCommand : RowCommand
{
    private RowReader? _reader;
    private ObservationsBuilder? _builder;
    private GaussianMixture? _initial;
    private StartColumns? _start;
    private object? _latestProgress;

    /// <summary>
    /// The columns, by name or wildcard, in the order wanted. Default: those of -InitialModel, else all whose first value is a
    /// number. Rows without names have the columns x1, x2, ...; for them these may also be new names, one per column.
    /// </summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Property { get; set; }

    /// <summary>Number of components. Default: that of -InitialModel.</summary>
    [Parameter(Position = 1, HelpMessage = "Number of components.")]
    [ValidateRange(1, int.MaxValue)]
    public int ComponentCount { get; set; }

    /// <summary>
    /// What the covariance matrices share: VVV or Full (nothing; default), EEE or Tied (one matrix), VVI or Diagonal (variances only),
    /// VII or Spherical (one variance per component).
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(CovarianceModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string CovarianceModel { get; set; } = "VVV";

    /// <summary>The most iterations of a run. Default 10000.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxIteration { get; set; } = 10_000;

    /// <summary>A run has converged when the log-likelihood that is estimated to remain, per row, is at most this. 0 runs all of
    /// -MaxIteration. Default 1e-8.</summary>
    [Parameter]
    [ValidateRange(0.0, double.MaxValue)]
    public double? Tolerance { get; set; }

    /// <summary>Seed of the starts. Default 0: the same rows always give the same fit.</summary>
    [Parameter]
    public ulong Seed { get; set; }

    /// <summary>A mixture or a fit to start from, instead of starts of its own. Its columns are found by name.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject? InitialModel { get; set; }

    /// <summary>A column of labels to start from: one component for each that differs. It is no part of the rows that are fitted.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public string? InitialComponent { get; set; }

    /// <summary>Columns of responsibilities to start from, one per component: numbers of at least 0, which are divided by their sum in each
    /// row. They are no part of the rows that are fitted.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? InitialResponsibility { get; set; }

    /// <summary>
    /// Where the starts come from: KMeans (the default; clusters and neighbourhoods by turns), Hierarchical (agglomeration by likelihood),
    /// Random (random rows as means), ShortRuns (the best of short runs from random starts), Split (a mixture of one component less, of
    /// which one is split). Without effect where a start is given.
    /// </summary>
    [Parameter]
    [ValidateSet("KMeans", "Hierarchical", "Random", "ShortRuns", "Split")]
    public string Initialization { get; set; } = "KMeans";

    /// <summary>Mixing weights that are kept as they are, one per component. With -InitialModel they belong to its components in
    /// order.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public double[]? FixedWeight { get; set; }

    /// <summary>Number of starts, of which the best is kept. Default 10. Hierarchical and Split have fewer that differ.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int RestartCount { get; set; } = 10;

    /// <summary>
    /// How the iterations are sped up: Anderson (the default) extrapolates them and takes back what lowers the log-likelihood, None
    /// is plain expectation-maximization.
    /// </summary>
    [Parameter]
    [ValidateSet("Anderson", "None")]
    public string Acceleration { get; set; } = "Anderson";

    /// <summary>
    /// Looks for the mode of the posterior under the conjugate prior of Fraley and Raftery (2007) with its default hyperparameters, under
    /// which no component collapses. For EII, VII, EEI, VVI, EEE and VVV.
    /// </summary>
    [Parameter]
    public SwitchParameter Prior { get; set; }

    /// <summary>
    /// What becomes of a component that collapses or starves: Reseed (the default) puts it back where the rows are explained worst, Drop
    /// removes it, Stop ends the fit with the last sound mixture. The fit's Warnings say what happened.
    /// </summary>
    [Parameter]
    [ValidateSet("Reseed", "Drop", "Stop")]
    public string CollapsePolicy { get; set; } = "Reseed";

    /// <summary>
    /// The least covariance of a component as a fraction of the covariance of all rows, at least 0 and less than 1; a component below it
    /// has collapsed. Default 1e-10: a standard deviation 100 000 times smaller than that of all rows. It does not depend on units.
    /// </summary>
    [Parameter]
    public double CovarianceFloor { get; set; } = 1e-10;

    /// <summary>Time after which the best mixture so far is returned, with a warning. A plain number means seconds.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan? TimeLimit { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        if (MyInvocation.BoundParameters.ContainsKey(nameof(InitialModel)))
        {
            _initial = ModelArgument.Resolve(InitialModel, nameof(InitialModel));
        }

        _start = StartColumns.Create(InitialComponent, InitialResponsibility, Culture);
        if (_initial is not null && _start is not null)
        {
            throw new CommandException(
                "TwoStarts",
                ErrorCategory.InvalidArgument,
                "Both -InitialModel and columns to start from are given. Leave one of them out.");
        }

        // wrong options are told before the rows are read
        CreateOptions(_initial).Validate();
        _reader = new RowReader(Property, _initial?.Property, Culture, _start?.Columns);
    }

    /// <inheritdoc/>
    private protected override void ProcessRow(PSObject? row)
    {
        double[] numbers = _reader!.Read(row);
        _builder ??= new ObservationsBuilder(_reader.Property);
        _builder.Add(numbers);
        _start?.Add(new RowLocation(_reader.Count), _reader.GetExtra(row!));
        Tick(_reader.Count);
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        InMemoryObservations observations = ReadsFiles
            ? ReadFiles(Property ?? _initial?.Property ?? [], _start)
            : (_builder ?? new ObservationsBuilder(["none"])).Build();
        WriteVerbose(string.Format(
            CultureInfo.InvariantCulture, "Columns {0}; {1} rows.", string.Join(", ", observations.Property), observations.Count));
        EmOptions options = CreateOptions(_initial is null ? null : ColumnOrder.Arrange(_initial, observations.Property));
        options.InitialResponsibilities = _start?.ToMatrix();
        EmFit fit = Fit(options, observations);
        Tell(fit);
        WriteObject(fit);
    }

    private EmFit Fit(EmOptions options, InMemoryObservations observations)
    {
        EmEstimator estimator = new(options, progress => Volatile.Write(ref _latestProgress, progress));
        return BackgroundWork.Run(() => estimator.Fit(observations, StopToken), ReportProgress, StopToken);
    }

    private EmOptions CreateOptions(GaussianMixture? initial) => new()
    {
        ComponentCount = FindComponentCount(initial),
        CovarianceModel = CovarianceModels.Parse(CovarianceModel),
        MaxIteration = MaxIteration,
        Tolerance = Tolerance,
        Seed = Seed,
        InitialMixture = initial,
        FixedWeights = FixedWeight,
        RestartCount = RestartCount,
        Initialization = (InitializationMethod)Enum.Parse(typeof(InitializationMethod), Initialization, ignoreCase: true),
        Acceleration = (AccelerationMethod)Enum.Parse(typeof(AccelerationMethod), Acceleration, ignoreCase: true),
        Prior = Prior,
        CollapsePolicy = (CollapsePolicy)Enum.Parse(typeof(CollapsePolicy), CollapsePolicy, ignoreCase: true),
        CovarianceFloor = CovarianceFloor,
        ThreadCount = ThrottleLimit,
        TimeLimit = TimeLimit,
    };

    private int FindComponentCount(GaussianMixture? initial) =>
        ComponentCount > 0 ? ComponentCount
        : initial is not null ? initial.ComponentCount
        : _start is not null ? Math.Max(1, _start.ComponentCount)
        : throw new CommandException(
            "ComponentCountMissing",
            ErrorCategory.InvalidArgument,
            "How many components? Add -ComponentCount, for example -ComponentCount 2, or a mixture to start from with -InitialModel.");

    private void ReportProgress()
    {
        if (Volatile.Read(ref _latestProgress) is EmProgress progress)
        {
            Progress.Report(() => ProgressText.Describe(progress), ProgressText.Percent(progress));
        }
    }

    private void Tell(EmFit fit)
    {
        foreach (EmStart start in fit.Starts)
        {
            WriteVerbose(string.Format(
                CultureInfo.InvariantCulture,
                "Start {0} of {1} ({2}): {3} iterations, log-likelihood {4:F4}, {5}.",
                start.Start,
                fit.Starts.Count,
                start.Initialization,
                start.IterationCount,
                start.LogLikelihood,
                start.StopReason));
        }

        WriteVerbose(string.Format(
            CultureInfo.InvariantCulture,
            "Kept: {0} iterations, log-likelihood {1:F4}, {2}.",
            fit.IterationCount,
            fit.LogLikelihood,
            fit.StopReason));
        foreach (string warning in fit.Warnings)
        {
            WriteWarning(warning);
        }
    }
}

using System;
using System.Globalization;
using System.Management.Automation;
using System.Threading;
using GmmTools.Binding;
using GmmTools.Completion;
using GmmTools.Estimation;
using GmmTools.Estimation.Acceleration;
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

    /// <summary>Columns to leave out, by name or wildcard: of those that -Property or the default choose.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? ExcludeProperty { get; set; }

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

    /// <summary>Mixing weights that are kept as they are, one per component. With -InitialModel they belong to its components in
    /// order.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public double[]? FixedWeight { get; set; }

    /// <summary>Number of random starts, of which the best is kept. Default 10.</summary>
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

        // wrong options are told before the rows are read
        CreateOptions(_initial).Validate();
        _reader = new RowReader(Property, _initial?.Property, Culture, ExcludeProperty);
    }

    /// <inheritdoc/>
    private protected override void ProcessRow(PSObject? row)
    {
        double[] numbers = _reader!.Read(row);
        _builder ??= new ObservationsBuilder(_reader.Property);
        _builder.Add(numbers);
        Tick(_reader.Count);
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        InMemoryObservations observations = ReadsFiles
            ? ReadFiles(Property ?? _initial?.Property ?? [], ExcludeProperty)
            : (_builder ?? new ObservationsBuilder(["none"])).Build();
        WriteVerbose(string.Format(
            CultureInfo.InvariantCulture, "Columns {0}; {1} rows.", string.Join(", ", observations.Property), observations.Count));
        EmOptions options = CreateOptions(_initial is null ? null : ColumnOrder.Arrange(_initial, observations.Property));
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
        Acceleration = (AccelerationMethod)Enum.Parse(typeof(AccelerationMethod), Acceleration, ignoreCase: true),
        ThreadCount = ThrottleLimit,
        TimeLimit = TimeLimit,
    };

    private int FindComponentCount(GaussianMixture? initial) =>
        ComponentCount > 0 ? ComponentCount
        : initial is not null ? initial.ComponentCount
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

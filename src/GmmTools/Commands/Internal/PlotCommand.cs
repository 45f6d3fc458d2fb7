using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Binding.Models;
using GmmTools.Binding.Rows;
using GmmTools.Classification;
using GmmTools.Completion;
using GmmTools.Connectors.Cells;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using GmmTools.Plots;
using GmmTools.Selection;

namespace GmmTools.Commands.Internal;

/// <summary>
/// Base of the commands that draw. The input is a mixture, a fit or several fits, or with -Model it is rows.
/// </summary>
public abstract class PlotCommand : RowSourceCommand
{
    private readonly List<PSObject> _models = [];
    private GaussianMixture? _mixture;
    private MixtureClassifier? _classifier;
    private GroupedModels? _groups;
    private GroupColumns? _groupColumns;
    private RowReader? _reader;
    private RowCollector? _collector;

    /// <summary>The mixture, or a fit, for rows that are piped or read from files. Without -Model, the input itself is drawn: a mixture, a fit, or
    /// several fits.</summary>
    [Parameter(Position = 1, HelpMessage = "The mixture, or a fit, for rows that are piped or read from files.")]
    [AllowNull]
    [AllowEmptyCollection]
    [ModelFromFile]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public PSObject? Model { get; set; }

    /// <summary>
    /// What the picture shows. Auto decides by the input: for several fits their criterion; for differences between samples these; for parameters
    /// with their uncertainty the intervals; for a mixture or a fit its density; with rows their
    /// classification in two columns; with -ReferenceModel a comparison; with more than two columns all pairs. Density: the curve and its components,
    /// over a histogram of the rows, or a heat map with contours around 50, 90 and 99 % of the mass. Classification: the rows by component, with
    /// ellipses at one and two standard deviations. Uncertainty: 1 - the probability of the most probable component. Trace: the log-likelihood by
    /// iteration. Criterion: BIC or another criterion by number of components. Pairs: all pairs of columns. Outlier: improbable rows. Comparison: two
    /// mixtures in one picture. Difference: what Compare-MixtureSample finds, the first 15 groups of each column with their intervals.
    /// Interval: what Measure-MixtureUncertainty finds, the means of each column by component with their intervals; where no means are piped, such as after
    /// Where-Object Parameter -eq Weight, what there is. Region: where each class of a classifier is the most probable, in two columns as coloured regions, in
    /// one by the densities of the classes; the default for a classifier.
    /// </summary>
    [Parameter(HelpMessage = "What the picture shows.")]
    [ValidateSet("Auto", "Density", "Classification", "Uncertainty", "Trace", "Criterion", "Pairs", "Outlier", "Comparison", "Difference", "Interval", "Region")]
    public string Kind { get; set; } = "Auto";

    /// <summary>The columns to draw, by name or wildcard, or calculated from objects, as for Invoke-EmFit. Default: all columns of the mixture. Which
    /// component a row belongs to always depends on all columns.</summary>
    [Parameter(HelpMessage = "The columns to draw, by name or wildcard, or calculated from objects, as for Invoke-EmFit.")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public override object[]? Property { get; set; }

    /// <summary>The mixture that is taken as the truth, or a fit, for Comparison. Its columns are matched by name if both mixtures have the same
    /// ones.</summary>
    [Parameter(HelpMessage = "The mixture that is taken as the truth, or a fit, for Comparison.")]
    [AllowNull]
    [AllowEmptyCollection]
    [ModelFromFile]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public PSObject? ReferenceModel { get; set; }

    /// <summary>What Criterion draws; smaller is better.</summary>
    [Parameter(HelpMessage = "What Criterion draws; smaller is better.")]
    [ValidateSet("Bic", "Icl", "Aic", "Aicc")]
    public string Criterion { get; set; } = "Bic";

    /// <summary>Titles of the axes to make logarithmic: names of columns, or Density, Iteration and so on. Numbers that are not positive cannot be
    /// drawn there; the caption says how many rows that affects.</summary>
    [Parameter(HelpMessage = "Titles of the axes to make logarithmic: names of columns, or Density, Iteration and so on.")]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] LogAxis { get; set; } = [];

    /// <summary>Columns that hold points in time, so that their axes show dates: days as from ToOADate, seconds or milliseconds since 1970, or ticks.
    /// The size of the numbers decides which.</summary>
    [Parameter(HelpMessage = "Columns that hold points in time, so that their axes show dates.")]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] DateProperty { get; set; } = [];

    /// <summary>For Outlier: the false-alarm rate, or how often a row drawn from the mixture may be taken for an outlier; above 0 and below 1.
    /// Default: 0.001. The rows are those that Find-MixtureOutlier finds.</summary>
    [Parameter(HelpMessage = "For Outlier: how often a row drawn from the mixture may be taken for an outlier.")]
    public double FalseAlarmRate { get; set; } = 0.001;

    /// <summary>The title. Default: the kind of picture and the model.</summary>
    [Parameter(HelpMessage = "The title.")]
    [AllowEmptyString]
    public string? Title { get; set; }

    /// <summary>Seed for the choice of the 20000 rows that are drawn as points if there are more.</summary>
    [Parameter(HelpMessage = "Seed for the choice of the 20000 rows that are drawn as points if there are more.")]
    public ulong Seed { get; set; } = 1;

    /// <summary>
    /// The maximum amount of memory for the rows, in bytes, such as 1GB. Rows that exceed it are kept in a temporary file, which is read again in
    /// each iteration; the result is the same. Default: half of the free memory.
    /// </summary>
    [Parameter(HelpMessage = "The maximum amount of memory for the rows, in bytes, such as 1GB.")]
    [ValidateRange(0L, long.MaxValue)]
    public long? MemoryLimit
    {
        get => Store.MemoryLimit;
        set => Store.MemoryLimit = value;
    }

    /// <summary>The folder for the temporary file, on a disk with room for 8 bytes per cell. Default: the system's folder for temporary
    /// files.</summary>
    [Parameter(HelpMessage = "The folder for the temporary file, on a disk with room for 8 bytes per cell.")]
    [ValidateNotNullOrEmpty]
    public string? TempPath
    {
        get => Store.TempPath;
        set => Store.TempPath = value;
    }

    /// <inheritdoc/>
    private protected override bool ColumnsAreRead => false;

    private bool TakesRows => MyInvocation.BoundParameters.ContainsKey(nameof(Model)) || ReadsFiles;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        if (TakesRows)
        {
            _groups = GroupedModels.TryRead(Model);
            _groupColumns = _groups is null ? null : GroupColumns.Of(_groups.Columns);
            _classifier = Model?.BaseObject as MixtureClassifier;
            _mixture = _classifier?.ToMixture(out _) ?? (_groups is null ? ModelArgument.Resolve(Model, beside: true) : _groups[_groups.Groups[0]]);
            _reader = ReadRows(null, _mixture.Property, extra: _groupColumns);
        }
    }

    /// <inheritdoc/>
    private protected sealed override void TakeRow(PSObject? row, object?[]? cells)
    {
        if (_reader is null)
        {
            _models.Add(row ?? throw NothingToDraw());
            return;
        }

        double[] numbers = _reader.Read(row, cells);
        _collector ??= Store.CreateCollector(_reader);
        RowStore.Keep(_collector, _reader, numbers, _groupColumns);
        Tick(_reader.Count);
    }

    /// <summary>What the user wants drawn: one picture, or one for each group.</summary>
    private protected IReadOnlyList<PlotRequest> CreateRequests()
    {
        IReadOnlyList<PlotRequest> requests = TakesRows ? AddRows() : AddModels(_models);
        foreach (PlotRequest request in requests.Where(request => request.Mixture is not null))
        {
            AddColumns(request, request.Mixture!);
        }

        return requests;
    }

    private PlotRequest CreateRequest() => new()
    {
        Kind = (PlotKind)Enum.Parse(typeof(PlotKind), Kind, ignoreCase: true),
        Criterion = (SelectionCriterion)Enum.Parse(typeof(SelectionCriterion), Criterion, ignoreCase: true),
        LogAxes = LogAxis,
        DateProperty = DateProperty,
        FalseAlarmRate = FalseAlarmRate,
        Title = Title,
        Seed = Seed,
    };

    private static CommandException NothingToDraw() => new(
        "NoModel",
        "There is nothing to draw. Pipe a mixture or fits, or pipe rows and give the mixture with -Model.");

    private IReadOnlyList<PlotRequest> AddRows()
    {
        PlotRequest request = CreateRequest();
        request.Mixture = _mixture;
        request.Classifier = _classifier;
        bool isWithoutRows = !ReadsFiles && _collector is null && !MyInvocation.ExpectingInput && InputObject is null;
        if (isWithoutRows || request.Kind is PlotKind.Trace or PlotKind.Criterion or PlotKind.Difference or PlotKind.Interval)
        {
            // drawn as if the model had been piped: rows add nothing
            return AddModels([Model!]);
        }

        RowTable table = ReadsFiles ? Store.ReadFiles(_mixture!.Property, extra: _groupColumns) : Store.BuildTable(_collector);
        if (table.Intake.Warning is string warning)
        {
            WriteWarning(warning);
        }

        if (_groups is not null)
        {
            return AddGroups(table.Observations);
        }

        request.Rows = table.Observations;
        return [request];
    }

    /// <summary>One picture for each group that has a model and rows.</summary>
    private List<PlotRequest> AddGroups(IObservations observations)
    {
        GroupedRows rows = _groupColumns!.Rows;
        Dictionary<RowGroup, RowTable> tables = rows.Groups.Zip(Store.Split(rows, observations), (group, table) => (group, table))
            .ToDictionary(pair => pair.group, pair => pair.table);
        List<PlotRequest> requests = [];
        foreach (RowGroup group in _groups!.Groups)
        {
            if (!tables.TryGetValue(group, out RowTable? table))
            {
                WriteWarning($"There are no rows of {group}.");
                continue;
            }

            PlotRequest request = CreateRequest();
            request.Mixture = _groups[group];
            request.Rows = table.Observations;
            request.Group = group.ToString();
            requests.Add(request);
        }

        return requests;
    }

    private IReadOnlyList<PlotRequest> AddModels(IReadOnlyList<PSObject> given)
    {
        PSObject[] models = [.. given.SelectMany(FitArgument.Enumerate)];
        if (models.Length == 0)
        {
            throw NothingToDraw();
        }

        PlotKind kind = CreateRequest().Kind;
        if (kind == PlotKind.Difference || (kind == PlotKind.Auto && DifferenceArgument.IsDifference(models[0])))
        {
            return [.. models.Select(DifferenceArgument.Read).GroupBy(line => line.Column, StringComparer.OrdinalIgnoreCase).Select(AddDifferences)];
        }

        if (kind == PlotKind.Interval || (kind == PlotKind.Auto && IntervalArgument.IsInterval(models[0])))
        {
            return [.. IntervalArgument.Read(models, GivenColumns.Names).Select(AddIntervals)];
        }

        return [.. models.GroupBy(GroupedModels.GroupOf).Select(group => AddModels([.. group], group.Key))];
    }

    /// <summary>A picture of each column, which has a unit of its own.</summary>
    private PlotRequest AddDifferences(IEnumerable<DifferenceLine> lines)
    {
        PlotRequest request = CreateRequest();
        request.Kind = PlotKind.Difference;
        request.Differences = [.. lines];
        return request;
    }

    /// <summary>A picture of each parameter, for the same reason.</summary>
    private PlotRequest AddIntervals(IReadOnlyList<IntervalLine> lines)
    {
        PlotRequest request = CreateRequest();
        request.Kind = PlotKind.Interval;
        request.Intervals = lines;
        return request;
    }

    private PlotRequest AddModels(PSObject[] models, RowGroup? group)
    {
        PlotRequest request = CreateRequest();
        request.Group = group?.ToString();
        if (request.Kind == PlotKind.Trace)
        {
            request.Traces = [.. models.Select(FitArgument.ReadTrace)];
        }
        else if (request.Kind == PlotKind.Criterion || (request.Kind == PlotKind.Auto && models.Length > 1))
        {
            request.Kind = PlotKind.Criterion;
            request.Fits = [.. models.Select(FitArgument.Read)];
        }
        else if (models.Length == 1 && models[0].BaseObject is MixtureClassifier classifier)
        {
            request.Mixture = classifier.ToMixture(out _);
            request.Classifier = classifier;
        }
        else
        {
            request.Mixture = ModelArgument.Resolve(models.Length == 1 ? models[0] : PSObject.AsPSObject(models), "InputObject");
        }

        return request;
    }

    private void AddColumns(PlotRequest request, GaussianMixture mixture)
    {
        if (GivenColumns.Names is not null)
        {
            request.Property = [.. ColumnSelector.Resolve(mixture.Property, GivenColumns.Names).Select(column => mixture.Property[column])];
        }

        if (ReferenceModel is not null)
        {
            request.Reference = ColumnOrder.Arrange(ModelArgument.Resolve(ReferenceModel, nameof(ReferenceModel)), mixture.Property);
        }
    }
}

using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using GmmTools.Binding;
using GmmTools.Binding.Classification;
using GmmTools.Binding.Models;
using GmmTools.Binding.Rows;
using GmmTools.Classification;
using GmmTools.Completion;
using GmmTools.Estimation;
using GmmTools.Observations.Intake;
using GmmTools.Selection;

namespace GmmTools.Commands.Internal;

/// <summary>Base of the commands that learn classes from rows whose classes are known.</summary>
public abstract class ClassCommand : RowSourceCommand
{
    private ClassColumn? _classes;
    private RowReader? _reader;
    private RowCollector? _collector;
    private FitPoolProgress? _latest;

    /// <summary>CSV files (plain or gzip-compressed) or Parquet files with the rows; wildcards are allowed. The first line of a CSV file names the
    /// columns. Many times faster than Import-Csv.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet, HelpMessage = "CSV or Parquet files; wildcards are allowed.")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files, as for -Path, but without wildcards: characters such as [ are taken literally.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, HelpMessage = "CSV or Parquet files.")]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The column that says which class a row has, by name or calculated as for -Property. It is not part of what is learned. Rows in which it is
    /// blank are left out, with a warning. Names that differ only in case are one class.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The column that says which class a row has.")]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public object[] Class { get; set; } = [];

    /// <summary>The columns to tell classes by, by name or wildcard, or calculated, as for Invoke-EmFit. Default: all numeric ones but for -Class and
    /// -WeightProperty.</summary>
    [Parameter(Position = 1, HelpMessage = "The columns to tell classes by, by name or wildcard, or calculated as for Select-Object; all numeric ones by default.")]
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

    /// <summary>Numbers of components that are tried in each class. 1, the default: one component for each class, and one covariance model for all of them
    /// (EDDA). Others, such as (1..5): each class has a mixture of its own, with the number of components and the covariance model that BIC chooses
    /// for it (MclustDA).</summary>
    [Parameter(HelpMessage = "Numbers of components that are tried in each class.")]
    [ValidateRange(1, int.MaxValue)]
    [ValidateNotNullOrEmpty]
    public int[] ComponentCount { get; set; } = [1];

    /// <summary>The covariance models that are tried; BIC chooses one. Default: all fourteen. With one component, EEE is linear discriminant analysis, VVV
    /// quadratic discriminant analysis and VVI Gaussian naive Bayes: see about_CovarianceModels.</summary>
    [Parameter(HelpMessage = "The covariance models that are tried; BIC chooses one.")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CovarianceModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] CovarianceModel { get; set; } = ["*"];

    /// <summary>Prior probabilities of the classes, as a hashtable such as @{ sound = 99; broken = 1 }: numbers above 0, which are divided by their sum.
    /// Default: the shares of the classes among the rows.</summary>
    [Parameter(HelpMessage = "Prior probabilities of the classes, as a hashtable such as @{ sound = 99; broken = 1 }.")]
    [ValidateNotNull]
    public IDictionary? Prior { get; set; }

    /// <summary>Number of starts of each fit of several components, the best of which is kept. Default 10; where several models or numbers of components are
    /// tried, 3 for each.</summary>
    [Parameter(HelpMessage = "Number of starts of each fit of several components, the best of which is kept.")]
    [ValidateRange(1, int.MaxValue)]
    public int RestartCount { get; set; } = 10;

    /// <summary>How the classes are learned.</summary>
    /// <param name="dimension">Number of columns.</param>
    /// <param name="seed">Seed of the starts.</param>
    private protected ClassifierOptions CreateOptions(int dimension, ulong seed)
    {
        EmOptions estimation = new() { Seed = seed, ThreadCount = ThrottleLimit };

        // a number that is not given means fewer starts in a search over several models
        if (MyInvocation.BoundParameters.ContainsKey(nameof(RestartCount)))
        {
            estimation.RestartCount = RestartCount;
        }

        return new ClassifierOptions
        {
            ComponentCounts = [.. new SortedSet<int>(ComponentCount)],
            Models = CovarianceModelArgument.Resolve(CovarianceModel, dimension),
            Prior = PriorArgument.Read(Prior),
            Estimation = estimation,
        };
    }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        PropertyArgument column = PropertyArgument.Read(Class, Usage);
        RefuseCalculatedInFiles(column);
        _classes = ClassColumn.Create(column);

        // wrong options are told before the rows are read
        CovarianceModelArgument.Resolve(CovarianceModel);
        PriorArgument.Read(Prior);
        _reader = ReadRows(GivenColumns.Names, null, ExcludeProperty, _classes);
    }

    /// <inheritdoc/>
    private protected sealed override string[] RowFiles => ParameterSetName == PathSet ? Path : LiteralPath;

    /// <inheritdoc/>
    private protected sealed override void TakeRow(PSObject? row, object?[]? cells)
    {
        double[] numbers = _reader!.Read(row, cells);
        _collector ??= Store.CreateCollector(_reader);
        RowStore.Keep(_collector, _reader, numbers, _classes);
        Tick(_reader.Count);
    }

    /// <summary>The rows with their classes, when there are no more; says which were left out.</summary>
    private protected ClassifiedRows TakeClasses()
    {
        RowTable table = ReadsFiles ? Store.ReadFiles(GivenColumns.Names ?? [], ExcludeProperty, _classes) : Store.BuildTable(_collector);
        ClassifiedRows rows = BackgroundWork.Run(() => _classes!.Classify(table.Observations), () => Progress.Report(() => "sorting rows by class"), StopToken);
        if (table.Intake.Warning is string omitted)
        {
            WriteWarning(omitted);
        }

        if (_classes!.DescribeOmitted(rows) is string blank)
        {
            WriteWarning(blank);
        }

        return rows;
    }

    /// <summary>The name of the column that says which class a row has.</summary>
    private protected string ClassName => _classes!.Name;

    /// <summary>Notes how much is done, from any thread.</summary>
    private protected void NoteDone(FitPoolProgress progress) => Volatile.Write(ref _latest, progress);

    /// <summary>Reports how many of a thing are done.</summary>
    /// <param name="noun">What they are called.</param>
    private protected void ReportDone(string noun)
    {
        if (Volatile.Read(ref _latest) is FitPoolProgress progress)
        {
            Progress.Report(() => ProgressText.DescribeDone(progress, noun), 100 * progress.Done / progress.Total);
        }
    }
}

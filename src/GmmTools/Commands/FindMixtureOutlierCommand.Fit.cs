using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using GmmTools.Binding;
using GmmTools.Binding.Rows;
using GmmTools.Completion;
using GmmTools.Estimation;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using GmmTools.Outliers;
using GmmTools.Selection;

namespace GmmTools.Commands;

/// <content>Rows that are judged by a mixture that is fitted to them.</content>
public sealed partial class FindMixtureOutlierCommand
{
    private static readonly string[] FitParameters = [nameof(ComponentCount), nameof(SmallestShare)];

    private readonly List<PSObject?> _held = [];
    private RowReader? _fitReader;
    private FirstRows? _fitRows;
    private RowCollector? _fitCollector;
    private FitPoolProgress? _fitProgress;
    private PSObject? _own;

    /// <summary>
    /// Without -Model: the columns to judge, by name or wildcard, as for Invoke-EmFit; default: all numeric ones. With it: columns of the mixture that
    /// the rows do not have, but from which they can be calculated. Either way hashtables of a name and an expression may stand among the names, such
    /// as @{ n = 'ms'; e = { $_.Took.TotalMilliseconds } }, except for files.
    /// </summary>
    [Parameter(ParameterSetName = InputObjectSet, HelpMessage = "The columns to judge, by name or wildcard; all numeric ones by default.")]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public override object[]? Property { get; set; }

    /// <summary>Numbers of components to try where no -Model is given; the best by BIC is used. Default: 1 to 5.</summary>
    [Parameter(ParameterSetName = InputObjectSet, HelpMessage = "Numbers of components to try where no model is given.")]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    [ValidateRange(1, int.MaxValue)]
    public int[] ComponentCount { get; set; } = [1, 2, 3, 4, 5];

    /// <summary>Where no -Model is given: the share of the rows, of those that are no noise, below which a component is not taken to be sound, so that its
    /// rows are judged by the others. Default: 0.02.</summary>
    [Parameter(ParameterSetName = InputObjectSet, HelpMessage = "The share of the rows below which a component is not taken to be sound.")]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public double SmallestShare { get; set; } = 0.02;

    /// <summary>Whether the mixture is fitted to the rows. Where rows are in files what is piped is a model, also if none came.</summary>
    private bool FitsItself => !MyInvocation.BoundParameters.ContainsKey(nameof(Model)) && !(ReadsFiles && MyInvocation.ExpectingInput);

    private void CheckFit()
    {
        if (FitsItself && Training is not null)
        {
            throw new CommandException(
                "TrainingWithoutModel",
                "-Training gives the level of a mixture, but no mixture was given. Add -Model, for example the fit of the rows that are known to be sound.");
        }

        string? given = FitParameters.FirstOrDefault(MyInvocation.BoundParameters.ContainsKey);
        if (!FitsItself && given is not null)
        {
            throw new CommandException(
                "FitOptionWithModel", $"-{given} says how to fit the rows, but -Model gives a mixture already. Leave one of them out.");
        }
    }

    private void BeginFit()
    {
        _fitReader = CreateReader(GivenColumns.Names, null);
        _fitRows = new FirstRows(_fitReader, Collect);
    }

    /// <summary>Keeps the rows of a record until all are there.</summary>
    private void Hold()
    {
        if (ReadsFiles)
        {
            return;
        }

        if (InputObject is not null && RowSource.IsRow(InputObject.BaseObject))
        {
            Hold(InputObject);
            return;
        }

        foreach (PSObject? row in RowSource.Enumerate(InputObject, MyInvocation.ExpectingInput))
        {
            Hold(row);
        }
    }

    private void Hold(PSObject? row)
    {
        // a script may fill the same object anew for each row
        PSObject? kept = row?.BaseObject is PSCustomObject ? row.Copy() : row;
        _held.Add(kept);
        _fitRows!.Add(kept);
    }

    private void Collect(PSObject? row, object?[]? cells)
    {
        double[] numbers = _fitReader!.Read(row, cells);
        _fitCollector ??= Store.CreateCollector(_fitReader);
        _fitCollector.Add(numbers, _fitReader.Weight);
        Tick(_fitReader.Count);
    }

    /// <summary>Fits the rows, and judges them as those of a mixture that was given.</summary>
    private void EndFit()
    {
        _fitRows!.Release();
        EmOptions options = new() { Seed = Seed, ThreadCount = ThrottleLimit };
        RobustReference reference = InSessions
            ? DoInSessions(GivenColumns.Names ?? [], sessions => sessions.Do(rows => FindReference(rows, options)), ReportFit)
            : FindReferenceHere(options);
        WriteVerbose(Describe(reference));
        _own = PSObject.AsPSObject(reference.Sound);
        if (LevelOnly)
        {
            WriteObject(CreateDetector(reference.Sound).Level);
            return;
        }

        base.Begin();
        foreach (PSObject? row in _held)
        {
            ProcessRow(row);
        }

        ReleaseRows();
        base.End();
    }

    private RobustReference FindReferenceHere(EmOptions options)
    {
        RowTable table = ReadsFiles ? Store.ReadFiles(GivenColumns.Names ?? []) : Store.BuildTable(_fitCollector);
        return BackgroundWork.Run(() => FindReference(table.Observations, options), ReportFit, StopToken);
    }

    /// <summary>Fits rows; on any thread.</summary>
    private RobustReference FindReference(IObservations rows, EmOptions options) => RobustReference.Find(
        rows, options, [.. ComponentCount.Distinct()], SmallestShare, progress => Volatile.Write(ref _fitProgress, progress), StopToken);

    private void ReportFit()
    {
        if (Volatile.Read(ref _fitProgress) is FitPoolProgress progress)
        {
            Progress.Report(() => ProgressText.Describe(progress), 100 * progress.Done / progress.Total);
        }
    }

    private static string Describe(RobustReference reference) => string.Format(
        CultureInfo.InvariantCulture,
        "Fitted to the rows: {0}, noise {1:P2}; {2}.",
        reference.Fit.Mixture,
        reference.Fit.Mixture.Noise?.Weight ?? 0,
        reference.LeftOut.Count == 0
            ? "all components are taken to be sound"
            : $"not taken to be sound, since they hold few rows: {Counted.Name(reference.LeftOut.Count, "component")} {string.Join(", ", reference.LeftOut)}");
}

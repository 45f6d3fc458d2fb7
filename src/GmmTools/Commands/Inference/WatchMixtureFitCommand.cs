using System;
using System.Diagnostics;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Binding.Models;
using GmmTools.Binding.Rows;
using GmmTools.Commands.Internal;
using GmmTools.Completion;
using GmmTools.Inference.Watching;
using GmmTools.Mixtures;
using GmmTools.Observations.Intake;

namespace GmmTools.Commands.Inference;

/// <summary>Watches rows as they come and raises an alarm when they depart from the baseline, with a stated mean number of rows between false alarms.</summary>
/// <remarks>
/// <para>
/// Test-MixtureFit asks once about a window; Watch-MixtureFit asks after every row, and a change is found as soon as there is evidence enough. Watched are the mean and the
/// standard deviation of each column in each component and the correlation of each two (up to 8 columns), each up and down, the share of each component, and new mass
/// anywhere. For each the likelihood ratio against the baseline is summed over all rows at which it may have begun. When their weighted mean reaches
/// -FalseAlarmInterval, that is an alarm: it is returned at that moment, with Alarm True, what has changed (Causes), and the row at which the change is
/// estimated to have begun (ChangeRow). At the end the state is returned: how many rows and alarms there were, and how far it is to the next (Level, from 0 to 1).
/// </para>
/// <para>
/// Rows of the baseline itself raise an alarm once in -FalseAlarmInterval rows on average, or less often: that holds for any number of columns and components, by a bound
/// that takes no simulation. For a false alarm a month, give the number of rows a month. A fit knows from how many rows it was estimated, and what it cannot know is no evidence:
/// the fewer rows, the larger a change must be. For a mixture alone, give -BaselineRowCount, or it is taken for the truth. Rows that depend on those before them raise alarms
/// more often: watch rows of the baseline's time that were not fitted before you rely on it. One row counts at most a hundredfold, so a cell that is wrong is no
/// alarm: Find-MixtureOutlier finds such rows.
/// </para>
/// <para>
/// -StatePath keeps the state in a file of JSON, from which the next run goes on: the alarms are the same as if there had been one run. Rows of files are in
/// the state when all of them have been read, or not at all; rows from the pipeline as they come, also when Ctrl+C ends it. A file is for one run at a time, and for one
/// baseline and interval.
/// </para>
/// <para>
/// After an alarm watching begins anew with the next row. With -KeepAlarm the alarm stays instead, and each further run returns it, until the state file is removed or a run
/// without -KeepAlarm begins anew.
/// </para>
/// <para>
/// Source: the sum over change points is that of Shiryaev (1963) and Roberts (1966); its bound is that of e-detectors (Shin, Ramdas and Rinaldo 2022); where a change began is
/// the start of its CUSUM (Page 1954).
/// </para>
/// </remarks>
/// <example>
/// <para>A log against its baseline</para>
/// <code>
/// $log = Import-Csv ./src/Examples/latency.csv
/// $columns = @{ n = 'latency'; e = { [math]::Log10($_.latency_ms) } }, @{ n = 'size'; e = { [math]::Log10($_.size_kb) } }
/// $baseline = $log | Select-Object -First 540 | Invoke-EmFit $columns -ComponentCount 3
/// $log | Select-Object -Skip 540 | Watch-MixtureFit $baseline -Property $columns
/// </code>
/// <para>Rows are counted from the first that is watched. The change begins in the incident; the last line is the state at the end.</para>
/// </example>
/// <example>
/// <para>A scheduled task that goes on where it stopped</para>
/// <code>
/// Import-Csv ./src/Examples/faithful.csv | Select-Object -First 172 | Invoke-EmFit -ComponentCount 2 | Export-GaussianMixture -Path baseline.json
/// $rows = Import-Csv ./src/Examples/faithful.csv | Select-Object -Last 100
/// $null = $rows | Select-Object -First 60 | Watch-MixtureFit baseline.json 10000 -StatePath watch.json
/// $status = $rows | Select-Object -Last 40 | Watch-MixtureFit baseline.json 10000 -StatePath watch.json
/// $status.RowCount
/// </code>
/// <para>The second run has forty rows, and knows of the sixty before.</para>
/// </example>
/// <example>
/// <para>Alarms as they come, and what is done about them</para>
/// <code>
/// $baseline = Invoke-EmFit -Path ./src/Examples/faithful.csv -ComponentCount 2
/// $drifting = 1..300 | ForEach-Object { [pscustomobject]@{ eruptions = 4.3 + 0.4 * [math]::Sin($_); waiting = 85 + 6 * [math]::Cos(7 * $_) } }
/// $drifting | Watch-MixtureFit $baseline 5000 | Where-Object Alarm | Select-Object -First 1 | ForEach-Object { $_.Causes[0].Kind }
/// </code>
/// <para>Get-Content -Wait log.csv | ConvertFrom-Csv in place of $drifting makes this an endless watch. Short eruptions no longer come: the first cause is a weight.</para>
/// </example>
/// <seealso cref="TestMixtureFitCommand"/>
/// <seealso cref="UpdateEmFitCommand"/>
[Cmdlet(VerbsCommon.Watch, "MixtureFit", DefaultParameterSetName = InputObjectSet, HelpUri = OnlineHelp.Page)]
[OutputType(typeof(WatchStatus), typeof(bool), ParameterSetName = [InputObjectSet, PathSet, LiteralPathSet])]
public sealed class WatchMixtureFitCommand : RowSourceCommand
{
    /// <summary>So often at most the state of rows from the pipeline is written.</summary>
    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(1);

    private readonly Stopwatch _sinceSave = Stopwatch.StartNew();
    private MixtureWatch? _watch;
    private WatchStateFile? _file;
    private RowReader? _reader;
    private RowCollector? _check;
    private bool _isSaved = true;
    private long _alarmCount;

    /// <summary>The baseline: a fit, a mixture, or the path of its JSON file. Its columns are found by name; in rows without names, they are in its
    /// order.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = InputObjectSet, HelpMessage = "The baseline: a fit, a mixture, or the path of its JSON file.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, HelpMessage = "The baseline: a fit, a mixture, or the path of its JSON file.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = LiteralPathSet, ValueFromPipeline = true, HelpMessage = "The baseline: a fit, a mixture, or the path of its JSON file.")]
    [AllowNull]
    [AllowEmptyCollection]
    [ModelFromFile]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public PSObject? Model { get; set; }

    /// <summary>Mean number of rows between two false alarms, at least 2: such as the number of rows a month, for a false alarm a month at most. Default:
    /// 100000.</summary>
    [Parameter(Position = 1, HelpMessage = "Mean number of rows between two false alarms, such as the number of rows a month.")]
    public double FalseAlarmInterval { get; set; } = 100_000;

    /// <summary>The file that keeps the state between runs, in JSON; it need not exist. It is written as a whole. Default: nothing is kept.</summary>
    [Parameter(HelpMessage = "The file that keeps the state between runs; it need not exist.")]
    [ValidateNotNullOrEmpty]
    public string? StatePath { get; set; }

    /// <summary>Keep an alarm, and watch no further, until the state file is removed or a run without this parameter begins anew. Default: watching begins anew after
    /// each alarm.</summary>
    [Parameter(HelpMessage = "Keep an alarm, and watch no further.")]
    public SwitchParameter KeepAlarm { get; set; }

    /// <summary>Return True where there was no alarm in this run and none is kept, else False: once, at the end.</summary>
    [Parameter(HelpMessage = "Return True where there was no alarm in this run and none is kept, else False.")]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Number of rows that the baseline was estimated from. Default: that of the fit; a mixture alone is taken for the truth.</summary>
    [Parameter(HelpMessage = "Number of rows that the baseline was estimated from.")]
    [ValidateRange(double.Epsilon, double.MaxValue)]
    public double? BaselineRowCount { get; set; }

    /// <summary>CSV files (plain or gzip-compressed) or Parquet files with the rows, in their order; wildcards are allowed. The first line of a CSV file names the
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

    /// <inheritdoc/>
    private protected override string[] RowFiles => ParameterSetName == PathSet ? Path : LiteralPath;

    /// <inheritdoc/>
    private protected override bool TakesModelFromPipeline => true;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        GaussianMixture mixture = ModelArgument.Resolve(Model, beside: true);
        GroupedModels.Refuse(Model!, "Watch", "Watch-MixtureFit");

        if (WeightProperty is not null)
        {
            throw new CommandException(
                "WeightsNotSupported", "Rows that count several times have no order in which they could be watched. Leave out -WeightProperty.", WeightProperty);
        }

        _watch = new MixtureWatch(mixture, new WatchOptions
        {
            FalseAlarmInterval = FalseAlarmInterval,
            BaselineCount = BaselineRowCount ?? FitCopy.FindFit(Model!, mixture)?.TotalWeight ?? double.PositiveInfinity,
            KeepsAlarm = KeepAlarm,
        });
        if (_watch.Warning is string uncertain)
        {
            WriteWarning(uncertain);
        }

        OpenState();
        _reader = ReadRows(null, mixture.Property);
    }

    /// <inheritdoc/>
    private protected override void TakeRow(PSObject? row, object?[]? cells)
    {
        double[] numbers = _reader!.Read(row, cells);
        _check ??= new RowCollector(_reader.Property, weighted: false, ParsePolicy()) { DescribeMissing = _reader.DescribeMissing };
        if (_check.Check(numbers))
        {
            _isSaved = false;
            Take(numbers);
            if (_sinceSave.Elapsed >= SaveInterval)
            {
                Save();
            }
        }
        else
        {
            _check.ThrowIfMissing();
        }

        Tick(_reader.Count);
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        RowIntake? intake = _check?.Intake;
        if (ReadsFiles)
        {
            RowTable table = Store.ReadFiles(_watch!.Mixture.Property);
            intake = table.Intake;
            foreach ((double[] row, double _) in table.Observations.EnumerateWeighted())
            {
                StopToken.ThrowIfCancellationRequested();
                Take(row);
            }
        }

        Save();
        if (intake?.Warning is string omitted)
        {
            WriteWarning(omitted);
        }

        WatchStatus status = _watch!.Status;
        if (Quiet)
        {
            WriteObject(_alarmCount == 0 && !status.Alarm);
        }
        else if (!status.Alarm || _alarmCount == 0)
        {
            // an alarm that is kept has been told when it was raised
            WriteObject(status);
        }
    }

    /// <inheritdoc/>
    private protected override void Release()
    {
        if (!_isSaved && !ReadsFiles)
        {
            try
            {
                Save();
            }
            catch (WatchStateException)
            {
                // the run is over, and there is nobody to tell; the state before is still there
            }
        }

        _file?.Dispose();
    }

    private void OpenState()
    {
        if (StatePath is null)
        {
            return;
        }

        _file = new WatchStateFile(FilePaths.ResolveTarget(SessionState, StatePath, force: false, noClobber: false));
        if (_file.Load(_watch!))
        {
            WriteVerbose($"Going on from the state '{StatePath}': {Counted.Of(_watch!.Status.RowCount, "row")} so far.");
        }
    }

    private void Take(double[] row)
    {
        if (_watch!.Take(row) is not WatchStatus alarm)
        {
            return;
        }

        _alarmCount++;
        if (!Quiet)
        {
            WriteObject(alarm);
        }

        if (!ReadsFiles)
        {
            // told before it is kept: an alarm that is told twice is better than one that is not told
            Save();
        }
    }

    private void Save()
    {
        _isSaved = true;
        _sinceSave.Restart();
        _file?.Save(_watch!);
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Binding.Models;
using GmmTools.Binding.Rows;
using GmmTools.Commands.Internal;
using GmmTools.Completion;
using GmmTools.Estimation;
using GmmTools.Estimation.Updating;
using GmmTools.Mixtures;
using GmmTools.Observations.Intake;

namespace GmmTools.Commands;

/// <summary>Updates a fit with new rows, without needing the earlier ones.</summary>
/// <remarks>
/// <para>
/// A fit keeps the sufficient statistics of its rows, and Export-GaussianMixture saves them too. They stand for the rows, so yesterday's data is not
/// needed again. EM runs over the new rows and these statistics until it converges, in time that depends only on the new rows. The responsibilities
/// of the earlier rows stay as they were; the log-likelihood counts these rows by the resulting bound. This is incremental EM: Neal and Hinton, A
/// View of the EM Algorithm that Justifies Incremental, Sparse, and Other Variants (1998).
/// </para>
/// <para>
/// The model stays the same: the covariance model, fixed weights, -Prior, -CovarianceFloor, -CollapsePolicy, -Standardize, -Acceleration and -Seed
/// are those of the fit, and Options of the fit lists them. How long to iterate is decided at each update.
/// </para>
/// <para>
/// -ForgettingFactor 0.5 makes all earlier rows count half as much as the new ones, so that a fit that is updated every day follows changes.
/// -BatchSize takes an endless stream in batches as it comes, with one iteration each, in constant memory; with -StepExponent this is the online EM
/// of Cappé and Moulines, Journal of the Royal Statistical Society B 71 (2009) 593-613.
/// </para>
/// <para>
/// Copies of a fit from Export-Clixml or a job keep the options but have no statistics. The statistics that the mixture itself implies are used
/// instead, which for a converged fit are nearly the same. A mixture alone needs -ModelWeight, the number of rows it stands for. Components with
/// Student tails (-Tail of Invoke-EmFit) are updated only with their statistics.
/// </para>
/// </remarks>
/// <example>
/// <para>Yesterday's fit and today's rows</para>
/// <code>
/// $rows = Import-Csv ./src/Examples/faithful.csv
/// $yesterday = $rows | Select-Object -First 200 | Invoke-EmFit -ComponentCount 2
/// $today = $rows | Select-Object -Skip 200 | Update-EmFit $yesterday
/// $today.RowCount
/// </code>
/// <para>The fit stands for all 272 rows, though only 72 were read this time.</para>
/// </example>
/// <example>
/// <para>A model in a file that is kept up to date</para>
/// <code>
/// Import-Csv ./src/Examples/faithful.csv | Select-Object -First 200 | Invoke-EmFit -ComponentCount 2 | Export-GaussianMixture -Path state.json
/// $fit = Import-GaussianMixture state.json
/// Import-Csv ./src/Examples/faithful.csv | Select-Object -Skip 200 | Update-EmFit $fit -ForgettingFactor 0.9 | Export-GaussianMixture -Path state.json
/// (Import-GaussianMixture state.json).RowCount
/// </code>
/// <para>The statistics are in the file. With -ForgettingFactor 0.9 old rows fade with every update.</para>
/// </example>
/// <example>
/// <para>An endless stream</para>
/// <code>
/// $truth = New-GaussianMixture -Weight 0.6, 0.4 -Mean 0, 5 -Covariance 1, 2
/// $start = New-GaussianMixtureSample $truth -Count 500 -Seed 1 | Invoke-EmFit -ComponentCount 2
/// $fit = New-GaussianMixtureSample $truth -Count 50000 -Seed 2 | Update-EmFit $start -BatchSize 500 -StepExponent 0.6
/// Compare-GaussianMixture $truth $fit | Format-Table Parameter, Reference, Difference
/// </code>
/// <para>Each row is looked at once and never kept.</para>
/// </example>
/// <seealso cref="InvokeEmFitCommand"/>
/// <seealso cref="ExportGaussianMixtureCommand"/>
[Cmdlet(VerbsData.Update, "EmFit", DefaultParameterSetName = InputObjectSet, HelpUri = OnlineHelp.Page)]
[OutputType(typeof(EmFit), ParameterSetName = [InputObjectSet, PathSet, LiteralPathSet])]
public sealed class UpdateEmFitCommand : RowSourceCommand
{
    private EmFit? _fit;
    private FitUpdater? _updater;
    private OnlineUpdater? _online;
    private RowReader? _reader;
    private RowCollector? _collector;

    /// <summary>The fit, or a mixture with -ModelWeight. Its columns are found by name; in rows without names, they are in its order.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = InputObjectSet, HelpMessage = "A fit.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, HelpMessage = "A fit.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = LiteralPathSet, ValueFromPipeline = true, HelpMessage = "A fit.")]
    [AllowNull]
    [AllowEmptyCollection]
    [ModelFromFile]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public PSObject? Model { get; set; }

    /// <summary>How many rows a mixture stands for. Not needed for a fit, which knows its own number.</summary>
    [Parameter(HelpMessage = "How many rows a mixture stands for.")]
    [ValidateRange(double.Epsilon, double.MaxValue)]
    public double? ModelWeight { get; set; }

    /// <summary>How much earlier rows count relative to new ones, more than 0 and at most 1. Default 1: just as much. With -BatchSize it applies to every
    /// batch.</summary>
    [Parameter(HelpMessage = "How much earlier rows count relative to new ones, more than 0 and at most 1.")]
    public double ForgettingFactor { get; set; } = 1;

    /// <summary>Take the rows in batches of this size, run one iteration on each as soon as it is full, and forget its rows. Default: all rows
    /// together, to convergence.</summary>
    [Parameter(HelpMessage = "Take the rows in batches of this size, run one iteration on each as soon as it is full, and forget its rows.")]
    [ValidateRange(1, int.MaxValue)]
    public int? BatchSize { get; set; }

    /// <summary>With -BatchSize: the t-th batch has the share t^-StepExponent in the statistics; from 0.5 to 1, such as 0.6. The rows of the earlier
    /// fit count as the batches that they would have made. Above 0.5 the mixture settles; at 0.5 it may keep fluctuating. Default: every row
    /// counts the same.</summary>
    [Parameter(HelpMessage = "With -BatchSize: the t-th batch has the share t^-StepExponent in the statistics; from 0.5 to 1, such as 0.6.")]
    public double? StepExponent { get; set; }

    /// <summary>Return the fit after each batch, not only the last one.</summary>
    [Parameter(HelpMessage = "Return the fit after each batch, not only the last one.")]
    public SwitchParameter EmitAll { get; set; }

    /// <summary>The maximum number of iterations, whatever the fit used. Default 10000, or with -BatchSize 1 per batch.</summary>
    [Parameter(HelpMessage = "The maximum number of iterations, whatever the fit used.")]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxIteration { get; set; }

    /// <summary>As for Invoke-EmFit, with the same default, whatever the fit used; with -BatchSize the default is 0.</summary>
    [Parameter(HelpMessage = "As for Invoke-EmFit, with the same default, whatever the fit used; with -BatchSize the default is 0.")]
    [ValidateRange(0.0, double.MaxValue)]
    public double? Tolerance { get; set; }

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
    private protected override string[] RowFiles => ParameterSetName == PathSet ? Path : LiteralPath;

    /// <inheritdoc/>
    private protected override bool TakesModelFromPipeline => true;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        if (BatchSize is null && (StepExponent is not null || EmitAll))
        {
            throw new CommandException(
                "BatchSizeMissing",
                "-StepExponent and -EmitAll are for rows in batches. Add -BatchSize, such as -BatchSize 1000.");
        }

        _fit = ResolveFit();
        UpdateOptions options = new()
        {
            ForgettingFactor = ForgettingFactor,
            StepExponent = StepExponent,
            MaxIteration = MaxIteration ?? (BatchSize is null ? 10_000 : 1),
            Tolerance = Tolerance ?? (BatchSize is null ? null : 0),
            ExpectsConvergence = BatchSize is null,
            ThreadCount = ThrottleLimit,
        };
        if (BatchSize is int size)
        {
            _online = new OnlineUpdater(_fit, options, size, CreateBatch);
        }
        else
        {
            _updater = new FitUpdater(options);
        }

        _reader = ReadRows(null, _fit.Property);
    }

    /// <inheritdoc/>
    private protected override void TakeRow(PSObject? row, object?[]? cells)
    {
        double[] numbers = _reader!.Read(row, cells);
        Take(numbers, _reader.Weight);
        Tick(_reader.Count);
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        RowTable? table = ReadsFiles ? Store.ReadFiles(_fit!.Property) : null;
        if (_online is not null)
        {
            EndBatches(_online, table);
            return;
        }

        table ??= Store.BuildTable(_collector);
        _fit = BackgroundWork.Run(() => _updater!.Update(_fit!, table.Observations, table.Intake, StopToken), () => { }, StopToken);
        Tell(table.Observations.Count, _fit);
        WriteWarnings(_fit.Warnings);
        WriteObject(_fit);
    }

    private void Take(double[] numbers, double weight)
    {
        if (_online is null)
        {
            _collector ??= Store.CreateCollector(_reader!);
            _collector.Add(numbers, weight);
        }
        else if (_online.Add(numbers, weight))
        {
            EndBatch(_online);
        }
    }

    /// <summary>What keeps the rows of a batch, in memory.</summary>
    private RowCollector CreateBatch()
    {
        RowCollector collector = new(_fit!.Property, WeightProperty is not null, ParsePolicy());
        if (!ReadsFiles)
        {
            collector.DescribeMissing = _reader!.DescribeMissing;
            collector.RowNumber = () => _reader.Count;
        }

        return collector;
    }

    private void EndBatch(OnlineUpdater online)
    {
        long rowCount = BackgroundWork.Run(() => online.EndBatch(StopToken), () => { }, StopToken);
        if (rowCount == 0)
        {
            return;
        }

        Tell(rowCount, online.Fit);
        if (EmitAll)
        {
            WriteWarnings(online.BatchWarnings);
            WriteObject(online.Fit);
        }
    }

    /// <summary>Takes the rows of files and the last batch, reports what concerns all batches together, and returns the last fit.</summary>
    private void EndBatches(OnlineUpdater online, RowTable? table)
    {
        // rows left out of the files are none of those that are taken now
        online.AddLeftOut(table?.Intake.LeftOut ?? new RowIntake(0));
        foreach ((double[] row, double weight) in table?.Observations.EnumerateWeighted() ?? [])
        {
            StopToken.ThrowIfCancellationRequested();
            Take(row, weight);
        }

        EndBatch(online);
        EmFit fit = online.Finish();
        if (!EmitAll)
        {
            WriteWarnings(online.EarlierWarnings);
            WriteWarnings(fit.Warnings);
            WriteObject(fit);
        }
        else if (fit.OmittedRowCount > 0)
        {
            WriteWarnings([fit.Warnings[0]]);
        }
    }

    private void Tell(long rowCount, EmFit fit) => WriteVerbose(string.Format(
        CultureInfo.InvariantCulture, "{0} in {1}; {2} in all.", Counted.Of(rowCount, "row"), Counted.Of(fit.IterationCount, "iteration"), Counted.Of(fit.RowCount, "row")));

    private void WriteWarnings(IEnumerable<string> warnings)
    {
        foreach (string warning in warnings)
        {
            WriteWarning(warning);
        }
    }

    private EmFit ResolveFit()
    {
        GaussianMixture mixture = ModelArgument.Resolve(Model, beside: true);
        if (FitCopy.FindFit(Model!, mixture) is EmFit fit)
        {
            return fit;
        }

        double rows = ModelWeight ?? throw new CommandException(
            "ModelWeightMissing",
            "How many rows does the mixture stand for? Add -ModelWeight, such as -ModelWeight 1000, or give a fit, which knows its own.",
            Model);
        return FitUpdater.Assume(mixture, rows, (long)Math.Round(rows), 0);
    }
}

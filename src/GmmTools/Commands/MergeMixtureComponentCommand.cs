using System;
using System.Collections.Generic;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Binding.Models;
using GmmTools.Binding.Rows;
using GmmTools.Commands.Internal;
using GmmTools.Completion;
using GmmTools.Connectors;
using GmmTools.Merging;
using GmmTools.Mixtures;
using GmmTools.Observations.Intake;
using GmmTools.Sampling;

namespace GmmTools.Commands;

/// <summary>Merges components of a mixture into clusters that need not be normal, two at a time, and returns the whole sequence.</summary>
/// <remarks>
/// <para>A cluster that is not an ellipsoid takes several components. Step by step, the command merges the two clusters whose union makes the
/// classification of the rows clearest: by default those that lower its entropy most (Baudry, Raftery, Celeux, Lo and Gottardo 2010), with -Criterion
/// Overlap those that are most often mistaken for each other (Hennig 2010).</para>
/// <para>The first object is the mixture as it is; each further one has one cluster fewer. Clusters lists the components that belong together;
/// ClusterOfComponent holds the same for scripts. Entropy plotted against CumulativeRowCount is the entropy plot: beyond its bend (IsElbow: where two
/// straight lines fit it best), merging more clusters gains little. The mixture itself does not change: it is still the estimate of the
/// density.</para>
/// <para>Without rows, 10000 are drawn from the mixture. The rows are not kept, only those of their probabilities that are not negligible.</para>
/// </remarks>
/// <example>
/// <para>The entropy plot of a fit with too many components</para>
/// <code>
/// $fit = Invoke-EmFit -Path ./src/Examples/faithful.csv -ComponentCount 4
/// Import-Csv ./src/Examples/faithful.csv | Merge-MixtureComponent $fit
/// </code>
/// <para>Two clusters remain separate.</para>
/// </example>
/// <example>
/// <para>The cluster of each row</para>
/// <code>
/// $fit = Invoke-EmFit -Path ./src/Examples/iris.csv -ComponentCount 4
/// $steps = Merge-MixtureComponent $fit -Path ./src/Examples/iris.csv
/// $two = $steps | Where-Object ClusterCount -eq 2
/// Import-Csv ./src/Examples/iris.csv | Get-MixtureMembership $fit |
///     Group-Object { $two.ClusterOfComponent[$_.Component - 1] }, class | Format-Table Name, Count
/// </code>
/// <para>Setosa is one cluster; the other two species form another.</para>
/// </example>
/// <example>
/// <para>By overlap, without rows</para>
/// <code>
/// $fit = Invoke-EmFit -Path ./src/Examples/iris.csv -ComponentCount 3
/// $fit | Merge-MixtureComponent -Criterion Overlap | Format-List
/// </code>
/// <para>The rows are drawn from the fit.</para>
/// </example>
/// <seealso cref="GetMixtureMembershipCommand"/>
[Cmdlet(VerbsData.Merge, "MixtureComponent", DefaultParameterSetName = InputObjectSet, HelpUri = OnlineHelp.Page)]
[OutputType(typeof(MergeStep), ParameterSetName = [InputObjectSet, PathSet, LiteralPathSet, ModelSet])]
public sealed class MergeMixtureComponentCommand : RowSourceCommand
{
    private const string ModelSet = "Model";
    private const int RowsPerDrawing = 4096;

    private GaussianMixture? _mixture;
    private ComponentMerging? _merging;
    private RowReader? _reader;
    private RowCollector? _rows;

    /// <summary>The mixture, a fit, a copy of either from a file or a job, or the path of its JSON file. Its columns are found by name in the rows;
    /// in rows without names, they are in the order of the mixture.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = InputObjectSet, HelpMessage = "A mixture or a fit.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, HelpMessage = "A mixture or a fit.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = LiteralPathSet, ValueFromPipeline = true, HelpMessage = "A mixture or a fit.")]
    [Parameter(Mandatory = true, ParameterSetName = ModelSet, ValueFromPipeline = true, HelpMessage = "A mixture or a fit.")]
    [AllowNull]
    [AllowEmptyCollection]
    [ModelFromFile]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public PSObject? Model { get; set; }

    /// <summary>Which two clusters are merged next: those whose union lowers the Entropy most (default), or those with the largest Overlap.</summary>
    [Parameter(HelpMessage = "Which two clusters are merged next: those whose union lowers the Entropy most (default), or those with the largest Overlap.")]
    [ValidateSet("Entropy", "Overlap")]
    public string Criterion { get; set; } = "Entropy";

    /// <summary>CSV files (plain or gzip-compressed) or Parquet files with the rows; wildcards are allowed. The first line of a CSV file names the
    /// columns.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet, HelpMessage = "CSV or Parquet files; wildcards are allowed.")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files, as for -Path, but without wildcards: characters such as [ are taken literally.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, HelpMessage = "CSV or Parquet files.")]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Number of rows to draw from the mixture if none are given. Default: 10000.</summary>
    [Parameter(HelpMessage = "Number of rows to draw from the mixture if none are given.")]
    [ValidateRange(1, int.MaxValue)]
    public int SampleCount { get; set; } = 10_000;

    /// <summary>Seed of the random numbers. Default: 1.</summary>
    [Parameter(HelpMessage = "Seed of the random numbers.")]
    public ulong Seed { get; set; } = 1;

    /// <inheritdoc/>
    private protected override string[] RowFiles => ParameterSetName == PathSet ? Path : LiteralPath;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        if (ParameterSetName != ModelSet && Model is not null && !MyInvocation.ExpectingInput)
        {
            Prepare();
        }
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        Prepare();
        if (ParameterSetName == ModelSet)
        {
            Draw();
            Write();
            _merging = null;
        }
        else
        {
            base.Process();
        }
    }

    /// <inheritdoc/>
    private protected override void TakeRow(PSObject? row, object?[]? cells)
    {
        double[] numbers = _reader!.Read(row, cells);
        _rows ??= new RowCollector(_reader.Property, WeightProperty is not null, ParsePolicy(), _merging!.Add) { DescribeMissing = _reader.DescribeMissing };
        _rows.Add(numbers, _reader.Weight);
        Tick(_reader.Count);
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        if (ParameterSetName == ModelSet)
        {
            return;
        }

        Prepare();
        RowIntake? intake = _rows?.Intake;
        if (ReadsFiles)
        {
            FileReadOptions options = CreateReadOptions(_mixture!.Property);
            IReadOnlyList<string> files = FindFiles();
            intake = BackgroundWork.Run(
                () => FileObservationReader.ReadBlocks(files, options, _merging!.Add, CountRows, StopToken), ReportRows, StopToken);
        }
        else if (!MyInvocation.ExpectingInput && InputObject is null)
        {
            Draw();
        }

        _rows?.Flush();
        if (intake?.Warning is string warning)
        {
            WriteWarning(warning);
        }

        Write();
    }

    private void Prepare()
    {
        if (_merging is null)
        {
            _mixture = ModelArgument.Resolve(Model, beside: ParameterSetName != ModelSet);
            _merging = new ComponentMerging(_mixture);
            _reader = ReadRows(null, _mixture.Property);
        }
    }

    private void Draw()
    {
        MixtureSampler sampler = new(_mixture!, Seed);
        double[] rows = new double[RowsPerDrawing * _mixture!.Dimension];
        for (int first = 0; first < SampleCount; first += RowsPerDrawing)
        {
            StopToken.ThrowIfCancellationRequested();
            int count = Math.Min(RowsPerDrawing, SampleCount - first);
            sampler.Draw(first, count, rows, null);
            _merging!.Add(RowBlock.FromRows(rows, count, _mixture.Dimension));
        }
    }

    private void Write()
    {
        ComponentMerging merging = _merging!;
        string criterion = Criterion;
        IReadOnlyList<MergeStep> steps = BackgroundWork.Run(
            () => merging.Merge((MergeCriterion)Enum.Parse(typeof(MergeCriterion), criterion, ignoreCase: true), StopToken),
            () => Progress.Report(() => "combining components"),
            StopToken);
        WriteObject(steps, enumerateCollection: true);
    }
}

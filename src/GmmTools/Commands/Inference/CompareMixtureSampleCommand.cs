using System;
using System.Linq;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Binding.Rows;
using GmmTools.Commands.Internal;
using GmmTools.Completion;
using GmmTools.Inference.Testing;
using GmmTools.Observations.Intake;
using GmmTools.Output;

namespace GmmTools.Commands.Inference;

/// <summary>Compares rows with those of a reference, such as before a deployment, by group and column, and ranks what differs by how much it adds up
/// to.</summary>
/// <remarks>
/// <para>
/// Each group of -GroupProperty and each column is a comparison: the mean of the rows and that of the reference, their medians, the difference with an
/// interval of 95 %, and TotalHarm, the difference times the number of rows, which says what the difference costs in all. The largest is first; where
/// larger numbers are better, read from the end. A group that only one side has is a row at the end, with a Note: no reference, or no rows. So is one of
/// fewer than two rows, which cannot be tested: too few rows.
/// </para>
/// <para>
/// The p-value is that of a permutation test of Welch's statistic, which is exact where the rows of both sides are alike, whatever their distribution, and
/// right in large samples where only the means are (Janssen, Statistics and Probability Letters 36 (1997) 9-21). Rows are taken to be independent: of rows
/// that follow one another closely, compare means, such as those of each minute. A row of weight w counts as w rows in means and totals, but is
/// one piece of evidence.
/// </para>
/// <para>
/// AdjustedPValue allows for the number of comparisons (Benjamini and Hochberg, Journal of the Royal Statistical Society B 57 (1995) 289-300): of those with
/// Differs, a share of -FalseDiscoveryRate at most is expected to be by chance. A test ends early when 100 replicates are as large as the rows: Besag and
/// Clifford, Biometrika 78 (1991) 301-304. The values of both sides are kept in memory.
/// </para>
/// </remarks>
/// <example>
/// <para>What got slower since the deployment</para>
/// <code>
/// $sound = New-GaussianMixture -Weight 0.9, 0.1 -Mean 20, 60 -Covariance 16, 100 -Property ms
/// $slow = New-GaussianMixture -Weight 0.7, 0.3 -Mean 20, 60 -Covariance 16, 100 -Property ms
/// $before = foreach ($query in 'login', 'report', 'search') { New-GaussianMixtureSample $sound -Count 300 -Seed $query.Length | Select-Object ms, @{ n = 'query'; e = { $query } } }
/// $after = foreach ($query in 'login', 'search', 'upload') { New-GaussianMixtureSample ($query -eq 'search' ? $slow : $sound) -Count 200 -Seed 9 | Select-Object ms, @{ n = 'query'; e = { $query } } }
/// $after | Compare-MixtureSample $before ms -GroupProperty query
/// </code>
/// <para>Searches, by 1900 ms in all. Nothing was uploaded before, and nothing is reported any more.</para>
/// <code>
/// Group            Column        Before     After  TotalHarm    AdjP Verdict
/// -----            ------        ------     -----  ---------    ---- -------
/// search           ms            23.033    32.602     1913.8   0.002 differs
/// login            ms            23.878    24.922     208.77   0.389
/// upload           ms               NaN    24.922        NaN     NaN no reference
/// report           ms            23.033       NaN        NaN     NaN no rows
/// </code>
/// </example>
/// <example>
/// <para>Which columns differ, with an interval of the difference</para>
/// <code>
/// $log = Import-Csv ./src/Examples/latency.csv
/// $before = $log | Where-Object time -lt '2026-03-02T10'
/// $log | Where-Object time -ge '2026-03-02T10' | Compare-MixtureSample $before latency_ms, size_kb | Format-Table Column, Difference, Lower, Upper, Differs
/// </code>
/// <para>Without groups, all rows are compared with all.</para>
/// </example>
/// <example>
/// <para>Files in, a table for a report out</para>
/// <code>
/// $log = Import-Csv ./src/Examples/latency.csv
/// $log | Where-Object time -lt '2026-03-02T10' | Export-Csv before.csv
/// $log | Where-Object time -ge '2026-03-02T10' | Export-Csv after.csv
/// Compare-MixtureSample -Path after.csv -ReferencePath before.csv -Property latency_ms -GroupProperty affected | Export-Csv differences.csv
/// Import-Csv differences.csv | Format-Table affected, Column, TotalHarm, AdjustedPValue, Differs
/// </code>
/// <para>One flat row for each comparison.</para>
/// </example>
/// <example>
/// <para>A picture</para>
/// <code>
/// $iris = Import-Csv ./src/Examples/iris.csv
/// $iris | Compare-MixtureSample ($iris | Select-Object -First 75) Sepal_Width -GroupProperty class | Export-MixturePlot differences.png -PassThru | Select-Object Name
/// </code>
/// <para>The first 15 groups of a column, each with its total harm and the interval of it; Show-MixturePlot draws them in the terminal.</para>
/// </example>
/// <seealso cref="TestMixtureFitCommand"/>
/// <seealso cref="ExportMixturePlotCommand"/>
/// <seealso cref="CompareGaussianMixtureCommand"/>
[Cmdlet(VerbsData.Compare, "MixtureSample", DefaultParameterSetName = InputObjectSet, HelpUri = OnlineHelp.Page)]
[OutputType(typeof(SampleDifference), ParameterSetName = [InputObjectSet, PathSet, LiteralPathSet])]
public sealed partial class CompareMixtureSampleCommand : RowSourceCommand
{
    private readonly TableReader _table;
    private SampleComparison? _comparison;
    private GroupColumns? _groups;

    /// <summary>Creates the command.</summary>
    public CompareMixtureSampleCommand() => _table = new TableReader(this);

    /// <summary>The columns, by name or wildcard, or calculated, as for Invoke-EmFit. Default: all numeric ones. The reference must have them
    /// too.</summary>
    [Parameter(Position = 1, HelpMessage = "The columns, by name or wildcard, or calculated as for Select-Object; all numeric ones by default.")]
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

    /// <summary>Columns by which the rows of both sides are grouped, by name or calculated as for -Property: each group, such as the calls of one query,
    /// is compared by itself. Values that differ only in case are one group, as for Group-Object.</summary>
    [Parameter(HelpMessage = "Columns by which the rows are grouped; each group is compared by itself.")]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public object[]? GroupProperty { get; set; }

    /// <summary>The share of false ones that is expected among the differences that are found, above 0 and below 1. Default 0.05.</summary>
    [Parameter(HelpMessage = "The share of false ones that is expected among the differences that are found, above 0 and below 1.")]
    public double FalseDiscoveryRate { get; set; } = 0.05;

    /// <summary>The most replicates of a comparison. Default: 999, or twice as many as one difference needs to be found among so many
    /// comparisons.</summary>
    [Parameter(HelpMessage = "The most replicates of a comparison.")]
    [ValidateRange(1, int.MaxValue)]
    public int? ReplicateCount { get; set; }

    /// <summary>Seed of the replicates. Default 0: the same rows always give the same result, whatever the number of threads.</summary>
    [Parameter(HelpMessage = "Seed of the replicates.")]
    public ulong Seed { get; set; }

    /// <summary>Time for all comparisons, after which the replicates that are done have to do, with a warning. A plain number means seconds.</summary>
    [Parameter(HelpMessage = "Time for all comparisons, after which the replicates that are done have to do, with a warning.")]
    [Seconds]
    public TimeSpan? TimeLimit { get; set; }

    /// <inheritdoc/>
    private protected override string[] RowFiles => ParameterSetName == PathSet ? Path : LiteralPath;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        _comparison = new SampleComparison(
            new SampleComparisonOptions
            {
                FalseDiscoveryRate = FalseDiscoveryRate,
                ReplicateCount = ReplicateCount,
                Seed = Seed,
                ThreadCount = ThrottleLimit,
                TimeLimit = TimeLimit,
            },
            _table.NoteReplicates);
        PropertyArgument columns = PropertyArgument.Read(GroupProperty, Usage);
        RefuseCalculatedInFiles(columns);
        _groups = GroupColumns.Create(columns);
        _referenceGroups = GroupColumns.Create(columns);
        BeginReference();
        _table.Begin(GivenColumns.Names, null, ExcludeProperty, _groups);
    }

    /// <inheritdoc/>
    private protected override void TakeRow(PSObject? row, object?[]? cells) => _table.Take(row, cells);

    /// <inheritdoc/>
    private protected override void End()
    {
        RowTable sample = _table.TakeAll();
        RowTable reference = ReadReference(sample.Observations.Property);
        SampleComparisonReport report = BackgroundWork.Run(
            () => _comparison!.Compare(reference.Observations, _referenceGroups?.Rows, sample.Observations, _groups?.Rows, StopToken),
            () => _table.ReportDone("comparisons"),
            StopToken);
        if (sample.Intake.Warning is string omitted)
        {
            WriteWarning(omitted);
        }

        if (reference.Intake.Warning is string left)
        {
            WriteWarning(InReference(left));
        }

        foreach (string warning in report.Warnings)
        {
            WriteWarning(warning);
        }

        WriteObject(report.Differences.Select(one => one.Group is null ? one : (object)GroupedFits.Describe(one.Group, one)), enumerateCollection: true);
    }
}

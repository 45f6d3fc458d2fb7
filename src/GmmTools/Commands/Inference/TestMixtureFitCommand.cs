using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Binding.Models;
using GmmTools.Commands.Internal;
using GmmTools.Completion;
using GmmTools.Estimation;
using GmmTools.Inference;
using GmmTools.Inference.Drift;
using GmmTools.Mixtures;
using GmmTools.Sampling;

namespace GmmTools.Commands.Inference;

/// <summary>Tests whether rows look like the baseline that a mixture describes, at a stated false-alarm rate, and says what differs.</summary>
/// <remarks>
/// <para>
/// The verdict has Passed, PValue and Causes. Rows of the baseline itself fail at the rate of -FalseAlarmRate, in windows of any size: the largest difference is
/// compared with that of -ReplicateCount windows of as many rows that are drawn from the mixture. Compared are the share of each component, the mean and
/// standard deviation of each column and the correlation of each two in each component, the share of rows that lie where the baseline has 1 % and
/// where it has 0.01 %, in its tails or where it has nothing, and the mean log-density. Causes lists those that differ by more than chance, the farthest first, and the rate is
/// kept over all of them together.
/// </para>
/// <para>
/// A fit knows from how many rows it was estimated, and what it cannot know counts as chance too; for a mixture alone, give -BaselineRowCount, or it is taken
/// for the truth. Rows that follow one another closely often depend on each other, and then differ more than chance among independent rows: -BlockLength 50 takes the standard
/// errors from blocks of 50 rows, and the rows must be in their order. A mixture that does not fit its own baseline fails windows that are sound: test it on rows
/// of the baseline that were not fitted before you rely on it.
/// </para>
/// <para>
/// With -Refit the question is another: whether a mixture is right for the very rows that it was fitted to. Each simulated window is recorded in the steps in
/// which the rows were, and fitted as they were, so that what the fit has taken from the rows counts as none of its merit. Compared are the distribution of each
/// column, of each column where another is low and where it is high, and of the distance from the components, by their Anderson-Darling statistics (Stute,
/// Gonzáles Manteiga and Presedo Quindimil, Metrika 40 (1993) 243-256). With many rows no mixture passes: ask then how far off it is, which Causes tells.
/// </para>
/// <para>
/// With -Connection all rows of a table or query are read and tested here: about_MixtureDatabases has an example.
/// </para>
/// <para>
/// With -Quiet the answer is True or False, for Should -BeTrue and for if. Source: the score test of Rao (1948), with the distribution of its largest part found
/// by simulation (Barnard 1963; Westfall and Young 1993).
/// </para>
/// </remarks>
/// <example>
/// <para>Is this window like the baseline?</para>
/// <code>
/// $rows = Import-Csv ./src/Examples/faithful.csv
/// $baseline = $rows | Select-Object -First 172 | Invoke-EmFit -ComponentCount 2
/// $rows | Select-Object -Last 100 | Test-MixtureFit $baseline
/// </code>
/// <para>The last hundred eruptions are like those before.</para>
/// </example>
/// <example>
/// <para>What differs</para>
/// <code>
/// $rows = Import-Csv ./src/Examples/faithful.csv
/// $baseline = $rows | Select-Object -First 172 | Invoke-EmFit -ComponentCount 2
/// $later = $rows | Select-Object -Last 100 | ForEach-Object { [pscustomobject]@{ eruptions = $_.eruptions; waiting = 5 + $_.waiting } }
/// ($later | Test-MixtureFit $baseline).Causes
/// </code>
/// <para>Waiting times that are five minutes longer: the causes name the column and the component.</para>
/// </example>
/// <example>
/// <para>A test in Pester, with the baseline in a file</para>
/// <code>
/// Invoke-EmFit -Path ./src/Examples/faithful.csv -ComponentCount 2 | Export-GaussianMixture -Path baseline.json
/// $verdict = Test-MixtureFit baseline.json -Path ./src/Examples/faithful.csv
/// $verdict.Passed
/// </code>
/// <para>In a test, $verdict.Causes | Should -BeNullOrEmpty fails with a message that names what differs: see about_MixtureInference.</para>
/// </example>
/// <example>
/// <para>Is one component enough?</para>
/// <code>
/// $rows = Import-Csv ./src/Examples/faithful.csv
/// foreach ($count in 1, 2) { $rows | Test-MixtureFit ($rows | Invoke-EmFit waiting $count) -Refit | Format-List Passed, PValue, Cause }
/// </code>
/// <para>One is not: the cause says where the shares differ. Two are.</para>
/// </example>
/// <seealso cref="FindMixtureOutlierCommand"/>
/// <seealso cref="MeasureMixtureLikelihoodCommand"/>
[Cmdlet(VerbsDiagnostic.Test, "MixtureFit", DefaultParameterSetName = InputObjectSet, HelpUri = OnlineHelp.Page)]
[OutputType(typeof(FitVerdict), typeof(bool), ParameterSetName = [InputObjectSet, PathSet, LiteralPathSet, TableSet, QuerySet])]
public sealed class TestMixtureFitCommand : DatabaseRowCommand
{
    private readonly TableReader _table;
    private const int FewestWindows = 999;
    private const int FewestRefits = 199;

    private GaussianMixture? _mixture;
    private FitOptions? _made;
    private MixtureFitTest? _test;
    private GoodnessOfFit? _refit;

    /// <summary>Creates the command.</summary>
    public TestMixtureFitCommand() => _table = new TableReader(this);

    /// <summary>The baseline: a fit, a mixture, or the path of its JSON file. Its columns are found by name; in rows without names, they are in its
    /// order.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = InputObjectSet, HelpMessage = "The baseline: a fit, a mixture, or the path of its JSON file.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, HelpMessage = "The baseline: a fit, a mixture, or the path of its JSON file.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = LiteralPathSet, ValueFromPipeline = true, HelpMessage = "The baseline: a fit, a mixture, or the path of its JSON file.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = TableSet, ValueFromPipeline = true, HelpMessage = "The baseline: a fit, a mixture, or the path of its JSON file.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = QuerySet, ValueFromPipeline = true, HelpMessage = "The baseline: a fit, a mixture, or the path of its JSON file.")]
    [AllowNull]
    [AllowEmptyCollection]
    [ModelFromFile]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public PSObject? Model { get; set; }

    /// <summary>How often rows of the baseline itself may fail, above 0 and below 1. Default: 0.01.</summary>
    [Parameter(Position = 1, HelpMessage = "How often rows of the baseline itself may fail, above 0 and below 1.")]
    public double FalseAlarmRate { get; set; } = 0.01;

    /// <summary>Return True where the rows look like the baseline, else False.</summary>
    [Parameter(HelpMessage = "Return True where the rows look like the baseline, else False.")]
    public SwitchParameter Quiet { get; set; }

    /// <summary>The rows are those that the mixture was fitted to: each simulated window is fitted as they were. The default of -ReplicateCount then is 199, or as
    /// many as the rate needs.</summary>
    [Parameter(HelpMessage = "The rows are those that the mixture was fitted to: each simulated window is fitted as they were.")]
    public SwitchParameter Refit { get; set; }

    /// <summary>Number of rows that the baseline was estimated from. Default: that of the fit; a mixture alone is taken for the truth.</summary>
    [Parameter(HelpMessage = "Number of rows that the baseline was estimated from.")]
    [ValidateRange(double.Epsilon, double.MaxValue)]
    public double? BaselineRowCount { get; set; }

    /// <summary>Number of consecutive rows within which rows may depend on one another; there must be at least ten times as many. Default: 1, rows are
    /// independent. It is not available with -Connection, since the rows of a database have no order.</summary>
    [Parameter(HelpMessage = "Number of consecutive rows within which rows may depend on one another.")]
    [ValidateRange(1, int.MaxValue)]
    public int BlockLength { get; set; } = 1;

    /// <summary>Number of windows that are drawn from the baseline; at least 1 / rate - 1. Default: 999, or as many as the rate needs.</summary>
    [Parameter(HelpMessage = "Number of windows that are drawn from the baseline.")]
    [ValidateRange(1, 1_000_000)]
    public int? ReplicateCount { get; set; }

    /// <summary>Seed of the random numbers; the same seed gives the same verdict. Default: 1.</summary>
    [Parameter(HelpMessage = "Seed of the random numbers; the same seed gives the same verdict.")]
    public ulong Seed { get; set; } = 1;

    /// <inheritdoc/>
    private protected override bool TakesModelFromPipeline => true;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        _mixture = ModelArgument.Resolve(Model, beside: true);
        GroupedModels.Refuse(Model!, "Test", "Test-MixtureFit");

        if (InDatabase && BlockLength > 1)
        {
            throw new CommandException(
                "OrderNotKnown",
                "-BlockLength needs the rows in their order, but a table has none, and a database need not keep that of a query. Sort the rows in a query of your own, and pipe them or write them to a file.",
                BlockLength);
        }

        EmFit? fit = FitCopy.FindFit(Model!, _mixture);
        FitTestOptions options = new()
        {
            FalseAlarmRate = FalseAlarmRate,
            ReplicateCount = ReplicateCount ?? DefaultReplicates(FalseAlarmRate, Refit ? FewestRefits : FewestWindows),
            Seed = Seed,
            BaselineCount = BaselineRowCount ?? fit?.TotalWeight ?? double.PositiveInfinity,
            BlockLength = BlockLength,
            ThreadCount = ThrottleLimit,
        };
        if (Refit)
        {
            CheckAlone();
            _made = fit?.Options;
            _refit = new GoodnessOfFit(options, _table.NoteReplicates);
        }
        else
        {
            _test = new MixtureFitTest(_mixture, options);
        }

        if (_test?.Warning is string uncertain)
        {
            WriteWarning(uncertain);
        }

        _table.Begin(null, _mixture.Property);
    }

    /// <inheritdoc/>
    private protected override void TakeRow(PSObject? row, object?[]? cells) => _table.Take(row, cells);

    /// <inheritdoc/>
    private protected override void End()
    {
        FitVerdict verdict = _refit is null
            ? _table.Answer(rows => _test!.Test(rows, StopToken), () => Progress.Report(() => "drawing windows of the baseline"))
            : _table.Answer(rows => _refit.Test(_mixture!, _made, rows, StopToken), _table.ReportReplicates);
        foreach (string warning in verdict.Warnings)
        {
            WriteWarning(warning);
        }

        WriteObject(Quiet ? verdict.Passed : verdict);
    }

    private void CheckAlone()
    {
        string? other = BlockLength > 1 ? nameof(BlockLength) : BaselineRowCount is null ? null : nameof(BaselineRowCount);
        if (other is not null)
        {
            throw new CommandException(
                "RefitAlone", $"-{other} is for rows that were not fitted, and -Refit for those that were. Leave out one of them.", other);
        }
    }

    /// <summary>As many as the rate needs, and a number at least; a rate that is none is left to the test.</summary>
    private static int DefaultReplicates(double rate, int fewest) =>
        rate > 1e-6 ? System.Math.Max(fewest, (int)MonteCarlo.FewestReplicates(rate)) : fewest;
}

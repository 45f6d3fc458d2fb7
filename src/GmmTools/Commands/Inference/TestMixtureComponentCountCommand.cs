using System;
using System.Collections.Generic;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Binding.Models;
using GmmTools.Commands.Internal;
using GmmTools.Completion;
using GmmTools.Inference;

namespace GmmTools.Commands.Inference;

/// <summary>Tests how many components rows have: K against K + 1, until K is not rejected.</summary>
/// <remarks>
/// <para>
/// Twice the gain in log-likelihood of one component more has no known distribution, so it is found by simulation: rows are drawn from the fitted mixture of
/// K components, both mixtures are fitted to them, and this is repeated. The p-value is (b + 1)/(B + 1), where b of B replicates gain at least as much as the
/// rows: McLachlan, Applied Statistics 36 (1987) 318-324. Where K is rejected at -Significance, K + 1 is tested against K + 2, and so on. The ComponentCount of
/// the last test is the number that the rows support.
/// </para>
/// <para>
/// Replicates end when the verdict is certain: when so many gain as much as the rows that K can no longer be rejected. Of l replicates until then, p is h/l,
/// where h gained as much, and at least the least p-value that the rest could have led to: Besag and Clifford, Biometrika 78 (1991) 301-304. IsEarly says so.
/// -AllReplicates makes all of them. A K that is rejected always has all.
/// </para>
/// <para>
/// With -Against, the covariance model is tested instead, with -ComponentCount components: -CovarianceModel EEE -Against VVV asks whether the covariances
/// differ between components.
/// </para>
/// <para>
/// The larger mixture has -RestartCount starts of its own and those that come from the smaller one, for the rows and for the replicates alike. Log-likelihoods
/// are those that fits have in BoundedLogLikelihood: without what components owe to being flat on a few rows. A negative statistic means that the larger
/// fit was led astray; a warning says so, and NegativeCount counts such replicates. With -Connection all rows of a table or query are read first.
/// </para>
/// </remarks>
/// <example>
/// <para>How many components eruptions have</para>
/// <code>
/// Import-Csv ./src/Examples/faithful.csv | Test-MixtureComponentCount -ReplicateCount 99 -Seed 1
/// </code>
/// <para>One and two components are rejected, three are not: five of the first 23 replicates gain as much as the rows.</para>
/// <code>
///    K Model Against Model   Statistic        P Rejected Replicates Exceeding
///    - ----- ------- -----   ---------        - -------- ---------- ---------
///    1   VVV       2   VVV     319.066     0.01     True         99         0
///    2   VVV       3   VVV      31.648     0.02     True         99         1
///    3   VVV       4   VVV      16.819    0.217    False         23         5
/// </code>
/// </example>
/// <example>
/// <para>Whether two components need covariances of their own</para>
/// <code>
/// $test = Test-MixtureComponentCount -Path ./src/Examples/faithful.csv -ComponentCount 2 -CovarianceModel EEE -Against VVV -ReplicateCount 99 -Seed 1
/// $test.IsRejected
/// </code>
/// <para>True: one matrix for both is rejected.</para>
/// </example>
/// <example>
/// <para>The number of components that the rows support, and a fit of as many</para>
/// <code>
/// $data = Import-Csv ./src/Examples/iris.csv
/// $count = ($data | Test-MixtureComponentCount petal* -CovarianceModel EEE -ReplicateCount 99 -Significance 0.01)[-1].ComponentCount
/// $data | Invoke-EmFit petal* -ComponentCount $count -CovarianceModel EEE
/// </code>
/// <para>With 99 replicates no p-value is below 0.01.</para>
/// </example>
/// <seealso cref="InvokeEmFitCommand"/>
/// <seealso cref="SelectMixtureFitCommand"/>
/// <seealso cref="MeasureMixtureUncertaintyCommand"/>
[Cmdlet(VerbsDiagnostic.Test, "MixtureComponentCount", DefaultParameterSetName = InputObjectSet, HelpUri = OnlineHelp.Page)]
[OutputType(typeof(LikelihoodRatioResult), ParameterSetName = [InputObjectSet, PathSet, LiteralPathSet, TableSet, QuerySet])]
public sealed class TestMixtureComponentCountCommand : DatabaseRowCommand
{
    private readonly TableReader _table;
    private ComponentCountTest? _test;

    /// <summary>Creates the command.</summary>
    public TestMixtureComponentCountCommand() => _table = new TableReader(this);

    /// <summary>The columns, by name or wildcard, or calculated, as for Invoke-EmFit. Default: all numeric ones.</summary>
    [Parameter(Position = 0, HelpMessage = "The columns, by name or wildcard, or calculated as for Select-Object; all numeric ones by default.")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public override object[]? Property { get; set; }

    /// <summary>The number of components that is tested first. Default 1.</summary>
    [Parameter(HelpMessage = "The number of components that is tested first.")]
    [ValidateRange(1, int.MaxValue)]
    public int ComponentCount { get; set; } = 1;

    /// <summary>The largest number of components that is fitted. Default 9: the last test is that of 8 against 9.</summary>
    [Parameter(HelpMessage = "The largest number of components that is fitted.")]
    [ValidateRange(1, int.MaxValue)]
    public int MaximumComponentCount { get; set; } = 9;

    /// <summary>The covariance model. Default VVV. See about_CovarianceModels.</summary>
    [Parameter(HelpMessage = "The covariance model.")]
    [ArgumentCompleter(typeof(CovarianceModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string CovarianceModel { get; set; } = "VVV";

    /// <summary>A covariance model that contains the other, which is tested against it with -ComponentCount components.</summary>
    [Parameter(HelpMessage = "A covariance model that contains the other, which is tested against it.")]
    [ArgumentCompleter(typeof(CovarianceModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Against { get; set; }

    /// <summary>The level at which a number of components is rejected, above 0 and below 1. Default 0.05.</summary>
    [Parameter(HelpMessage = "The level at which a number of components is rejected, above 0 and below 1.")]
    public double Significance { get; set; } = 0.05;

    /// <summary>The most replicates of a test. Default 999.</summary>
    [Parameter(HelpMessage = "The most replicates of a test.")]
    [ValidateRange(1, int.MaxValue)]
    public int ReplicateCount { get; set; } = 999;

    /// <summary>Make all replicates, even where the verdict is certain before.</summary>
    [Parameter(HelpMessage = "Make all replicates, even where the verdict is certain before.")]
    public SwitchParameter AllReplicates { get; set; }

    /// <summary>Starts of each fit, beside those that come from the smaller mixture. Default 3.</summary>
    [Parameter(HelpMessage = "Starts of each fit, beside those that come from the smaller mixture.")]
    [ValidateRange(1, int.MaxValue)]
    public int RestartCount { get; set; } = 3;

    /// <summary>Seed of starts and replicates. Default 0: the same rows always give the same result, whatever the number of threads.</summary>
    [Parameter(HelpMessage = "Seed of starts and replicates.")]
    public ulong Seed { get; set; }

    /// <summary>Time for all tests, after which the replicates that are done have to do, with a warning. A plain number means seconds.</summary>
    [Parameter(HelpMessage = "Time for all tests, after which the replicates that are done have to do, with a warning.")]
    [Seconds]
    public TimeSpan? TimeLimit { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        _test = new ComponentCountTest(
            new ComponentCountOptions
            {
                ComponentCount = ComponentCount,
                MaximumComponentCount = MaximumComponentCount,
                CovarianceModel = CovarianceModelArgument.Resolve([CovarianceModel])[0],
                Against = Against is null ? null : CovarianceModelArgument.Resolve([Against])[0],
                ReplicateCount = ReplicateCount,
                Significance = Significance,
                TakesAll = AllReplicates,
                RestartCount = RestartCount,
                Seed = Seed,
                ThreadCount = ThrottleLimit,
                TimeLimit = TimeLimit,
            },
            _table.NoteReplicates);
        _table.Begin(GivenColumns.Names, null);
    }

    /// <inheritdoc/>
    private protected override void TakeRow(PSObject? row, object?[]? cells) => _table.Take(row, cells);

    /// <inheritdoc/>
    private protected override void End()
    {
        IReadOnlyList<LikelihoodRatioResult> results = _table.Answer(rows => _test!.Test(rows, StopToken), _table.ReportReplicates);
        foreach (LikelihoodRatioResult result in results)
        {
            foreach (string warning in result.Warnings)
            {
                WriteWarning(warning);
            }

            WriteObject(result);
        }
    }
}

using System;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Binding.Models;
using GmmTools.Commands.Internal;
using GmmTools.Completion;
using GmmTools.Estimation;
using GmmTools.Inference;
using GmmTools.Mixtures;

namespace GmmTools.Commands.Inference;

/// <summary>Measures how sure the parameters of a fitted mixture are: standard errors and intervals.</summary>
/// <remarks>
/// <para>
/// A fit is one answer; other rows of the same kind would have given another. Bootstrap draws as many rows as there are, with replacement, fits them from
/// the fitted mixture, matches the components, and repeats this -ReplicateCount times: the standard error is the standard deviation of the replicates, and
/// the interval lies between their percentiles. WeightedLikelihood gives the rows random weights instead, so that no row is left out, which suits small
/// components. Parametric draws the rows from the mixture, and so takes it to be right.
/// </para>
/// <para>
/// Information draws nothing: it finds the curvature of the log-likelihood, in a few milliseconds for small data. Its errors are those of large samples in
/// which the mixture is right, and its intervals are estimate ± z standard errors, for weights on the scale of log w/(1 - w), for variances and densities on that
/// of the logarithm. It is for EII, VII, EEI, VVI, EEE and VVV with normal components.
/// </para>
/// <para>
/// -Interval BCa moves the ends of the intervals of Bootstrap: for bias, where more replicates lie on one side of the estimate than on the other, and for
/// a standard error that grows with the parameter, which is found from fits without one row, or without one of 200 groups of rows. That matters
/// for variances and covariances in few rows. Where all replicates lie on one side, the interval is that of percentiles, as its property
/// Interval says.
/// </para>
/// <para>
/// Replicates in which a component collapses or runs out of rows are left out, counted in CollapsedCount and told in a warning. A row of weight w counts as
/// w rows. Everything is estimated as it was for the fit: fixed weights, a prior, noise, tails. A trimmed fit has no standard errors. Where the mixture is
/// not the fit of the rows, a warning says so, and the estimates are those of the fit that EM finds from there. With -Connection all rows of a table or query
/// are read first.
/// </para>
/// <para>
/// Sources: Efron and Tibshirani, An Introduction to the Bootstrap (1993); Efron, Journal of the American Statistical Association 82 (1987) 171-185; Newton and Raftery, Journal of the Royal Statistical Society B 56 (1994) 3-48;
/// Louis, Journal of the Royal Statistical Society B 44 (1982) 226-233; Basford, Greenway, McLachlan and Peel, Computational Statistics 12 (1997) 1-17;
/// O'Hagan, Murphy, Scrucca and Gormley, Computational Statistics 34 (2019) 1779-1813.
/// </para>
/// </remarks>
/// <example>
/// <para>How sure a fit is</para>
/// <code>
/// $data = Import-Csv ./src/Examples/faithful.csv
/// $fit = $data | Invoke-EmFit -ComponentCount 2
/// $data | Measure-MixtureUncertainty $fit -Seed 1
/// </code>
/// <para>Each parameter with its standard error and an interval that covers the true value with a probability of 0.95.</para>
/// <code>
///
///    Component: 1
///
/// Parameter                         Estimate   StdError       Lower       Upper
/// ---------                         --------   --------       -----       -----
/// Weight                            0.644127    0.02841    0.588138    0.695279
/// Mean eruptions                     4.28966    0.03139     4.22864      4.3512
/// Mean waiting                       79.9681     0.4868     79.0304     80.9116
/// Variance eruptions                0.169968    0.02071    0.135002    0.215911
/// Covariance eruptions waiting      0.940609     0.2891    0.514134     1.67859
/// Variance waiting                   36.0462      4.507     28.7681     46.8102
///
///    Component: 2
///
/// Parameter                         Estimate   StdError       Lower       Upper
/// ---------                         --------   --------       -----       -----
/// Weight                            0.355873    0.02841    0.304721    0.411862
/// Mean eruptions                     2.03639    0.02919     1.97644     2.09401
/// Mean waiting                       54.4785     0.5942     53.3537      55.733
/// Variance eruptions               0.0691677    0.01439    0.040971   0.0961855
/// Covariance eruptions waiting      0.435168     0.1734    0.086049    0.749289
/// Variance waiting                   33.6973      4.499     24.3637     42.1547
/// </code>
/// </example>
/// <example>
/// <para>A table of weights and means for a report</para>
/// <code>
/// $data = Import-Csv ./src/Examples/faithful.csv
/// $fit = $data | Invoke-EmFit -ComponentCount 2
/// $data | Measure-MixtureUncertainty $fit -Method Information | Where-Object Parameter -in Weight, Mean | Export-Csv uncertainty.csv
/// Import-Csv uncertainty.csv | Format-Table Component, Parameter, Column, Estimate, StandardError
/// </code>
/// <para>One flat row per parameter.</para>
/// </example>
/// <example>
/// <para>The 99th percentile of latencies, with its interval</para>
/// <code>
/// $latency = New-GaussianMixture -Weight 0.9, 0.1 -Mean 20, 60 -Covariance 16, 100 -Property ms
/// $log = New-GaussianMixtureSample $latency -Count 2000 -Seed 1
/// $fit = $log | Invoke-EmFit -ComponentCount 2
/// $log | Measure-MixtureUncertainty $fit -Probability 0.99 -Seed 1 | Where-Object Parameter -eq Quantile |
///     ForEach-Object { '{0:F3} ({1:F3} to {2:F3})' -f $_.Estimate, $_.Lower, $_.Upper }
/// </code>
/// <para>The quantile of the mixture, and an interval that covers that of all requests with a probability of 0.95.</para>
/// <code>
/// 72.817 (70.662 to 74.700)
/// </code>
/// </example>
/// <example>
/// <para>The interval of a variance, from few rows</para>
/// <code>
/// $waiting = (Import-Csv ./src/Examples/faithful.csv | Select-Object -First 40).waiting
/// $fit = $waiting | Invoke-EmFit -ComponentCount 1
/// $all = 'Percentile', 'BCa' | ForEach-Object { $waiting | Measure-MixtureUncertainty $fit -Interval $_ -Seed 1 }
/// $all | Where-Object Parameter -eq Variance | Format-Table Interval, Estimate, Lower, Upper
/// </code>
/// <para>Replicates of a variance lie below it more often than above, and its standard error grows with it: BCa moves the interval up.</para>
/// <code>
///   Interval Estimate  Lower  Upper
///   -------- --------  -----  -----
/// Percentile   184.05 128.58 221.84
///        BCa   184.05 143.99 228.85
/// </code>
/// </example>
/// <example>
/// <para>How sure the density is between two components</para>
/// <code>
/// $data = Import-Csv ./src/Examples/faithful.csv
/// $fit = $data | Invoke-EmFit -ComponentCount 2
/// $found = $data | Measure-MixtureUncertainty $fit -DensityAt @{ eruptions = 3; waiting = 65 }, @{ eruptions = 4; waiting = 80 } -Seed 1
/// $found | Where-Object Parameter -eq Density
/// </code>
/// <para>The density where there are few rows is known to a factor of 4 or 5 only.</para>
/// <code>
///
///    Component: all
///
/// Parameter                         Estimate   StdError       Lower       Upper
/// ---------                         --------   --------       -----       -----
/// Density eruptions=3 waiting=65 0.000158403  0.0001804 3.61326E-05 0.000756606
/// Density eruptions=4 waiting=80    0.033499   0.002699   0.0278844   0.0387856
/// </code>
/// </example>
/// <seealso cref="InvokeEmFitCommand"/>
/// <seealso cref="CompareGaussianMixtureCommand"/>
[Cmdlet(VerbsDiagnostic.Measure, "MixtureUncertainty", DefaultParameterSetName = InputObjectSet, HelpUri = OnlineHelp.Page)]
[OutputType(typeof(ParameterUncertainty), ParameterSetName = [InputObjectSet, PathSet, LiteralPathSet, TableSet, QuerySet])]
public sealed class MeasureMixtureUncertaintyCommand : DatabaseRowCommand
{
    private readonly TableReader _table;
    private GaussianMixture? _mixture;
    private FitOptions? _made;
    private MixtureUncertainty? _measurement;

    /// <summary>Creates the command.</summary>
    public MeasureMixtureUncertaintyCommand() => _table = new TableReader(this);

    /// <summary>The fit, a mixture, or the path of its JSON file. Its columns are found by name; in rows without names, they are in its order. Of a mixture
    /// alone, only its covariance model is known; of a fit, all that it was made with.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = InputObjectSet, HelpMessage = "A fit or a mixture.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, HelpMessage = "A fit or a mixture.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = LiteralPathSet, ValueFromPipeline = true, HelpMessage = "A fit or a mixture.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = TableSet, ValueFromPipeline = true, HelpMessage = "A fit or a mixture.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = QuerySet, ValueFromPipeline = true, HelpMessage = "A fit or a mixture.")]
    [AllowNull]
    [AllowEmptyCollection]
    [ModelFromFile]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public PSObject? Model { get; set; }

    /// <summary>How: Bootstrap (the default), WeightedLikelihood, Parametric or Information.</summary>
    [Parameter(HelpMessage = "How: Bootstrap (the default), WeightedLikelihood, Parametric or Information.")]
    [ValidateSet("Bootstrap", "WeightedLikelihood", "Parametric", "Information")]
    public string Method { get; set; } = "Bootstrap";

    /// <summary>Which interval Bootstrap makes of its replicates: Percentile (the default) or BCa, which allows for bias and for a standard error that changes
    /// with the parameter, as that of a variance does. BCa takes up to 200 fits more.</summary>
    [Parameter(HelpMessage = "Which interval Bootstrap makes of its replicates: Percentile (the default) or BCa.")]
    [ValidateSet("Percentile", "BCa")]
    public string Interval { get; set; } = "Percentile";

    /// <summary>How many replicates. Default 999: a standard error then is itself uncertain by about 2 to 3 %. Information has none.</summary>
    [Parameter(HelpMessage = "How many replicates.")]
    [ValidateRange(2, int.MaxValue)]
    public int ReplicateCount { get; set; } = 999;

    /// <summary>The probability that an interval is to cover what it is for, above 0 and below 1. Default 0.95.</summary>
    [Parameter(HelpMessage = "The probability that an interval is to cover what it is for, above 0 and below 1.")]
    public double ConfidenceLevel { get; set; } = 0.95;

    /// <summary>Probabilities, above 0 and below 1, of which the quantiles of the whole mixture are measured too; for mixtures of one column.</summary>
    [Parameter(HelpMessage = "Probabilities of which the quantiles are measured too; for mixtures of one column.")]
    public double[] Probability { get; set; } = [];

    /// <summary>Points at which the density of the whole mixture is measured too: numbers for a mixture of one column; for several, hashtables such as
    /// @{ eruptions = 2; waiting = 55 } or objects with these properties, or lists of numbers in the order of the columns.</summary>
    [Parameter(HelpMessage = "Points at which the density is measured too: numbers, or hashtables with the columns.")]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[] DensityAt { get; set; } = [];

    /// <summary>Seed of the replicates. Default 0: the same rows always give the same result, whatever the number of threads.</summary>
    [Parameter(HelpMessage = "Seed of the replicates.")]
    public ulong Seed { get; set; }

    /// <summary>Time after which the replicates that are done have to do, with a warning. A plain number means seconds.</summary>
    [Parameter(HelpMessage = "Time after which the replicates that are done have to do, with a warning.")]
    [Seconds]
    public TimeSpan? TimeLimit { get; set; }

    /// <inheritdoc/>
    private protected override bool TakesModelFromPipeline => true;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        _mixture = ModelArgument.Resolve(Model, beside: true);
        _made = FitCopy.FindFit(Model!, _mixture)?.Options;
        _measurement = new MixtureUncertainty(
            new UncertaintyOptions
            {
                Method = (UncertaintyMethod)Enum.Parse(typeof(UncertaintyMethod), Method, ignoreCase: true),
                Interval = (UncertaintyInterval)Enum.Parse(typeof(UncertaintyInterval), Interval, ignoreCase: true),
                ReplicateCount = ReplicateCount,
                ConfidenceLevel = ConfidenceLevel,
                Probabilities = Probability,
                Points = GivenPoints.Read(DensityAt ?? [], _mixture, nameof(DensityAt)),
                Seed = Seed,
                ThreadCount = ThrottleLimit,
                TimeLimit = TimeLimit,
            },
            _table.NoteReplicates);
        _table.Begin(null, _mixture.Property);
    }

    /// <inheritdoc/>
    private protected override void TakeRow(PSObject? row, object?[]? cells) => _table.Take(row, cells);

    /// <inheritdoc/>
    private protected override void End()
    {
        UncertaintyReport report = _table.Answer(rows => _measurement!.Measure(_mixture!, _made, rows, StopToken), _table.ReportReplicates);
        foreach (string warning in report.Warnings)
        {
            WriteWarning(warning);
        }

        WriteObject(report.Parameters, enumerateCollection: true);
    }
}

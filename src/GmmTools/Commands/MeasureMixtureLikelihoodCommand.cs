using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Binding.Models;
using GmmTools.Binding.Rows;
using GmmTools.Binding.Scorings;
using GmmTools.Commands.Internal;
using GmmTools.Completion;
using GmmTools.Connectors;
using GmmTools.Mixtures;
using GmmTools.Observations.Intake;
using GmmTools.Scoring;

namespace GmmTools.Commands;

/// <summary>
/// Measures how well a mixture explains rows: one summary of all rows, or with -PerObservation each row with its log-likelihood and its
/// most probable component.
/// </summary>
/// <remarks>
/// <para>
/// The log-likelihood of a row is the logarithm of the density of the mixture there. The summary has the sum over the rows, its mean, and the
/// criteria for comparing models: BIC is -2 logL + p ln n, where p is the number of parameters and n the number of rows; smaller is better. Rows that
/// were not used in the fit show which of several models predicts best.
/// </para>
/// <para>
/// With -PerObservation rows stream: each is returned at once with its own columns and LogLikelihood, Component (from 1) and Probability, which is
/// the responsibility of that component for the row. Sorting by LogLikelihood puts the least probable rows first.
/// </para>
/// <para>
/// Fits of Invoke-EmFit -GroupProperty are measured by the rows of their groups: one summary for each group.
/// </para>
/// <para>
/// With -Connection the database that holds the rows computes the sum: see about_MixtureDatabases.
/// </para>
/// <para>
/// Columns are found by name, in any order and among any other columns. Sources: Schwarz, The Annals of Statistics 6 (1978) 461-464 (BIC); Akaike,
/// IEEE Transactions on Automatic Control 19 (1974) 716-723 (AIC); Biernacki, Celeux and Govaert, IEEE Transactions on Pattern Analysis and Machine
/// Intelligence 22 (2000) 719-725 (ICL).
/// </para>
/// </remarks>
/// <example>
/// <para>How well a fit explains its rows</para>
/// <code>
/// $data = Import-Csv ./src/Examples/faithful.csv
/// $fit = $data | Invoke-EmFit -ComponentCount 2
/// $data | Measure-MixtureLikelihood $fit
/// </code>
/// <para>The log-likelihood is that of the fit.</para>
/// <code>
///     Rows       LogLik     PerRow   df          BIC          AIC          ICL
///     ----       ------     ------   --          ---          ---          ---
///      272    -1130.264  -4.155382   11     2322.192     2282.528     2323.581
/// </code>
/// </example>
/// <example>
/// <para>Which component each row belongs to, and with what probability</para>
/// <code>
/// $fit = Import-Csv ./src/Examples/faithful.csv | Invoke-EmFit -ComponentCount 2
/// Import-Csv ./src/Examples/faithful.csv | Measure-MixtureLikelihood $fit -PerObservation | Export-Csv scored.csv
/// Import-Csv scored.csv | Select-Object -First 5
/// </code>
/// <para>The file has the columns of the rows and three more.</para>
/// </example>
/// <example>
/// <para>The five most unusual rows</para>
/// <code>
/// $fit = Import-Csv ./src/Examples/faithful.csv | Invoke-EmFit -ComponentCount 2
/// Import-Csv ./src/Examples/faithful.csv | Measure-MixtureLikelihood $fit -PerObservation |
///     Sort-Object LogLikelihood | Select-Object -First 5
/// </code>
/// <para>The eruptions that are least probable under the mixture.</para>
/// </example>
/// <example>
/// <para>Which model best predicts rows it has not seen</para>
/// <code>
/// $data = Import-Csv ./src/Examples/faithful.csv
/// $fits = $data[0..199] | Invoke-EmFit -ComponentCount (1..4) -WarningAction SilentlyContinue
/// foreach ($fit in $fits) {
///     $unseen = $data[200..271] | Measure-MixtureLikelihood $fit
///     [pscustomobject]@{ K = $fit.ComponentCount; MeanLogLikelihood = $unseen.MeanLogLikelihood }
/// }
/// </code>
/// <para>The first 200 eruptions are fitted and the others scored: two components predict far better than one, and a third adds little.</para>
/// </example>
/// <seealso cref="InvokeEmFitCommand"/>
/// <seealso cref="SelectMixtureFitCommand"/>
[Cmdlet(VerbsDiagnostic.Measure, "MixtureLikelihood", DefaultParameterSetName = InputObjectSet, HelpUri = OnlineHelp.Page)]
[OutputType(typeof(LikelihoodSummary), typeof(PSCustomObject), ParameterSetName = [InputObjectSet, PathSet, LiteralPathSet])]
[OutputType(typeof(LikelihoodSummary), ParameterSetName = [TableSet, QuerySet])]
public sealed partial class MeasureMixtureLikelihoodCommand : DatabaseRowCommand
{
    private GaussianMixture? _mixture;
    private RowReader? _reader;
    private RowCollector? _collector;
    private RowScoring? _scoring;
    private ScoreStream? _stream;

    /// <summary>The mixture, a fit, or the path of its JSON file. Its columns are found by name; in rows without names, they are in the order of the
    /// mixture.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = InputObjectSet, HelpMessage = "A mixture or a fit.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, HelpMessage = "A mixture or a fit.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = LiteralPathSet, ValueFromPipeline = true, HelpMessage = "A mixture or a fit.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = TableSet, ValueFromPipeline = true, HelpMessage = "A mixture or a fit.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = QuerySet, ValueFromPipeline = true, HelpMessage = "A mixture or a fit.")]
    [AllowNull]
    [AllowEmptyCollection]
    [ModelFromFile]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public PSObject? Model { get; set; }

    /// <summary>
    /// Return each row, as it comes, with the columns LogLikelihood, Component and Probability. Rows from files named by -Path have only the columns
    /// of the mixture.
    /// </summary>
    [Parameter(ParameterSetName = InputObjectSet, HelpMessage = "Return each row, as it comes, with the columns LogLikelihood, Component and Probability.")]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter PerObservation { get; set; }

    /// <summary>Prefix for the names of the columns that -PerObservation adds, for rows that already have such columns.</summary>
    [Parameter(HelpMessage = "Prefix for the names of the columns that -PerObservation adds, for rows that already have such columns.")]
    public string Prefix { get; set; } = string.Empty;

    /// <inheritdoc/>
    private protected override bool TakesModelFromPipeline => true;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        _groups = _models.FindGroups(Model, ParameterSetName is TableSet or QuerySet);
        _mixture = _groups is null ? ModelArgument.Resolve(Model, beside: true) : _groups[_groups.Groups[0]];
        _groupColumns = _groups is null ? null : GroupColumns.Of(_groups.Columns);
        RefuseInSessions(_groups is null ? null : "Model of several groups", nameof(PerObservation));
        _reader = ReadRows(null, _mixture.Property, extra: _groupColumns);
        _scoring = _groups is null ? new LikelihoodScoring(_mixture) : new GroupedScoring(_groups, mixture => new LikelihoodScoring(mixture));
        _stream = new ScoreStream(_scoring, Prefix, WriteObject, StopToken);
    }

    /// <inheritdoc/>
    private protected override void TakeRow(PSObject? row, object?[]? cells)
    {
        double[] numbers = _reader!.Read(row, cells);
        _collector ??= Store.CreateCollector(_reader);
        if (!PerObservation)
        {
            RowStore.Keep(_collector, _reader, numbers, _groupColumns);
        }
        else if (_collector.Check(numbers, _reader.Weight))
        {
            _stream!.WriteRow(_reader, row!, numbers);
        }
        else
        {
            _collector.ThrowIfMissing();
        }

        Tick(_reader.Count);
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        if (ParameterSetName is TableSet or QuerySet)
        {
            MeasureInDatabase();
            return;
        }

        if (InSessions)
        {
            MeasureInSessions();
            return;
        }

        if (PerObservation)
        {
            Tell(ReadsFiles ? ScoreFiles() : _collector?.Intake);
            return;
        }

        RowTable table = ReadsFiles ? Store.ReadFiles(_mixture!.Property, extra: _groupColumns) : Store.BuildTable(_collector);
        if (_groups is not null)
        {
            MeasureGroups(table);
            return;
        }

        LikelihoodSummary summary = BackgroundWork.Run(
            () => LikelihoodSummary.Measure(_mixture!, table.Observations, ThrottleLimit, StopToken), () => { }, StopToken);
        WriteObject(summary.WithIntake(table.Intake));
        Tell(table.Intake);
    }

    private RowIntake ScoreFiles()
    {
        FileReadOptions options = CreateReadOptions(_mixture!.Property, extra: _groups?.Columns);
        string[] files = [.. FindFiles()];
        return _stream!.WriteBlocks(
            (take, stop) => FileObservationReader.ReadBlocks(files, options, take, CountRows, stop), ThrottleLimit, ReportRows);
    }

    private void Tell(RowIntake? intake)
    {
        if (PerObservation && (_scoring as GroupedScoring)?.Warning is string unknown)
        {
            WriteWarning(unknown);
        }

        if (intake?.Warning is string warning)
        {
            WriteWarning(warning);
        }
    }
}

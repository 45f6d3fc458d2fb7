using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Output;
using GmmTools.Scoring;

namespace GmmTools.Commands;

/// <summary>
/// Measures how well a mixture explains rows: one summary of all rows, or with -PerObservation each row with its log-likelihood, its
/// most probable component and the probability of that.
/// </summary>
[Cmdlet(VerbsDiagnostic.Measure, "MixtureLikelihood", DefaultParameterSetName = InputObjectSet)]
[OutputType(typeof(LikelihoodSummary), typeof(PSCustomObject), ParameterSetName = [InputObjectSet, PathSet, LiteralPathSet])]
public sealed class MeasureMixtureLikelihoodCommand : RowCommand
{
    private static readonly string[] ScoreColumns = ["LogLikelihood", "Component", "Probability"];

    private GaussianMixture? _mixture;
    private RowReader? _reader;
    private ObservationsBuilder? _builder;
    private MixtureScorer? _scorer;
    private RowTemplate? _template;
    private object?[] _cells = [];

    /// <summary>The mixture, or a fit. Its columns are found by name; rows without names have them in the order of the mixture.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "A mixture or a fit.")]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject? Model { get; set; }

    /// <summary>
    /// Give each row back, as it comes, with the columns LogLikelihood, Component and Probability. Rows that are read from files by
    /// -Path have the columns of the mixture only.
    /// </summary>
    [Parameter]
    public SwitchParameter PerObservation { get; set; }

    /// <summary>Put before the names of the columns that -PerObservation adds, for rows that have such columns already.</summary>
    [Parameter]
    public string Prefix { get; set; } = string.Empty;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        _mixture = ModelArgument.Resolve(Model);
        _reader = new RowReader(null, _mixture.Property, Culture);
        _scorer = new MixtureScorer(_mixture);
    }

    /// <inheritdoc/>
    private protected override void ProcessRow(PSObject? row)
    {
        double[] numbers = _reader!.Read(row);
        if (PerObservation)
        {
            WriteScored(row!, numbers);
        }
        else
        {
            _builder ??= new ObservationsBuilder(_reader.Property);
            _builder.Add(numbers);
        }

        Tick(_reader.Count);
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        if (ReadsFiles)
        {
            MeasureFiles();
        }
        else if (!PerObservation)
        {
            WriteSummary((_builder ?? new ObservationsBuilder(["none"])).Build());
        }
    }

    private void MeasureFiles()
    {
        InMemoryObservations observations = ReadFiles(_mixture!.Property);
        if (!PerObservation)
        {
            WriteSummary(observations);
            return;
        }

        RowTemplate template = CreateTemplate(observations.Property);
        double[] row = new double[_mixture.Dimension];
        for (long i = 0; i < observations.Count; i++)
        {
            StopToken.ThrowIfCancellationRequested();
            observations.CopyRow(i, row);
            WriteObject(template.Create([.. row.Cast<object?>(), .. Scores(row)]));
        }
    }

    private void WriteSummary(InMemoryObservations observations) => WriteObject(BackgroundWork.Run(
        () => LikelihoodSummary.Measure(_mixture!, observations, ThrottleLimit, StopToken), () => { }, StopToken));

    private void WriteScored(PSObject row, double[] numbers)
    {
        CheckFinite(numbers);
        IReadOnlyList<string> columns = _reader!.AllColumns;
        if (_template is null)
        {
            _template = CreateTemplate(columns);
            _cells = new object?[columns.Count + ScoreColumns.Length];
        }

        for (int column = 0; column < columns.Count; column++)
        {
            _cells[column] = _reader.GetCell(row, column);
        }

        Scores(numbers).CopyTo(_cells, columns.Count);
        WriteObject(_template.Create(_cells));
    }

    private object?[] Scores(double[] row)
    {
        double logLikelihood = _scorer!.Score(row);
        return [logLikelihood, _scorer.Component, _scorer.Probability];
    }

    private RowTemplate CreateTemplate(IReadOnlyList<string> columns)
    {
        string[] added = [.. ScoreColumns.Select(name => Prefix + name)];
        string? clash = added.FirstOrDefault(name => columns.Contains(name, StringComparer.OrdinalIgnoreCase));
        return clash is null
            ? new RowTemplate([.. columns, .. added])
            : throw new CommandException(
                "ColumnNameClash",
                ErrorCategory.InvalidArgument,
                $"The rows have a column '{clash}' already. Add -Prefix, for example -Prefix Mixture, to name the new columns differently.",
                clash);
    }

    /// <summary>Rows that are kept are checked where they are kept; these are not.</summary>
    private void CheckFinite(double[] numbers)
    {
        int column = Array.FindIndex(numbers, double.IsInfinity);
        if (column >= 0)
        {
            throw new InvalidObservationException(
                "InfiniteValue",
                FormattableString.Invariant($"Row {_reader!.Count}, column '{_reader.Property[column]}' is infinite. Remove or repair the row."),
                _reader.Count,
                _reader.Property[column],
                numbers[column]);
        }
    }
}

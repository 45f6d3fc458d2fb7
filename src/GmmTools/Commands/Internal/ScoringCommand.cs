using System.Linq;
using System.Management.Automation;
using System.Threading;
using GmmTools.Binding.Models;
using GmmTools.Binding.Rows;
using GmmTools.Binding.Scorings;
using GmmTools.Commands.Sessions;
using GmmTools.Completion;
using GmmTools.Connectors;
using GmmTools.Mixtures;
using GmmTools.Observations.Intake;

namespace GmmTools.Commands.Internal;

/// <summary>
/// Base of the commands that return rows with columns that a mixture adds. Rows stream: each is returned as it comes, and files can be larger than
/// memory.
/// </summary>
public abstract class ScoringCommand : SessionRowCommand
{
    /// <summary>Where a row of a session comes from; a column that the scores have is theirs.</summary>
    private static readonly string[] PlaceColumns = ["Session", "ComputerName", "File", "Row"];

    private readonly GivenModels _models = new();
    private RowReader? _reader;
    private GroupedModels? _groups;
    private RowCollector? _check;
    private RowScoring? _scoring;
    private ScoreStream? _stream;

    /// <summary>CSV files (plain or gzip-compressed) or Parquet files with the rows; wildcards are allowed. The first line of a CSV file names the
    /// columns. Rows are read and scored on all cores and never held in memory all at once. They are returned with the columns of the mixture and
    /// those of -IncludeProperty.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet, HelpMessage = "CSV or Parquet files; wildcards are allowed.")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files, as for -Path, but without wildcards: characters such as [ are taken literally.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, HelpMessage = "CSV or Parquet files.")]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Columns to return with each row in addition to those of the mixture, by name or wildcard, such as a time or a name. Default: all
    /// columns of rows from the pipeline, none of files. With this parameter, CSV files are read by a single thread.</summary>
    [Parameter(ParameterSetName = InputObjectSet, HelpMessage = "Columns to return with each row in addition to those of the mixture, by name or wildcard, such as a time or a name.")]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? IncludeProperty { get; set; }

    /// <summary>The model that the user gave: commands take it by parameters of different kinds.</summary>
    private protected abstract PSObject? GivenModel { get; }

    /// <summary>What the names of the added columns begin with.</summary>
    private protected abstract string GivenPrefix { get; }

    /// <inheritdoc/>
    private protected sealed override string[] RowFiles => ParameterSetName == PathSet ? Path : LiteralPath;

    /// <inheritdoc/>
    private protected override bool TakesModelFromPipeline => true;

    /// <summary>What is added to each row.</summary>
    /// <param name="mixture">The mixture.</param>
    private protected abstract RowScoring CreateScoring(GaussianMixture mixture);

    /// <summary>What is added to each row.</summary>
    /// <param name="model">What was given as the model.</param>
    private protected virtual RowScoring CreateScoring(PSObject? model) => CreateScoring(ModelArgument.Resolve(model, beside: true));

    /// <summary>The models, where each is for the rows of a group; else null.</summary>
    private protected GroupedModels? FindGroups() => _models.FindGroups(GivenModel, ParameterSetName is TableSet or QuerySet);

    /// <inheritdoc/>
    private protected sealed override bool TryAddModel() => _models.TryAdd(GivenModel);

    /// <inheritdoc/>
    private protected override void Begin()
    {
        _groups = FindGroups();
        _scoring = _groups is null ? CreateScoring(GivenModel) : new GroupedScoring(_groups, CreateScoring);
        _reader = ReadRows(null, _scoring.Property, extra: _groups is null ? null : GroupColumns.Of(_groups.Columns), include: IncludeProperty);
        _stream = new ScoreStream(_scoring, GivenPrefix, WriteObject, StopToken);
    }

    /// <inheritdoc/>
    private protected sealed override void TakeRow(PSObject? row, object?[]? cells)
    {
        double[] numbers = _reader!.Read(row, cells);
        _check ??= new RowCollector(_reader.Property, WeightProperty is not null, ParsePolicy()) { DescribeMissing = _reader.DescribeMissing };
        if (_check.Check(numbers, _reader.Weight))
        {
            _stream!.WriteRow(_reader, row!, numbers);
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
        if (InSessions)
        {
            intake = ScoreSessions();
        }
        else if (ReadsFiles)
        {
            FileReadOptions options = CreateReadOptions(_scoring!.Property, null, [.. IncludeProperty ?? [], .. _groups?.Columns ?? []]);
            string[] files = [.. FindFiles()];
            intake = _stream!.WriteBlocks(
                (take, stop) => FileObservationReader.ReadBlocks(files, options, take, CountRows, stop), ThrottleLimit, ReportRows);
        }

        if (intake?.Warning is string warning)
        {
            WriteWarning(warning);
        }

        if ((_scoring as GroupedScoring)?.Warning is string unknown)
        {
            WriteWarning(unknown);
        }
    }

    /// <summary>Which rows have to come here from sessions; null for all.</summary>
    private protected virtual SessionLimit? FindLimit() => null;

    /// <summary>Scores rows that come from sessions, each with the place that it comes from.</summary>
    private RowIntake ScoreSessions()
    {
        string[] place = [.. PlaceColumns.Where(name => !_scoring!.Columns.Contains(name)).Select(name => GivenPrefix + name)];
        string[] extra = [.. IncludeProperty ?? [], .. _groups?.Columns ?? []];
        ScoreStream.CheckClash(_scoring!.Property, place);
        long count = 0;
        SessionSet sessions = PrepareSessions();
        SessionArguments arguments = SessionArguments.OfStream(this, _scoring.Property, extra, FindLimit());
        RowIntake intake = _stream!.WriteBlocks(
            (take, stop) => sessions.Stream(
                arguments,
                _scoring.Property.Count,
                (session, block) =>
                {
                    ScoreStream.CheckClash(block.Rows.ExtraNames, place);
                    Interlocked.Add(ref count, block.Rows.Count);
                    take(block.With(place, number => new object?[] { session.Name, session.ComputerName, block.File, number }.Take(place.Length)));
                },
                stop),
            ThrottleLimit,
            () => ReportSessions(() => Progress.Report(() => Counted.Grouped(Interlocked.Read(ref count), "row") + " here")));
        TellNotices();
        return intake;
    }
}

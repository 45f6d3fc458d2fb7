using System.Collections;
using System.Collections.Generic;
using System.Data.Common;
using System.IO;
using System.Linq;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Binding.Connections;
using GmmTools.Binding.Models;
using GmmTools.Binding.Rows;
using GmmTools.Binding.Scorings;
using GmmTools.Commands.Internal;
using GmmTools.Commands.Sessions;
using GmmTools.Completion;
using GmmTools.Connectors;
using GmmTools.Connectors.Databases;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using GmmTools.Outliers;
using GmmTools.Output;
using GmmTools.Serialization;

namespace GmmTools.Commands;

/// <summary>Finds the rows that are improbable under a mixture, at a stated false-alarm rate.</summary>
/// <remarks>
/// <para>A row is an outlier if its density is below a level. The level is chosen so that rows of the mixture itself fall below it at the rate of
/// -FalseAlarmRate: of a million sound rows, about a thousand are reported at 0.001. For one component (the squared distance is chi-square) and for one
/// column the level is exact; else it is found by importance sampling from the mixture, with an error that -Verbose and -LevelOnly report. Another
/// -Seed draws another sample; the same seed gives the same level. -Training takes the level from rows that are known to be sound instead: the rate then holds
/// for rows like these, even where the mixture does not fit them well.</para>
/// <para>Outliers are returned as they are read, with all their columns and these: Row, the position among all rows read, from 1; LogDensity;
/// TailProbability, the probability that a sound row is at least as improbable; Component, the most probable component of the row; Distance, the
/// Mahalanobis distance from it; and Contributor, the columns that make up at least 80 % of the squared distance, the most important first.
/// -IncludeContribution adds the share of each column, Contribution_a, ...; the shares sum to 1 and allow for the correlations (Garthwaite and Koch
/// 2016). Other rows are not returned.</para>
/// <para>Without -Model the command fits the rows itself, robustly, and then judges all of them: mixtures of -ComponentCount components and noise, the
/// best by BIC. Components that hold less than -SmallestShare of the rows are not taken to be sound. -Verbose reports the fit. Rows are then read before
/// the first is returned. Bad rows that lie together and are more than that are taken for sound ones: see about_RobustMixtures.</para>
/// <para>With -Connection the database finds the rows below the level, and only these are transferred; Row then numbers these. See
/// about_MixtureDatabases. With -Session the files of other machines are read there, and only outliers come here, with their session, computer, file and
/// Row, here the position in the file: see about_MixtureSessions.</para>
/// <para>With -MissingValue Marginalize, rows with missing values are judged by their observed part, at the same rate. A mixture that was fitted to
/// rows with the outliers among them may have turned them into a component: look at Get-MixtureComponent first, or fit with -Noise (see
/// about_RobustMixtures). A mixture with noise is judged by its components alone, so that the rate is that of rows that belong to them.</para>
/// </remarks>
/// <example>
/// <para>The strangest eruptions of Old Faithful</para>
/// <code>
/// $fit = Invoke-EmFit -Path ./src/Examples/faithful.csv -ComponentCount 2
/// Find-MixtureOutlier $fit -FalseAlarmRate 0.01 -Path ./src/Examples/faithful.csv | Format-Table
/// </code>
/// <para>Of 272 rows, two or three are expected if the mixture is true.</para>
/// </example>
/// <example>
/// <para>A log with an incident: learn from the hours before it, then check the whole log</para>
/// <code>
/// $log = Import-Csv ./src/Examples/latency.csv | ForEach-Object {
///     [pscustomobject]@{ time = $_.time; latency = [math]::Log10($_.latency_ms); size = [math]::Log10($_.size_kb) }
/// }
/// $sound = $log | Where-Object { $_.time -lt '2026-03-02T09' }
/// $fit = $sound | Invoke-EmFit -Property latency, size -ComponentCount 3
/// $log | Find-MixtureOutlier $fit -Training $sound -FalseAlarmRate 0.005 | Group-Object { $_.time.Substring(11, 2) } | Format-Table Name, Count
/// </code>
/// <para>The names are hours: the incident began at half past ten and lasted twenty minutes. A few false alarms are expected. Latencies are skewed,
/// so their logarithms are used. The script src/Examples/LatencyOutliers.ps1 continues from here.</para>
/// </example>
/// <example>
/// <para>A log with an incident, in one step: nothing is known of the rows</para>
/// <code>
/// $log = Import-Csv ./src/Examples/latency.csv | ForEach-Object {
///     [pscustomobject]@{ time = $_.time; latency = [math]::Log10($_.latency_ms); size = [math]::Log10($_.size_kb) }
/// }
/// $log | Find-MixtureOutlier -Property latency, size -FalseAlarmRate 0.001 | Format-Table time, Component, Contributor
/// </code>
/// <para>The twelve requests of the incident are a component of their own, which is too small to be sound, so that they are found.</para>
/// </example>
/// <example>
/// <para>The level, for use elsewhere</para>
/// <code>
/// $fit = Invoke-EmFit -Path ./src/Examples/iris.csv -ComponentCount 3
/// $level = Find-MixtureOutlier $fit -FalseAlarmRate 0.001 -LevelOnly
/// ConvertTo-MixtureSql $fit -Dialect DuckDb -As Outlier -Level $level.LogDensity
/// </code>
/// <para>The database finds the same outliers.</para>
/// </example>
/// <seealso cref="GetMixtureMembershipCommand"/>
[Cmdlet(VerbsCommon.Find, "MixtureOutlier", DefaultParameterSetName = InputObjectSet, HelpUri = OnlineHelp.Page)]
[OutputType(typeof(PSCustomObject), typeof(OutlierLevel), ParameterSetName = [InputObjectSet, PathSet, LiteralPathSet, TableSet, QuerySet])]
public sealed partial class FindMixtureOutlierCommand : ScoringCommand
{
    /// <summary>By how much the density of a database or another machine may differ from ours, relative; whatever it returns is checked once more here.</summary>
    private const double Slack = 1e-9;

    private double _level;
    private GaussianMixture? _mixture;
    private bool _hasLevels;

    /// <summary>The mixture, a fit, a copy of either from a file or a job, or the path of its JSON file. Its columns are found by name in the rows;
    /// in rows without names, they are in the order of the mixture. Default: one is fitted to the rows themselves, with noise; rows in a database
    /// need a model.</summary>
    [Parameter(Position = 0, ParameterSetName = InputObjectSet, HelpMessage = "A mixture or a fit.")]
    [Parameter(Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, HelpMessage = "A mixture or a fit.")]
    [Parameter(Position = 0, ParameterSetName = LiteralPathSet, ValueFromPipeline = true, HelpMessage = "A mixture or a fit.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = TableSet, ValueFromPipeline = true, HelpMessage = "A mixture or a fit.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = QuerySet, ValueFromPipeline = true, HelpMessage = "A mixture or a fit.")]
    [AllowNull]
    [AllowEmptyCollection]
    [ModelFromFile]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public PSObject? Model { get; set; }

    /// <summary>How often a row of the mixture may be taken for an outlier, above 0 and below 1. Default: 0.001.</summary>
    [Parameter(Position = 1, HelpMessage = "How often a row of the mixture may be taken for an outlier, above 0 and below 1.")]
    public double FalseAlarmRate { get; set; } = 0.001;

    /// <summary>Rows that are known to be sound, to take the level from instead of from the mixture: whatever -InputObject takes as an argument, or
    /// paths of files. There must be at least 1 / rate of them; they are kept in memory.</summary>
    [Parameter(HelpMessage = "Rows that are known to be sound, to take the level from.")]
    [ValidateNotNullOrEmpty]
    public PSObject? Training { get; set; }

    /// <summary>Number of rows to draw to find the level of a mixture with several components and columns. Default: 100000.</summary>
    [Parameter(HelpMessage = "Number of rows to draw to find the level of a mixture with several components and columns.")]
    public int SampleCount { get; set; } = 100_000;

    /// <summary>Seed of the random numbers; the same seed gives the same level. Default: 1.</summary>
    [Parameter(HelpMessage = "Seed of the random numbers; the same seed gives the same level.")]
    public ulong Seed { get; set; } = 1;

    /// <summary>Adds one column per column of the mixture, with its share of the squared distance: Contribution_a, ...</summary>
    [Parameter(HelpMessage = "Adds one column per column of the mixture, with its share of the squared distance: Contribution_a, ...")]
    public SwitchParameter IncludeContribution { get; set; }

    /// <summary>Returns the level and its error instead of checking rows.</summary>
    [Parameter(ParameterSetName = InputObjectSet, HelpMessage = "Returns the level and its error instead of checking rows.")]
    public SwitchParameter LevelOnly { get; set; }

    /// <summary>Prefix for the names of the added columns, for rows that already have columns with these names.</summary>
    [Parameter(HelpMessage = "Prefix for the names of the added columns, for rows that already have columns with these names.")]
    public string Prefix { get; set; } = string.Empty;

    /// <summary>A connection to the database that holds the rows, from any driver. The scores are computed there, and are null for rows with missing
    /// values. A closed connection is opened, and closed again afterwards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TableSet, HelpMessage = "A connection to the database.")]
    [Parameter(Mandatory = true, ParameterSetName = QuerySet, HelpMessage = "A connection to the database.")]
    [Connection]
    public DbConnection? Connection { get; set; }

    /// <summary>The table or view with the rows, as table or schema.table. Put a part that contains a dot in double quotes.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TableSet, HelpMessage = "The table with the rows, such as schema.requests.")]
    [ValidateNotNullOrEmpty]
    public string? Table { get; set; }

    /// <summary>A SELECT of your own that returns the rows; it is run unchanged, as a derived table.</summary>
    [Parameter(Mandatory = true, ParameterSetName = QuerySet, HelpMessage = "A SELECT that gives the rows.")]
    [ValidateNotNullOrEmpty]
    public string? Query { get; set; }

    /// <summary>The SQL dialect of the database. Default: detected from the type of the connection, otherwise standard SQL.</summary>
    [Parameter(ParameterSetName = TableSet, HelpMessage = "The SQL dialect of the database.")]
    [Parameter(ParameterSetName = QuerySet)]
    [KnownDialect]
    [ArgumentCompleter(typeof(DialectCompleter))]
    public string? Dialect { get; set; }

    /// <inheritdoc/>
    private protected override PSObject? GivenModel => _own ?? Model;

    /// <inheritdoc/>
    private protected override string GivenPrefix => Prefix;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        CheckFit();
        if (Training is not null && FindGroups() is not null)
        {
            throw new CommandException(
                "GroupsNotSupported",
                "-Training gives the level of one mixture, but -Model gives fits of groups. Leave one of them out, or judge the groups one by one, with the mixture of each, as in $fit.Mixture.");
        }

        if (FitsItself)
        {
            BeginFit();
        }
        else if (LevelOnly)
        {
            WriteLevels(FindGroups(), Model);
        }
        else
        {
            base.Begin();
        }
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (LevelOnly && FitsItself && _held.Count == 0 && InputObject is not null && ModelArgument.IsModel(InputObject))
        {
            _hasLevels = true;
            WriteLevels(GroupedModels.TryRead(InputObject), InputObject);
        }
        else if (FitsItself)
        {
            Hold();
        }
        else if (!LevelOnly)
        {
            base.Process();
        }
    }

    /// <inheritdoc/>
    private protected override RowScoring CreateScoring(GaussianMixture mixture) =>
        new OutlierScoring(Sound(mixture), CreateDetector(Sound(mixture)), IncludeContribution);

    /// <inheritdoc/>
    private protected override SessionLimit? FindLimit() => FindGroups() is not null ? null
        : new SessionLimit(System.Text.Encoding.UTF8.GetBytes(MixtureJsonWriter.Write(_mixture!)), Loosened);

    /// <summary>The level for who computes densities elsewhere; what is found is checked once more here.</summary>
    private double Loosened => _level + (Slack * System.Math.Abs(_level));

    private void WriteLevels(GroupedModels? groups, PSObject? model)
    {
        if (groups is null)
        {
            WriteObject(CreateDetector(Sound(ModelArgument.Resolve(model))).Level);
            return;
        }

        foreach (RowGroup group in groups.Groups)
        {
            WriteObject(GroupedFits.Describe(group, CreateDetector(Sound(groups[group])).Level));
        }
    }

    /// <summary>What sound rows are distributed as: the components without the noise or the trimming, which are there for the others.</summary>
    private static GaussianMixture Sound(GaussianMixture mixture) => mixture.Sound;

    private OutlierDetector CreateDetector(GaussianMixture mixture)
    {
        OutlierOptions options = new()
        {
            FalseAlarmRate = FalseAlarmRate,
            SampleCount = SampleCount,
            Seed = Seed,
            ThreadCount = ThrottleLimit,
            Training = Training is null ? null : ReadTraining(mixture),
        };
        _mixture = mixture;
        OutlierDetector detector = BackgroundWork.Run(
            () => new OutlierDetector(mixture, options, StopToken), () => Progress.Report(() => "finding the level"), StopToken);
        WriteVerbose(Describe(detector.Level));
        _level = detector.Level.LogDensity;
        return detector;
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        if (_hasLevels)
        {
            return;
        }

        if (FitsItself)
        {
            EndFit();
            return;
        }

        if (ParameterSetName is not (TableSet or QuerySet))
        {
            base.End();
            return;
        }

        using DatabaseScores scores = ScoredDatabase.Open(Connection!, Table, Query, Dialect);
        Score(scores, Sound(ModelArgument.Resolve(Model)));
    }

    private void Score(DatabaseScores scores, GaussianMixture mixture)
    {
        foreach (PSObject row in new ScoredDatabase(this).ReadRows(scores, scores.CreateQuery(mixture, _ => [], Loosened)))
        {
            ProcessRow(row);
        }
    }

    private static string Describe(OutlierLevel level) => System.FormattableString.Invariant(
        $"Rows with a log-density below {level.LogDensity:G9} are outliers; among sound rows they are a share of {level.FalseAlarmRate:R}, with a standard error of {level.StandardError:G3} ({level.Method}, {Counted.Of(level.SampleCount, "row")}).");

    private IObservations ReadTraining(GaussianMixture mixture)
    {
        string[] paths = TrainingPaths();
        if (paths.Length > 0)
        {
            IReadOnlyList<string> files = FilePaths.Resolve(SessionState, paths, literal: false, "put a backtick before each that belongs to a name");
            FileReadOptions options = CreateReadOptions(mixture.Property);
            return BackgroundWork.Run(
                () => FileObservationReader.ReadTable(files, options, CountRows, StopToken).Observations, ReportRows, StopToken);
        }

        RowReader reader = CreateReader(null, mixture.Property);
        RowCollector? rows = null;
        FirstRows first = new(reader, (row, cells) =>
        {
            double[] numbers = reader.Read(row, cells);
            rows ??= new RowCollector(reader.Property, WeightProperty is not null, ParsePolicy()) { DescribeMissing = reader.DescribeMissing };
            rows.Add(numbers, reader.Weight);
            Tick(reader.Count);
        });
        foreach (PSObject? row in RowSource.Enumerate(Training, fromPipeline: false))
        {
            first.Add(row);
        }

        first.Release();
        return (rows ?? new RowCollector(mixture.Property)).Build();
    }

    /// <summary>The paths, when -Training is text or files and nothing else.</summary>
    private string[] TrainingPaths()
    {
        object[] items = Training!.BaseObject is IEnumerable list and not string ? [.. list.Cast<object>()] : [Training.BaseObject];
        object?[] bare = [.. items.Select(Bare.Of)];
        return bare.All(item => item is string or FileInfo)
            ? [.. bare.Select(item => item is FileInfo file ? file.FullName : (string)item!)]
            : [];
    }
}

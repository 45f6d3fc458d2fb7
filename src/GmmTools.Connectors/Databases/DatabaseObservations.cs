using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Globalization;
using System.Linq;
using System.Threading;
using GmmTools.Connectors.Databases.Dialects;
using GmmTools.Connectors.Databases.Sql;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Chunks;
using GmmTools.Observations.Intake;

namespace GmmTools.Connectors.Databases;

/// <summary>
/// Rows that stay in their database, which computes the sums that an iteration needs. Only these travel, a sample to find a start
/// from, and single rows where a lost component is put back. Nothing is written.
/// </summary>
public sealed class DatabaseObservations : IObservations, IDisposable
{
    private readonly SqlDialect _dialect;
    private readonly RowsSource _source;
    private readonly ColumnFrame _frame;
    private readonly string _name;
    private ExactSums? _exact;
    private readonly object _noticeLock = new();
    private double _minWeight;
    private double _greatestWeight;

    internal DatabaseObservations(DatabaseSession session, SqlDialect dialect, RowsSource source, DatabaseSurvey survey)
    {
        Session = session;
        _dialect = dialect;
        _source = source;
        Property = survey.Property;
        ConstantColumns = FixedList.Of(survey.Constant);
        Intake = survey.Intake;
        Count = survey.Intake.UsedCount;
        TotalWeight = survey.TotalWeight;
        Minimum = survey.Minimum;
        Maximum = survey.Maximum;
        _frame = ColumnFrame.Create(survey.Mean, survey.Minimum, survey.Maximum);
        _minWeight = _greatestWeight = TotalWeight;
        _name = survey.Name;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Property { get; }

    /// <summary>Columns that were left out: they have one value in all rows, and nobody asked for them.</summary>
    public IReadOnlyList<string> ConstantColumns { get; }

    /// <inheritdoc/>
    public long Count { get; }

    /// <inheritdoc/>
    public double TotalWeight { get; }

    /// <inheritdoc/>
    public IReadOnlyList<double> Minimum { get; }

    /// <inheritdoc/>
    public IReadOnlyList<double> Maximum { get; }

    /// <summary>Always false: rows with gaps are left out, or refused.</summary>
    public bool HasGaps => false;

    /// <summary>Always false: the rows stay where they are.</summary>
    public bool CanEnumerate => false;

    /// <summary>How many rows there are, and what became of them.</summary>
    public RowIntake Intake { get; }

    /// <summary>Name of the dialect.</summary>
    public string Dialect => _dialect.Name;

    /// <summary>Queries sent so far.</summary>
    public long QueryCount => Session.QueryCount;

    /// <summary>Bytes of the statements sent so far.</summary>
    public long BytesSent => Session.BytesSent;

    /// <summary>Bytes of the numbers that came back so far.</summary>
    public long BytesReceived => Session.BytesReceived;

    /// <summary>What a reader should know where the rows changed during the work; null where they did not.</summary>
    public string? ChangeWarning
    {
        get
        {
            lock (_noticeLock)
            {
                return _minWeight == _greatestWeight ? null : FormattableString.Invariant(
                    $"The table changed during the fit: its row weights summed to {TotalWeight:R} at first, and to between {_minWeight:R} and {_greatestWeight:R} later. The mixture describes the rows that were read last. Fit a copy of the table, or, if the engine has snapshots, fit in a transaction that reads one.");
            }
        }
    }

    /// <summary>Told of each failure that is followed by another try: which try it is, and what failed.</summary>
    public Action<int, Exception>? Retrying
    {
        get => Session.Retrying;
        set => Session.Retrying = value;
    }

    internal DatabaseSession Session { get; }

    /// <summary>Looks at the rows of a table or query, in one scan.</summary>
    /// <param name="connection">The connection; it is opened if it is closed, and left as it was.</param>
    /// <param name="options">Which rows are meant.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The rows; dispose of them.</returns>
    /// <exception cref="DatabaseException">The database refuses (QueryFailed), or something is not as it takes it.</exception>
    /// <exception cref="InvalidObservationException">Columns are unfit, or there are no rows.</exception>
    public static DatabaseObservations Open(DbConnection connection, DatabaseOptions options, CancellationToken cancellationToken = default)
    {
        SqlDialect dialect = options.Dialect ?? SqlDialects.Detect(connection);
        DatabaseSession session = new(connection, dialect, options.RetryCount, options.RetryDelay);
        try
        {
            RowsSource source = new(dialect, options);
            DatabaseSurvey survey = new(session, dialect, source, options);
            survey.Run(cancellationToken);
            DatabaseObservations observations = new(session, dialect, source, survey);
            if (options.Reproducible)
            {
                observations.BoundSums(cancellationToken);
            }

            return observations;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IExpectationStep PrepareExpectation(int componentCount, CovarianceShape shape, int threadCount) => new DatabaseExpectationStep(this);

    /// <inheritdoc/>
    public IEnumerable<(double[] Row, double Weight)> EnumerateWeighted() => throw NotEnumerable();

    /// <inheritdoc/>
    public IObservations Reweight(IReadOnlyList<double> weights) => throw NotEnumerable();

    /// <inheritdoc/>
    public IObservations Label(IReadOnlyList<int> labels) => throw NotEnumerable();

    /// <inheritdoc/>
    public TrimmedObservations Trim(double fraction) => throw TrimmedObservations.NotSupported(
        "Rows that stay in a database", "each iteration would have to put all of them in order of their density");

    /// <summary>What is known of the rows without reading them all once more.</summary>
    /// <param name="cancellationToken">Not needed.</param>
    /// <returns>Source, columns, counts and ranges.</returns>
    public IReadOnlyList<KeyValuePair<string, string>> Describe(CancellationToken cancellationToken) =>
    [
        new("the database's dialect", Dialect),
        new("the table or query", _name),
        new("reproducible sums", _exact is null ? "no" : "yes"),
        new("the columns", string.Join(", ", Property)),
        new("the number of rows", Count.ToString(CultureInfo.InvariantCulture)),
        new("the weights of the rows", TotalWeight.ToString("G9", CultureInfo.InvariantCulture)),
        .. Property.Select((name, j) => new KeyValuePair<string, string>($"the range of '{name}'", FormattableString.Invariant($"{Minimum[j]:R} to {Maximum[j]:R}"))),
    ];

    /// <summary>The queries of one iteration, to look at or to explain.</summary>
    /// <param name="mixture">The mixture, over the same columns in the same order.</param>
    /// <returns>One statement, or several where the engine does not take it in one.</returns>
    public IReadOnlyList<string> GetQueries(GaussianMixture mixture) => DatabaseExpectationStep.ToQueries(CreateSql(mixture.Parameters));

    /// <inheritdoc/>
    public InMemoryObservations Sample(int maximumCount, ulong seed, CancellationToken cancellationToken) =>
        new DatabaseSample(Session, _dialect, _source, this).Draw(maximumCount, seed, cancellationToken);

    /// <summary>Brings all rows here, for work that has to look at each of them many times.</summary>
    /// <param name="storage">Where they are kept; null for memory, however many they are.</param>
    /// <param name="count">Told how many have come so far; null for nobody.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The rows, in the order in which the database gives them, which may be any.</returns>
    /// <exception cref="DatabaseException">The database refuses (QueryFailed).</exception>
    /// <exception cref="InvalidObservationException">A row has a gap that it did not have before (MissingValue).</exception>
    /// <exception cref="RowStorageException">The rows exceed their memory and cannot be kept in a file.</exception>
    public IObservations Fetch(RowStorage? storage = null, Action<long>? count = null, CancellationToken cancellationToken = default) =>
        new DatabaseSample(Session, _dialect, _source, this).FetchAll(storage, count, cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<ImprobableRow> FindLeastProbable(MixtureParameters mixture, int count, int threadCount, CancellationToken cancellationToken)
    {
        ResponsibilitySql rows = new(_dialect, _source, _frame, mixture);
        string[] columns = [rows.LogTerm, .. Enumerable.Range(0, Property.Count).Select(rows.RowValue)];

        // rows of one density have an order too, so that the same ones are found again
        string list = string.Join(",", columns);
        string query = $"SELECT {list} FROM {rows.ToDensitySource()} ORDER BY {list} {_dialect.FirstRows(count)}";
        List<ImprobableRow> found = [];
        Session.Run(
            () =>
            {
                found.Clear();
                Session.Read(query, reader => found.Add(ReadImprobable(reader)), cancellationToken);
                return found;
            },
            cancellationToken);

        // a table that was emptied meanwhile has a middle still, which is less improbable than any row
        return found.Count > 0 ? found : [new ImprobableRow([.. _frame.Origin], double.PositiveInfinity)];
    }

    /// <inheritdoc/>
    public void Dispose() => Session.Dispose();

    /// <summary>The sums of each part of the table; there is one part where it is not spread over servers.</summary>
    internal IReadOnlyList<StatisticsSql> CreateSql(MixtureParameters mixture) =>
        [.. _source.Parts.Select(part => new StatisticsSql(_dialect, part, _frame, mixture, _exact))];

    private static InvalidObservationException NotEnumerable() => new(
        "RowsNotEnumerable", "The rows stay in their database and cannot be visited one by one. Read them with a query first.");

    private ImprobableRow ReadImprobable(DbDataReader reader) => new(
        [.. Enumerable.Range(1, Property.Count).Select(j => DatabaseSession.Number(reader, j))], DatabaseSession.Number(reader, 0));

    /// <summary>Finds out what sums can come to, in one scan.</summary>
    private void BoundSums(CancellationToken cancellationToken)
    {
        string factor = _source.Weight is null ? string.Empty : _source.WeightValue + "*";
        string[] coordinates = [.. Enumerable.Range(0, Property.Count).Select(j => $"({_frame.ToCoordinate(_dialect, _source, j)})")];
        string sums = string.Join(",", coordinates.Select(coordinate => $"SUM({factor}{coordinate}*{coordinate})"));
        double[] squares = new double[Property.Count];
        Session.Run(
            () =>
            {
                Array.Clear(squares, 0, squares.Length);
                Session.Read(
                    string.Join(" UNION ALL ", _source.Parts.Select(part => $"SELECT {sums} FROM {part.FromRows}")),
                    reader =>
                    {
                        for (int j = 0; j < squares.Length; j++)
                        {
                            squares[j] += DatabaseSession.Number(reader, j);
                        }
                    },
                    cancellationToken);
                return squares;
            },
            cancellationToken);
        _exact = new ExactSums(_dialect, TotalWeight, squares);
    }

    /// <summary>Compares the weight of the rows of an iteration with that of those before it; fits side by side each tell of theirs.</summary>
    internal void Notice(double totalWeight)
    {
        // sums of fractions differ in their last digits where threads add them in no fixed order
        double slack = 1e-9 * TotalWeight;
        lock (_noticeLock)
        {
            _minWeight = totalWeight < _minWeight - slack ? totalWeight : _minWeight;
            _greatestWeight = totalWeight > _greatestWeight + slack ? totalWeight : _greatestWeight;
        }
    }
}

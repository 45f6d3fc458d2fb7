using System;
using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading;
using GmmTools.Connectors.Databases.Dialects;

namespace GmmTools.Connectors.Databases;

/// <summary>
/// One connection, one query at a time: within one snapshot where the engine has one, cancelled with a token, tried again when it fails.
/// It sends SELECTs only, and leaves the connection as open as it found it.
/// </summary>
internal sealed class DatabaseSession : IDisposable
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    /// <summary>Transactions of ours: some drivers refuse a command that does not name the one of its connection, which may be another session's.</summary>
    private static readonly ConditionalWeakTable<DbConnection, DbTransaction> Transactions = new();

    private readonly DbConnection _connection;
    private readonly SqlDialect _dialect;
    private readonly int _retryCount;
    private readonly TimeSpan _retryDelay;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly bool _wasClosed;
    private DbTransaction? _transaction;
    private bool _inSnapshot;
    private bool _hasWorked;
    private bool _disposed;

    public DatabaseSession(DbConnection connection, SqlDialect dialect, int retryCount, TimeSpan retryDelay)
    {
        _connection = connection;
        _dialect = dialect;
        _retryCount = retryCount;
        _retryDelay = retryDelay;
        _wasClosed = connection.State == ConnectionState.Closed;
    }

    /// <summary>Told of each failure that is followed by another try: which try it is, and what failed.</summary>
    public Action<int, Exception>? Retrying { get; set; }

    /// <summary>Number of queries that were sent.</summary>
    public long QueryCount { get; private set; }

    /// <summary>Bytes of the statements that were sent.</summary>
    public long BytesSent { get; private set; }

    /// <summary>Bytes of the numbers that came back.</summary>
    public long BytesReceived { get; private set; }

    /// <summary>Runs queries, all of them again when one fails.</summary>
    /// <typeparam name="T">What is made of them.</typeparam>
    /// <param name="work">Sends the queries; may be called more than once.</param>
    /// <param name="cancellationToken">Cancels the running command.</param>
    public T Run<T>(Func<T> work, CancellationToken cancellationToken)
    {
        _turn.Wait(cancellationToken);
        try
        {
            for (int attempt = 1; ; attempt++)
            {
                try
                {
                    return Attempt(work, cancellationToken);
                }
                catch (Exception exception) when (IsFailure(exception))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    Abandon();
                    if (!_hasWorked || attempt > _retryCount)
                    {
                        throw Failed(exception, attempt);
                    }

                    Retrying?.Invoke(attempt, exception);
                    cancellationToken.WaitHandle.WaitOne(Delay(attempt));
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The rows of one query, to be called within <see cref="Run{T}"/>.</summary>
    /// <param name="query">The statement.</param>
    /// <param name="read">Called for each row.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public void Read(string query, Action<DbDataReader> read, CancellationToken cancellationToken)
    {
        using DbCommand command = CreateCommand(query);
        using CancellationTokenRegistration registration = cancellationToken.Register(() => Cancel(command));
        try
        {
            using DbDataReader reader = command.ExecuteReader();
            QueryCount++;
            BytesSent += Encoding.UTF8.GetByteCount(query);
            while (reader.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                BytesReceived += reader.FieldCount * sizeof(double);
                read(reader);
            }

            _hasWorked = true;
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested && exception is not OperationCanceledException)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
    }

    /// <summary>The columns of a query that gives no rows, to be called within <see cref="Run{T}"/>.</summary>
    public void ReadColumns(string query, Action<DbDataReader> read)
    {
        using DbCommand command = CreateCommand(query);
        using DbDataReader reader = command.ExecuteReader();
        read(reader);
    }

    /// <summary>Runs a statement that gives no rows, to be called within <see cref="Run{T}"/>.</summary>
    public void Execute(string statement)
    {
        using DbCommand command = CreateCommand(statement);
        command.ExecuteNonQuery();
    }

    /// <summary>A number of a row; 0 for null, which is the sum of nothing.</summary>
    public static double Number(DbDataReader reader, int column)
    {
        object value = reader.GetValue(column);
        return value switch
        {
            DBNull => 0,
            double number => number,
            System.Numerics.BigInteger big => (double)big,
            _ => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        };
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        Abandon();
        if (_wasClosed)
        {
            _connection.Close();
        }

        _turn.Dispose();
    }

    private T Attempt<T>(Func<T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_connection.State != ConnectionState.Open)
        {
            // a broken connection is to be closed before it can be opened again
            _connection.Close();
            _connection.Open();
        }

        if (!_inSnapshot)
        {
            _inSnapshot = true;
            Begin();
        }

        return work();
    }

    private void Begin()
    {
        try
        {
            if (_dialect.SnapshotLevel is IsolationLevel level)
            {
                _transaction = _connection.BeginTransaction(level);
                Transactions.Remove(_connection);
                Transactions.Add(_connection, _transaction);
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or DbException or NotSupportedException or ArgumentException)
        {
            // the user has a transaction open, which is then the snapshot, or the driver has none of that kind
            _transaction = null;
            return;
        }

        foreach (string statement in _dialect.SessionStatements(_transaction is not null))
        {
            Execute(statement);
        }
    }

    private DbCommand CreateCommand(string text)
    {
        DbCommand command = _connection.CreateCommand();
        command.CommandText = text;
        command.CommandTimeout = 0;
        command.Transaction = Transactions.TryGetValue(_connection, out DbTransaction? open) ? open : null;
        return command;
    }

    /// <summary>Cancels a command, if its driver can and it is not over.</summary>
    public static void Cancel(DbCommand command)
    {
        try
        {
            command.Cancel();
        }
        catch (Exception exception) when (exception is InvalidOperationException or DbException or NotSupportedException)
        {
            // the command is over already, or its driver cannot
        }
    }

    /// <summary>Ends the snapshot; nothing was written, so there is nothing to keep.</summary>
    private void Abandon()
    {
        if (_transaction is not null)
        {
            Transactions.Remove(_connection);
        }

        try
        {
            _transaction?.Rollback();
            _transaction?.Dispose();
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            // it went with its connection
        }

        _transaction = null;
        _inSnapshot = false;
    }

    private TimeSpan Delay(int attempt)
    {
        double seconds = _retryDelay.TotalSeconds * Math.Pow(2, attempt - 1);
        return seconds < LongestDelay.TotalSeconds ? TimeSpan.FromSeconds(seconds) : LongestDelay;
    }

    /// <summary>Drivers throw their own kinds of errors; what is not an error of ours or the runtime's is theirs.</summary>
    public static bool IsFailure(Exception exception) =>
        exception is DbException or InvalidOperationException or System.IO.IOException or TimeoutException or System.Net.Sockets.SocketException
        && exception is not ObjectDisposedException;

    /// <summary>The error for what a driver threw, the last time it was tried.</summary>
    public static DatabaseException Failed(Exception exception, int attempts) => new(
        "QueryFailed",
        FormattableString.Invariant($"The database answered: {exception.Message.Trim()} ")
            + (attempts > 1 ? FormattableString.Invariant($"The query was tried {attempts} times.") : "Check that this user can read the table and its columns."),
        null,
        exception)
    { Remedy = attempts > 1 ? new Remedy("RetryQuery") : null };
}

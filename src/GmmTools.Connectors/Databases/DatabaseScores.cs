using System;
using System.Collections.Generic;
using System.Data;
using System.Data.Common;
using System.Linq;
using System.Threading;
using GmmTools.Connectors.Cells;
using GmmTools.Connectors.Databases.Dialects;
using GmmTools.Connectors.Databases.Sql;
using GmmTools.Mixtures;
using GmmTools.Observations;

namespace GmmTools.Connectors.Databases;

/// <summary>Rows of a database with what a mixture says about them, computed there by the expressions of <see cref="MixtureSql"/>.</summary>
public sealed class DatabaseScores : IDisposable
{
    private readonly DbConnection _connection;
    private readonly SqlDialect _dialect;
    private readonly RowsSource _source;
    private readonly bool _wasClosed;
    private DbCommand? _command;
    private DbDataReader? _reader;
    private CancellationTokenRegistration _registration;

    /// <summary>Prepares to score a table or query.</summary>
    /// <param name="connection">The connection; it is opened if it is closed, and left as it was.</param>
    /// <param name="options">Which rows are meant; of the options the table, the query and the dialect count.</param>
    public DatabaseScores(DbConnection connection, DatabaseOptions options)
    {
        _connection = connection ?? throw new ArgumentNullException(nameof(connection));
        _dialect = options.Dialect ?? SqlDialects.Detect(connection);
        _source = new RowsSource(_dialect, options);
        _wasClosed = connection.State == ConnectionState.Closed;
    }

    /// <summary>Names of the columns of the rows that are read.</summary>
    public IReadOnlyList<string> Property { get; private set; } = [];

    /// <summary>The query that gives the rows.</summary>
    /// <param name="mixture">The mixture; its columns are found by name, in any case.</param>
    /// <param name="columns">Names and expressions of what is added, made from the mixture's SQL.</param>
    /// <param name="below">The log-density below which rows are given; null for all rows.</param>
    /// <returns>The query.</returns>
    /// <exception cref="InvalidObservationException">The rows lack a column (UnknownProperty).</exception>
    /// <exception cref="DatabaseException">The database refuses (QueryFailed).</exception>
    public string CreateQuery(GaussianMixture mixture, Func<MixtureSql, IEnumerable<KeyValuePair<string, string>>> columns, double? below = null)
    {
        string[] there = ReadColumns();
        string[] property = [.. ColumnSelector.ResolveNames(there, mixture.Property, null).Select(i => there[i])];
        MixtureSql sql = new(mixture, _dialect, property);
        string added = string.Concat(columns(sql).Select(column => $",{column.Value} AS {_dialect.Quote(column.Key)}"));
        string query = $"SELECT gt.*{added} FROM {_source.From}";
        return below is double level ? $"{query} WHERE {sql.LogDensity()}<{_dialect.Number(level)}" : query;
    }

    /// <summary>Sends a query, to read its rows.</summary>
    /// <param name="query">The query.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>Always true.</returns>
    public bool Open(string query, CancellationToken cancellationToken)
    {
        _command = CreateCommand(query);
        DbCommand command = _command;
        _registration = cancellationToken.Register(() => DatabaseSession.Cancel(command));
        _reader = Try(_command.ExecuteReader, cancellationToken);
        Property = [.. Enumerable.Range(0, _reader.FieldCount).Select(_reader.GetName)];
        return true;
    }

    /// <summary>Reads the next row.</summary>
    /// <param name="cells">Overwritten: one cell per column, null for null.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Whether there was one.</returns>
    public bool Read(object?[] cells, CancellationToken cancellationToken)
    {
        if (!Try(_reader!.Read, cancellationToken))
        {
            return false;
        }

        for (int i = 0; i < cells.Length; i++)
        {
            cells[i] = _reader.IsDBNull(i) ? null : _reader.GetValue(i);
        }

        return true;
    }

    /// <summary>Puts the rows of a query into a new table.</summary>
    /// <param name="table">The table, which must not exist.</param>
    /// <param name="query">The query.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>Always true.</returns>
    public bool Write(string table, string query, CancellationToken cancellationToken)
    {
        using DbCommand command = CreateCommand(_dialect.CreateTable(_dialect.QuoteTable(table), query));
        using CancellationTokenRegistration registration = cancellationToken.Register(() => DatabaseSession.Cancel(command));
        Try(command.ExecuteNonQuery, cancellationToken);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _registration.Dispose();
        _reader?.Dispose();
        _command?.Dispose();
        if (_wasClosed)
        {
            _connection.Close();
        }
    }

    private string[] ReadColumns()
    {
        using DbCommand command = CreateCommand($"SELECT * FROM {_source.From} WHERE 1=0");
        using DbDataReader reader = Try(command.ExecuteReader, CancellationToken.None);
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
    }

    private DbCommand CreateCommand(string text)
    {
        if (_connection.State != ConnectionState.Open)
        {
            Try(
                () =>
                {
                    _connection.Open();
                    return true;
                },
                CancellationToken.None);
        }

        DbCommand command = _connection.CreateCommand();
        command.CommandText = text;
        command.CommandTimeout = 0;
        return command;
    }

    private static T Try<T>(Func<T> work, CancellationToken cancellationToken)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested && exception is not OperationCanceledException)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
        catch (Exception exception) when (DatabaseSession.IsFailure(exception))
        {
            throw DatabaseSession.Failed(exception, 1);
        }
    }
}

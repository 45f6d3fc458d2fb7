using System;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace GmmTools.Database.Tests.Support;

/// <summary>A connection that loses some queries: each of those numbered (from 1) in a range fails, as if the line were cut.</summary>
public sealed class FlakyConnection(DbConnection inner, int firstFailure, int lastFailure) : DbConnection
{
    private ConnectionState _state = ConnectionState.Open;

    /// <summary>Queries sent so far.</summary>
    public int QueryCount { get; private set; }

    /// <summary>Text of the query sent last.</summary>
    public string LastQuery { get; private set; } = string.Empty;

    /// <summary>Called with the number of each query before it is sent.</summary>
    public Action<int>? Sending { get; set; }

    [AllowNull]
    public override string ConnectionString { get; set; } = string.Empty;

    public override string Database => inner.Database;

    public override string DataSource => "flaky";

    public override string ServerVersion => inner.ServerVersion;

    public override ConnectionState State => _state;

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    public override void Close() => _state = ConnectionState.Closed;

    public override void Open() => _state = ConnectionState.Open;

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => inner.BeginTransaction(isolationLevel);

    protected override DbCommand CreateDbCommand() => new FlakyCommand(this, inner.CreateCommand());

    private void Send(string query)
    {
        LastQuery = query;
        QueryCount++;
        Sending?.Invoke(QueryCount);
        if (QueryCount >= firstFailure && QueryCount <= lastFailure)
        {
            _state = ConnectionState.Broken;
            throw new LineCutException();
        }
    }

    private sealed class LineCutException() : DbException("The line was cut.");

    private sealed class FlakyCommand(FlakyConnection connection, DbCommand inner) : DbCommand
    {
        [AllowNull]
        public override string CommandText { get => inner.CommandText; set => inner.CommandText = value; }

        public override int CommandTimeout { get => inner.CommandTimeout; set => inner.CommandTimeout = value; }

        public override CommandType CommandType { get => inner.CommandType; set => inner.CommandType = value; }

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource { get; set; }

        protected override DbConnection? DbConnection { get; set; } = connection;

        protected override DbParameterCollection DbParameterCollection => inner.Parameters;

        protected override DbTransaction? DbTransaction { get => inner.Transaction; set => inner.Transaction = value; }

        public override void Cancel() => inner.Cancel();

        public override int ExecuteNonQuery() => inner.ExecuteNonQuery();

        public override object? ExecuteScalar() => inner.ExecuteScalar();

        public override void Prepare() => inner.Prepare();

        protected override DbParameter CreateDbParameter() => inner.CreateParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
        {
            connection.Send(inner.CommandText);
            return inner.ExecuteReader(behavior);
        }

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}

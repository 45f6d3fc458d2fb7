using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Linq;
using DuckDB.NET.Data;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GmmTools.Database.Tests.Support;

/// <summary>The engines that the tests run: one server of PostgreSQL for all of them, the others in process.</summary>
public sealed class Engines : IDisposable
{
    private readonly Lazy<PostgreSqlServer> _server = new(() => new PostgreSqlServer());

    /// <summary>Those there are on this machine.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. ((string[])["DuckDb", "Sqlite", "PostgreSql"]).Where(name => name != "PostgreSql" || PostgreSqlInstallation.Folder is not null)];

    /// <summary>The same as cases of tests.</summary>
    public static TheoryData<string> Available { get; } = [.. Names];

    /// <summary>A new database, or for PostgreSQL a new connection to the one there is.</summary>
    internal DbConnection Open(string engine)
    {
        switch (engine)
        {
            case "DuckDb":
                return Opened(new DuckDBConnection("DataSource=:memory:"));
            case "Sqlite":
                return Opened(new SqliteConnection("Data Source=:memory:"));
            default:
                return _server.Value.Connect();
        }
    }

    /// <summary>A database in a file, which several connections may have open.</summary>
    internal static DbConnection OpenDuckDb(string file) => Opened(new DuckDBConnection("DataSource=" + file));

    public void Dispose()
    {
        if (_server.IsValueCreated)
        {
            _server.Value.Dispose();
        }
    }

    private static DbConnection Opened(DbConnection connection)
    {
        connection.Open();
        return connection;
    }
}

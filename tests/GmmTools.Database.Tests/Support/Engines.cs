using System;
using System.Collections.Generic;
using System.Data.Common;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using DuckDB.NET.Data;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GmmTools.Database.Tests.Support;

/// <summary>The engines that the tests run: one server each of PostgreSQL and MariaDB for all of them, which start side by side, the others in process.</summary>
public sealed class Engines : IDisposable
{
    private readonly Task<PostgreSqlServer>? _postgreSql = PostgreSqlInstallation.Folder is null ? null : Task.Run(() => new PostgreSqlServer());
    private readonly Task<MariaDbServer>? _mariaDb = MariaDbServer.Missing is null ? Task.Run(() => new MariaDbServer()) : null;
    private readonly Lazy<DirectoryInfo> _files = new(() => Directory.CreateTempSubdirectory("gmmtools-odbc"));

    /// <summary>Those there are on this machine.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "DuckDb", "Sqlite", .. PostgreSqlInstallation.Folder is null ? (string[])[] : ["PostgreSql"], .. MariaDbServer.Missing is null ? (string[])["MariaDb"] : [],
    ];

    /// <summary>The same as cases of tests.</summary>
    public static TheoryData<string> Available { get; } = [.. Names];

    /// <summary>Those that a driver of ODBC is there for.</summary>
    public static TheoryData<string> OverOdbc { get; } = [.. Names.Where(name => OdbcDrivers.Find(name) is not null)];

    /// <summary>A new database, or for a server a new connection to the one there is.</summary>
    internal DbConnection Open(string engine) => engine switch
    {
        "DuckDb" => Opened(new DuckDBConnection("DataSource=:memory:")),
        "Sqlite" => Opened(new SqliteConnection("Data Source=:memory:")),
        "MariaDb" => _mariaDb!.GetAwaiter().GetResult().Connect(),
        _ => _postgreSql!.GetAwaiter().GetResult().Connect(),
    };

    /// <summary>The same over ODBC, not opened yet.</summary>
    internal DbConnection OverOdbcTo(string engine) => OdbcDrivers.Connect(engine, engine switch
    {
        "Sqlite" => Path.Combine(_files.Value.FullName, "rows.db"),
        "MariaDb" => _mariaDb!.GetAwaiter().GetResult().Socket,
        _ => _postgreSql!.GetAwaiter().GetResult().Host,
    });

    /// <summary>A database in a file, which several connections may have open.</summary>
    internal static DbConnection OpenDuckDb(string file) => Opened(new DuckDBConnection("DataSource=" + file));

    public void Dispose()
    {
        _postgreSql?.GetAwaiter().GetResult().Dispose();
        _mariaDb?.GetAwaiter().GetResult().Dispose();
        if (_files.IsValueCreated)
        {
            _files.Value.Delete(true);
        }
    }

    private static DbConnection Opened(DbConnection connection)
    {
        connection.Open();
        return connection;
    }
}

using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using Npgsql;

namespace GmmTools.Database.Tests.Support;

/// <summary>A PostgreSQL server of its own in a temporary folder, which listens on a socket there and nowhere else.</summary>
internal sealed class PostgreSqlServer : IDisposable
{
    private const int Port = 5432;
    private readonly string _folder;

    public PostgreSqlServer()
    {
        _folder = Path.Combine(Path.GetTempPath(), "gmmtools-pg-" + Guid.NewGuid().ToString("N")[..8]);
        Directory.CreateDirectory(_folder);
        if (Environment.UserName == "root")
        {
            Process.Start("chown", ["postgres", _folder]).WaitForExit();
        }

        PostgreSqlInstallation.Run("initdb", "-D", Data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync");
        Start();
    }

    /// <summary>The folder of its socket.</summary>
    public string Host => _folder;

    private string Data => Path.Combine(_folder, "data");

    /// <summary>An open connection.</summary>
    public NpgsqlConnection Connect()
    {
        NpgsqlConnection connection = new(string.Create(
            CultureInfo.InvariantCulture, $"Host={Host};Port={Port};Username=postgres;Database=postgres;Pooling=false"));
        connection.Open();
        return connection;
    }

    public void Start() => PostgreSqlInstallation.Run(
        "pg_ctl", "-D", Data, "-w", "-l", Path.Combine(_folder, "log"), "-o", $"-k {_folder} -c listen_addresses='' -c fsync=off", "start");

    /// <summary>Stops it at once, as if the machine were gone.</summary>
    public void Kill() => PostgreSqlInstallation.Run("pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop");

    public void Dispose()
    {
        try
        {
            Kill();
        }
        catch (InvalidOperationException)
        {
            // a test has stopped it already
        }

        Directory.Delete(_folder, recursive: true);
    }
}

using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using MySqlConnector;

namespace GmmTools.Database.Tests.Support;

/// <summary>A MariaDB server of its own in a temporary folder, which listens on a socket there and nowhere else.</summary>
internal sealed class MariaDbServer : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gmmtools-mariadb");
    private readonly Process _server;

    public MariaDbServer()
    {
        string data = Path.Combine(_folder.FullName, "data");
        using Process install = Start(
            "mariadb-install-db", $"--datadir={data}", "--auth-root-authentication-method=normal", "--skip-test-db", "--innodb-log-file-size=4M", "--innodb-buffer-pool-size=16M");
        string output = install.StandardOutput.ReadToEnd();
        install.WaitForExit();
        if (install.ExitCode != 0)
        {
            throw new InvalidOperationException($"mariadb-install-db ended with {install.ExitCode}: {output}");
        }

        _server = Start(
            "mariadbd", $"--datadir={data}", $"--socket={Socket}", "--skip-networking", "--skip-log-bin", "--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=64M");
        _server.BeginOutputReadLine();
        _server.BeginErrorReadLine();
        Wait();
    }

    /// <summary>Why there is none; null where the server is installed.</summary>
    internal static string? Missing { get; } = Find("mariadbd") is not null && Find("mariadb-install-db") is not null
        ? null
        : "MariaDB's server is not installed (on Debian: apt-get install mariadb-server)";

    /// <summary>The path of its socket.</summary>
    public string Socket => Path.Combine(_folder.FullName, "socket");

    /// <summary>An open connection.</summary>
    public MySqlConnection Connect()
    {
        MySqlConnection connection = new($"Server={Socket};Protocol=unix;User ID=root;Database=gmm;Pooling=false");
        connection.Open();
        return connection;
    }

    public void Dispose()
    {
        _server.Kill();
        _server.WaitForExit();
        _server.Dispose();
        _folder.Delete(true);
    }

    private void Wait()
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                using MySqlConnection connection = new($"Server={Socket};Protocol=unix;User ID=root;Pooling=false");
                connection.Open();
                Sql.Execute(connection, "CREATE DATABASE gmm CHARACTER SET utf8mb4");
                return;
            }
            catch (MySqlException) when (attempt < 300 && !_server.HasExited)
            {
                Thread.Sleep(50);
            }
        }
    }

    /// <summary>One of its programs, with no settings but these; as root where this process belongs to root.</summary>
    private static Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(
        Find(program)!, ["--no-defaults", .. Environment.UserName == "root" ? (string[])["--user=root"] : [], .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Append("/usr/sbin").Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}

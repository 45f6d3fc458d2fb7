using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace GmmTools.Host.Tests.Hosting;

/// <summary>The latency log as a table of SQLite, and what a shell needs to read it.</summary>
internal static class LogDatabase
{
    /// <summary>Writes the file, with the table requests.</summary>
    /// <param name="path">The file.</param>
    public static void Create(string path)
    {
        using SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        using SqliteTransaction transaction = connection.BeginTransaction();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE requests (time TEXT, latency_ms REAL, size_kb REAL)";
        command.ExecuteNonQuery();
        command.CommandText = "INSERT INTO requests VALUES ($time, $latency, $size)";
        foreach (string[] cells in File.ReadLines(ModuleFiles.Data("latency.csv")).Skip(1).Select(line => line.Split(',')))
        {
            command.Parameters.Clear();
            command.Parameters.AddWithValue("$time", cells[0]);
            command.Parameters.AddWithValue("$latency", double.Parse(cells[1], CultureInfo.InvariantCulture));
            command.Parameters.AddWithValue("$size", double.Parse(cells[2], CultureInfo.InvariantCulture));
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    /// <summary>Copies the driver, as a user would lay it down: all of it in one folder.</summary>
    /// <param name="folder">The folder.</param>
    public static void CopyDriver(DirectoryInfo folder)
    {
        string native = Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native");
        string[] files =
        [
            Path.Combine(AppContext.BaseDirectory, "Microsoft.Data.Sqlite.dll"),
            .. Directory.EnumerateFiles(AppContext.BaseDirectory, "SQLitePCLRaw.*.dll"),
            .. Directory.EnumerateFiles(native, "*e_sqlite3*"),
        ];
        foreach (string file in files)
        {
            File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
        }
    }
}

using System;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace GmmTools.Database.Tests.Support;

/// <summary>Where Debian's or another package puts PostgreSQL's server.</summary>
internal static class PostgreSqlInstallation
{
    public const string Missing = "PostgreSQL's server is not installed (on Debian: apt-get install postgresql)";

    /// <summary>The folder of initdb and postgres, the newest version first; null where there is none.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>Runs one of its programs to its end; as the system's user postgres where this process belongs to root, whom PostgreSQL
    /// refuses.</summary>
    public static void Run(string program, params string[] arguments)
    {
        string path = Path.Combine(Folder!, program);
        ProcessStartInfo start = Environment.UserName == "root"
            ? new ProcessStartInfo("runuser", ["-u", "postgres", "--", path, .. arguments])
            : new ProcessStartInfo(path, arguments);
        start.WorkingDirectory = Path.GetTempPath();

        // the server inherits what it is started with: pipes to it would never end
        bool starts = arguments.Contains("start");
        start.RedirectStandardOutput = start.RedirectStandardError = !starts;
        using Process process = Process.Start(start)!;
        string output = starts ? string.Empty : process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {output}");
        }
    }

    private static string? Find()
    {
        string[] places = Directory.Exists("/usr/lib/postgresql")
            ? [.. Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))]
            : [];
        string[] path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        return places.OrderDescending(StringComparer.Ordinal).Concat(path).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));
    }
}

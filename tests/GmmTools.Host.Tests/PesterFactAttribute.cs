using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>A test that is skipped, and says so, where there is no PowerShell with Pester.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PesterFactAttribute : FactAttribute
{
    private const int FirstMajor = 5;

    private static readonly Lazy<string?> Reason = new(FindReason);

    /// <summary>Creates the attribute; looks for PowerShell once per process.</summary>
    public PesterFactAttribute() => Skip = Reason.Value;

    /// <summary>A PowerShell that has not been told to forget the machine's modules.</summary>
    /// <param name="command">The command to run.</param>
    internal static ProcessStartInfo CreateStart(string command)
    {
        ProcessStartInfo start = new("pwsh")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment.Remove("PSModulePath");
        start.ArgumentList.Add("-NoProfile");
        start.ArgumentList.Add("-NonInteractive");
        start.ArgumentList.Add("-Command");
        start.ArgumentList.Add(command);
        return start;
    }

    private static string? FindReason()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        string name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, name))))
        {
            return "pwsh is not on the PATH.";
        }

        using Process shell = Process.Start(
            CreateStart("Get-Module Pester -ListAvailable | ForEach-Object { $_.Version.Major } | Sort-Object | Select-Object -Last 1"))!;
        string output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        return int.TryParse(output.Trim(), CultureInfo.InvariantCulture, out int major) && major >= FirstMajor
            ? null
            : $"pwsh has no Pester {FirstMajor} or later.";
    }
}

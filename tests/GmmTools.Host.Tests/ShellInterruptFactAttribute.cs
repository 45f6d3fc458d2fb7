using System;
using System.Globalization;
using System.IO;
using System.Linq;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>A test that is skipped, and says so, where SIGINT cannot be sent to a child process.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ShellInterruptFactAttribute : FactAttribute
{
    private const string StatusFile = "/proc/self/status";
    private const string IgnoredKey = "SigIgn:";
    private const ulong InterruptBit = 1UL << (2 - 1);

    /// <summary>Creates the attribute.</summary>
    public ShellInterruptFactAttribute() => Skip = FindReason();

    // A shell without job control starts what runs in the background with SIGINT ignored, and children inherit that.
    private static string? FindReason()
    {
        if (OperatingSystem.IsWindows())
        {
            return "Windows has no SIGINT for one process.";
        }

        string? ignored = File.Exists(StatusFile)
            ? File.ReadLines(StatusFile).FirstOrDefault(line => line.StartsWith(IgnoredKey, StringComparison.Ordinal))
            : null;
        return ignored is not null
            && (ulong.Parse(ignored[IgnoredKey.Length..], NumberStyles.HexNumber | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture) & InterruptBit) != 0
                ? "The tests were started with SIGINT ignored."
                : null;
    }
}

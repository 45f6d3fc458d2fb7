using System;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GmmTools.Benchmarks.Peers;

/// <summary>
/// Holds a process still while another is timed: the threads of linear algebra go on spinning for a while after an answer, and would
/// take a core from whoever comes next. Without effect on Windows, which has no such signals.
/// </summary>
internal static partial class ProcessPause
{
    /// <summary>Stops every thread of a process.</summary>
    public static void Pause(Process process) => Send(process, OperatingSystem.IsMacOS() ? 17 : 19);

    /// <summary>Lets a process go on.</summary>
    public static void Resume(Process process) => Send(process, OperatingSystem.IsMacOS() ? 19 : 18);

    private static void Send(Process process, int signal)
    {
        if (!OperatingSystem.IsWindows() && !process.HasExited)
        {
            _ = Kill(process.Id, signal);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}

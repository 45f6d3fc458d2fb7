using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using GmmTools.Host.Tests.Hosting;

namespace GmmTools.Host.Tests;

/// <summary>Runs the built GmmTools.Shell as a child process, as a user would.</summary>
internal static class ShellProcess
{
    // Only so that a shell that hangs does not hang the tests.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly string Library = Path.Combine(ModuleFiles.BuildOutput("GmmTools.Shell", "net10.0"), "GmmTools.Shell.dll");

    /// <summary>Runs the shell to its end.</summary>
    /// <param name="arguments">Its command line.</param>
    public static Task<ShellResult> RunAsync(params string[] arguments) => RunInAsync(Path.GetTempPath(), arguments);

    /// <summary>Runs the shell to its end in a folder.</summary>
    /// <param name="folder">The current directory.</param>
    /// <param name="arguments">The command line.</param>
    public static async Task<ShellResult> RunInAsync(string folder, params string[] arguments)
    {
        using Process process = Start(folder, arguments);
        return await FinishAsync(process);
    }

    /// <summary>Runs a command in the locale of a Unix process.</summary>
    /// <param name="locale">The locale, such as de_DE.UTF-8.</param>
    /// <param name="command">The command.</param>
    public static Task<ShellResult> RunLocalizedAsync(string locale, string command) =>
        RunWithAsync(command, ("LC_ALL", locale), ("LANG", locale));

    /// <summary>Runs a command with additional environment variables.</summary>
    /// <param name="command">The command.</param>
    /// <param name="variables">Names and values.</param>
    public static async Task<ShellResult> RunWithAsync(string command, params (string Name, string Value)[] variables)
    {
        ProcessStartInfo start = CreateStart(Path.GetTempPath(), ["-Command", command]);
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        using Process process = Start(start);
        return await FinishAsync(process);
    }

    /// <summary>Starts the shell; its input is at its end.</summary>
    /// <param name="folder">The current directory.</param>
    /// <param name="arguments">The command line.</param>
    public static Process Start(string folder, params string[] arguments) => Start(CreateStart(folder, arguments));

    /// <summary>Waits for the end of a shell and reads what it has written and nobody has read.</summary>
    /// <param name="process">The shell.</param>
    public static async Task<ShellResult> FinishAsync(Process process)
    {
        using CancellationTokenSource impatience = new(Patience);
        Task<string> output = process.StandardOutput.ReadToEndAsync(impatience.Token);
        Task<string> error = process.StandardError.ReadToEndAsync(impatience.Token);
        try
        {
            await Task.WhenAll(output, error, process.WaitForExitAsync(impatience.Token));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The shell did not end within {Patience}.");
        }

        return new ShellResult(process.ExitCode, await output, await error);
    }

    /// <summary>A text as a literal of the language.</summary>
    /// <param name="text">The text.</param>
    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static ProcessStartInfo CreateStart(string folder, IEnumerable<string> arguments)
    {
        UTF8Encoding encoding = new(encoderShouldEmitUTF8Identifier: false);
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = encoding,
            StandardErrorEncoding = encoding,
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.ArgumentList.Add(Library);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    private static Process Start(ProcessStartInfo start)
    {
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }
}

using System;
using System.Diagnostics;
using System.IO;

namespace GmmTools.Benchmarks;

/// <summary>A peer's program, where it is installed: answers each line of its standard input with one line.</summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process _process;

    private PeerProcess(Process process)
    {
        _process = process;
        Folder = Directory.CreateTempSubdirectory("gmmtools-peer").FullName;
    }

    /// <summary>A temporary folder for what is handed over; removed at the end.</summary>
    public string Folder { get; }

    /// <summary>Starts a Python script of the Peers folder if Python has the module that it needs.</summary>
    public static PeerProcess? TryStart(string module, string script)
    {
        string path = Path.Combine(RepositoryFiles.Root, "tests", "GmmTools.Benchmarks", "Peers", script);
        foreach (string python in new[] { "/usr/bin/python3", "python3" })
        {
            try
            {
                using Process probe = Start(python, "-c", $"import {module}");
                probe.WaitForExit();
                if (probe.ExitCode == 0)
                {
                    return new PeerProcess(Start(python, path));
                }
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // no such program: the next one
            }
        }

        return null;
    }

    /// <summary>Sends a line and waits for the answer.</summary>
    public string Ask(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
        return _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The peer ended without an answer.");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static Process Start(string program, params string[] arguments)
    {
        ProcessStartInfo info = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        info.Environment["OPENBLAS_CORETYPE"] = "SkylakeX";
        return Process.Start(info)!;
    }
}

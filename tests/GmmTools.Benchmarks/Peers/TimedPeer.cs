using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace GmmTools.Benchmarks.Peers;

/// <summary>
/// A running peer: asked for a number of iterations, it answers with their time; see Peers/peer.py. Stands still when not asked.
/// </summary>
internal sealed class TimedPeer : IDisposable
{
    private readonly Process _process;

    private TimedPeer(Process process, string name, string description, int threads)
    {
        _process = process;
        Name = name;
        Description = description;
        Threads = threads;
        process.ErrorDataReceived += (_, received) => Complaint = string.IsNullOrWhiteSpace(received.Data) ? Complaint : received.Data;
        process.BeginErrorReadLine();
    }

    public string Name { get; }

    /// <summary>What the peer says it is: versions, linear algebra.</summary>
    public string Description { get; }

    public int Threads { get; }

    /// <summary>Whether it is GmmTools itself.</summary>
    public bool IsOurs => Name is PeerProgram.Ours or PeerProgram.OursWithAvx2;

    /// <summary>The last line that the peer wrote to its standard error: why it ended, if it did.</summary>
    public string Complaint { get; private set; } = string.Empty;

    /// <summary>Starts a peer; null if it is not installed.</summary>
    public static TimedPeer? TryStart(PeerProgram program, int threads)
    {
        ProcessStartInfo info = new(program.Command, program.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        PeerEnvironment.Apply(info, threads);
        program.Prepare(info, threads);
        try
        {
            Process process = Process.Start(info)!;
            string? greeting = process.StandardOutput.ReadLine();
            if (greeting is not null)
            {
                ProcessPause.Pause(process);
                return new TimedPeer(process, program.Name, greeting, threads);
            }

            process.Dispose();
        }
        catch (Win32Exception)
        {
            // no such program
        }

        return null;
    }

    /// <summary>Times iterations from the start of a problem; null if the peer has ended.</summary>
    public PeerAnswer? Ask(string rowsFile, string parameterFile, int iterations)
    {
        if (_process.HasExited)
        {
            return null;
        }

        ProcessPause.Resume(_process);
        _process.StandardInput.WriteLine(FormattableString.Invariant($"{rowsFile} {parameterFile} {iterations}"));
        _process.StandardInput.Flush();
        string[]? words = _process.StandardOutput.ReadLine()?.Split(' ');
        ProcessPause.Pause(_process);
        return words is null ? null : new PeerAnswer(Number(words[0]), (int)Number(words[1]), Number(words[2]));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            ProcessPause.Resume(_process);
            _process.StandardInput.Close();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    // R writes NA where a fit failed
    private static double Number(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using GmmTools.Benchmarks.Peers;
using GmmTools.Validation;

namespace GmmTools.Benchmarks;

/// <summary>
/// Milliseconds of a whole EM iteration beside those of the peers that the machine has, in one run, in turns; medians. GmmTools is
/// timed as the peers are, in processes of its own, with and without AVX-512; whoever is not asked stands still.
/// </summary>
internal static class PeersReport
{
    private const int Rounds = 5;

    public static void Run(string[] arguments)
    {
        bool lean = arguments.Contains("lean");
        string[] rest = [.. arguments.Where(argument => argument != "lean")];
        string names = rest.FirstOrDefault(argument => char.IsLetter(argument[0])) ?? "abcdefghijk";
        string counts = rest.FirstOrDefault(argument => char.IsDigit(argument[0])) ?? "1,2";
        int[] threads = [.. counts.Split(',').Select(count => int.Parse(count, CultureInfo.InvariantCulture))];
        string folder = Directory.CreateTempSubdirectory("gmmtools-peers").FullName;
        List<TimedPeer> peers = [];
        try
        {
            StartPeers(peers, folder, lean, threads);
            MachineRates rates = new(MachineFloor.MultiplyAddRate(), MachineFloor.ExponentialRate());
            PrintHead(peers, rates, threads);
            foreach (PeerCase problem in PeerCase.All.Where(problem => names.Contains(problem.Name, StringComparison.Ordinal)))
            {
                Report(problem, folder, peers, rates, threads);
            }

            PrintFoot();
        }
        finally
        {
            peers.ForEach(peer => peer.Dispose());
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void StartPeers(List<TimedPeer> peers, string folder, bool lean, int[] threads)
    {
        foreach (PeerProgram program in PeerProgram.OurOwn().Concat(PeerProgram.Timed(folder, lean)))
        {
            peers.AddRange(threads.Select(count => TimedPeer.TryStart(program, count)).OfType<TimedPeer>());
        }
    }

    private static void Report(PeerCase problem, string folder, List<TimedPeer> peers, MachineRates rates, int[] threads)
    {
        using PeerProblem files = new(problem, folder);
        List<PeerMeasurement> measurements = [.. peers.Select(peer => new PeerMeasurement(peer))];
        measurements.ForEach(measurement => measurement.Begin(files));
        for (int round = 0; round < Rounds; round++)
        {
            measurements.ForEach(measurement => measurement.Continue(files));
        }

        foreach (int count in threads)
        {
            Print(problem, rates, count, [.. measurements.Where(measurement => measurement.Peer.Threads == count)]);
        }
    }

    private static void PrintHead(List<TimedPeer> peers, MachineRates rates, int[] threads)
    {
        Console.WriteLine(string.Format(
            CultureInfo.InvariantCulture,
            "{0:yyyy-MM-dd}, {1}, {2} processors, .NET {3}; one thread: {4:F0} GFLOP/s multiply-add, {5:F2} exp per ns",
            DateTime.UtcNow,
            Machine.ProcessorName,
            Environment.ProcessorCount,
            Environment.Version,
            rates.MultiplyAdds / 1e9,
            rates.Exponentials / 1e9));
        foreach (IGrouping<string, TimedPeer> peer in peers.GroupBy(peer => peer.Name))
        {
            Console.WriteLine($"{peer.Key}: {peer.First().Description}");
        }

        Console.WriteLine("milliseconds of an EM iteration, medians");
        StringBuilder head = new($"{"case",-26} {"threads",7}");
        foreach (string name in peers.Select(peer => peer.Name).Distinct())
        {
            head.Append(CultureInfo.InvariantCulture, $" {name,13}");
        }

        head.Append(CultureInfo.InvariantCulture, $" {"fastest",-13} {"ratio",6} {"goal",5} {"AVX2",6} {"half",5} {"floor",8} {"x floor",7}");
        Console.WriteLine(head.ToString());
    }

    private static void Print(PeerCase problem, MachineRates rates, int threads, PeerMeasurement[] measurements)
    {
        StringBuilder line = new(string.Format(CultureInfo.InvariantCulture, "{0,-26} {1,7}", problem, threads));
        foreach (PeerMeasurement measurement in measurements)
        {
            string time = measurement.IsMeasured ? measurement.Median.ToString("F3", CultureInfo.InvariantCulture) : "failed";
            line.Append(CultureInfo.InvariantCulture, $" {time + (measurement.Agrees ? " " : "!"),13}");
        }

        PeerMeasurement? fastest = measurements
            .Where(measurement => !measurement.Peer.IsOurs && measurement.IsMeasured && measurement.Agrees)
            .MinBy(measurement => measurement.Median);
        double best = fastest?.Median ?? double.NaN;
        double ours = MedianOf(measurements, PeerProgram.Ours);
        double floor = rates.Floor(problem) / threads;
        line.Append(string.Format(
            CultureInfo.InvariantCulture,
            " {0,-13} {1,6:F1} {2,5:F0} {3,6:F1} {4,5:F1} {5,8:F3} {6,7:F2}",
            fastest?.Peer.Name ?? "none",
            best / ours,
            problem.Goal,
            best / MedianOf(measurements, PeerProgram.OursWithAvx2),
            problem.Goal / 2,
            floor,
            ours / floor));
        Console.WriteLine(line.ToString());
        foreach (TimedPeer peer in measurements.Where(measurement => !measurement.IsMeasured).Select(measurement => measurement.Peer))
        {
            Console.WriteLine($"   {peer.Name} failed: {peer.Complaint}");
        }
    }

    private static double MedianOf(PeerMeasurement[] measurements, string name) =>
        measurements.FirstOrDefault(measurement => measurement.Peer.Name == name)?.Median ?? double.NaN;

    private static void PrintFoot()
    {
        Console.WriteLine("ratio: of the fastest peer's time to GmmTools's, with the same number of threads; AVX2: the same of GmmTools with AVX-512");
        Console.WriteLine("switched off, to be at least half of the goal. floor: multiply-adds at their peak and one exponential for each row and");
        Console.WriteLine("component. !: the program came to another log-likelihood, so it does other work.");
    }
}

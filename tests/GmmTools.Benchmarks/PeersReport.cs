using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using GmmTools.Benchmarks.Peers;

namespace GmmTools.Benchmarks;

/// <summary>Milliseconds of a whole EM iteration beside those of the peers that the machine has, in one run, in turns; medians.</summary>
internal static class PeersReport
{
    private const int Rounds = 5;

    /// <summary>Threads of a peer's linear algebra go on spinning for a while: this long after an answer they rest.</summary>
    private const int RestMilliseconds = 60;

    public static void Run(string[] arguments)
    {
        bool lean = arguments.Contains("lean");
        string[] rest = [.. arguments.Where(argument => argument != "lean")];
        string names = rest.FirstOrDefault(argument => char.IsLetter(argument[0])) ?? "abcdefgh";
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
        foreach (PeerProgram program in PeerProgram.Timed(folder, lean))
        {
            peers.AddRange(threads.Select(count => TimedPeer.TryStart(program, count)).OfType<TimedPeer>());
        }
    }

    private static void Report(PeerCase problem, string folder, List<TimedPeer> peers, MachineRates rates, int[] threads)
    {
        using PeerProblem files = new(problem, folder);
        List<PeerMeasurement> measurements = [.. peers.Select(peer => new PeerMeasurement(peer))];
        Dictionary<int, List<double>> ours = threads.Distinct().ToDictionary(count => count, _ => new List<double>());
        measurements.ForEach(measurement => measurement.Begin(files));
        for (int round = 0; round < Rounds; round++)
        {
            foreach ((int count, List<double> times) in ours)
            {
                Thread.Sleep(RestMilliseconds);
                times.Add(IterationReport.Measure(problem, files.Rows, count).Milliseconds);
            }

            foreach (PeerMeasurement measurement in measurements)
            {
                Thread.Sleep(RestMilliseconds);
                measurement.Continue(files);
            }
        }

        Print(problem, rates, threads, count => Medians.Of(ours[count]), measurements);
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
        StringBuilder head = new($"{"case",-28} {"threads",7} {"GmmTools",9}");
        foreach (string name in peers.Select(peer => peer.Name).Distinct())
        {
            head.Append(CultureInfo.InvariantCulture, $" {name,13}");
        }

        Console.WriteLine(head.Append(CultureInfo.InvariantCulture, $" {"fastest",-13} {"ratio",6} {"goal",5} {"floor",8} {"x floor",7}").ToString());
    }

    private static void Print(PeerCase problem, MachineRates rates, int[] threads, Func<int, double> ours, List<PeerMeasurement> measurements)
    {
        foreach (int count in threads)
        {
            PeerMeasurement[] peers = [.. measurements.Where(measurement => measurement.Peer.Threads == count)];
            StringBuilder line = new(string.Format(CultureInfo.InvariantCulture, "{0,-28} {1,7} {2,9:F3}", problem, count, ours(count)));
            foreach (PeerMeasurement peer in peers)
            {
                string time = peer.IsMeasured ? peer.Median.ToString("F2", CultureInfo.InvariantCulture) : "failed";
                line.Append(CultureInfo.InvariantCulture, $" {time + (peer.Agrees ? " " : "!"),13}");
            }

            PeerMeasurement? fastest = peers.Where(peer => peer.IsMeasured && peer.Agrees).MinBy(peer => peer.Median);
            double floor = rates.Floor(problem) / count;
            line.Append(string.Format(
                CultureInfo.InvariantCulture,
                " {0,-13} {1,6:F1} {2,5:F0} {3,8:F3} {4,7:F2}",
                fastest?.Peer.Name ?? "none",
                fastest is null ? double.NaN : fastest.Median / ours(count),
                problem.Goal,
                floor,
                ours(count) / floor));
            Console.WriteLine(line.ToString());
            foreach (TimedPeer peer in peers.Where(peer => !peer.IsMeasured).Select(peer => peer.Peer))
            {
                Console.WriteLine($"   {peer.Name} failed: {peer.Complaint}");
            }
        }
    }

    private static void PrintFoot()
    {
        Console.WriteLine("ratio: of the fastest peer's time to GmmTools's, with the same number of threads. floor: multiply-adds at their peak");
        Console.WriteLine("and one exponential for each row and component. !: the peer came to another log-likelihood, so it does other work.");
    }
}

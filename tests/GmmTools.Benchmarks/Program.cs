using System;
using System.Collections.Generic;
using GmmTools.Benchmarks.Databases;
using GmmTools.Benchmarks.Mutation;
using GmmTools.Benchmarks.Peers;
using GmmTools.Benchmarks.Sessions;

namespace GmmTools.Benchmarks;

/// <summary>Prints the figures that the project claims: each sub-command one table.</summary>
internal static class Program
{
    private static readonly Dictionary<string, Action<string[]>> Commands = new(StringComparer.OrdinalIgnoreCase)
    {
        ["faithful"] = FaithfulReport.Run,
        ["acceleration"] = AccelerationReport.Run,
        ["calibration"] = CalibrationReport.Run,
        ["checks"] = ChecksReport.Run,
        ["classifier"] = ClassifierReport.Run,
        ["initialization"] = InitializationReport.Run,
        ["command"] = CommandReport.Run,
        ["coverage"] = CoverageReport.Run,
        ["drift"] = DriftReport.Run,
        ["goodness"] = GoodnessReport.Run,
        ["databases"] = DatabasesReport.Run,
        ["sessions"] = SessionsReport.Run,
        ["fuzz"] = FuzzReport.Run,
        ["gaps"] = GapsReport.Run,
        ["guard"] = GuardReport.Run,
        ["iteration"] = IterationReport.Run,
        ["reading"] = ReadingReport.Run,
        ["sampling"] = SamplingReport.Run,
        ["kernels"] = KernelBenchmarks.Run,
        ["memory"] = MemoryReport.Run,
        ["mutation"] = MutationReport.Run,
        ["objects"] = ObjectsReport.Run,
        ["outliers"] = OutliersReport.Run,
        ["plots"] = PlotsReport.Run,
        ["recovery"] = RecoveryReport.Run,
        ["reference"] = ReferenceReport.Run,
        ["peers"] = PeersReport.Run,
        ["serve"] = IterationServer.Run,
        ["end-to-end"] = EndToEndReport.Run,
        ["store"] = StoreReport.Run,
        ["uncertainty"] = UncertaintyReport.Run,
        ["use"] = UseReport.Run,
        ["watch"] = WatchReport.Run,
        ["scaling"] = ScalingReport.Run,
    };

    private static int Main(string[] arguments)
    {
        if (arguments.Length == 0 || !Commands.TryGetValue(arguments[0], out Action<string[]>? command))
        {
            Console.Error.WriteLine($"usage: dotnet run -c Release --project tests/GmmTools.Benchmarks -- {string.Join('|', Commands.Keys)} [options]");
            return 64;
        }

        command(arguments[1..]);
        return Environment.ExitCode;
    }
}

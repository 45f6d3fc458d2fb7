using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using GmmTools.Benchmarks.Peers;
using GmmTools.Connectors.Samples;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Serialization;
using GmmTools.Shared;

namespace GmmTools.Benchmarks;

/// <summary>
/// Milliseconds of an EM iteration of <c>Invoke-EmFit</c> in the pinned PowerShell, beside the same iterations in this process: up to 20
/// plain iterations against 2, from the start that every peer gets (weights 1/K, K rows as means, the covariance of all rows) and from the truth.
/// </summary>
internal static class CommandReport
{
    private const int Rounds = 3;

    /// <summary>Short iterations are measured so many times more often.</summary>
    private const int RoundsOfShort = 21;
    private const double ShortOperations = 1e8;

    /// <summary>From fewer iterations no time of one follows: the fit had converged.</summary>
    private const int LeastIterations = 5;
    private const int FewIterations = 2;
    private const int ManyIterations = 20;

    public static void Run(string[] arguments)
    {
        string names = arguments.Length > 0 ? arguments[0] : "abcdfghe";
        PeerCase[] cases = [.. names.Select(name => PeerCase.All.Single(problem => problem.Name == name.ToString()))];
        string folder = Directory.CreateTempSubdirectory("gmmtools-command").FullName;
        try
        {
            Dictionary<string, double> inProcess = Prepare(cases, folder);
            Report(cases, inProcess, AskPowerShell(cases, folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Writes the rows and the starts of the cases, and iterates from them here.</summary>
    private static Dictionary<string, double> Prepare(PeerCase[] cases, string folder)
    {
        Dictionary<string, double> milliseconds = [];
        foreach (PeerCase problem in cases)
        {
            new SampleFile(problem.Truth, 1, null).Write(Path.Combine(folder, problem.Name + ".csv"), problem.RowCount, null, CancellationToken.None);
            double[,] matrix = problem.DrawMatrix();
            InMemoryObservations rows = InMemoryObservations.FromMatrix(matrix);
            foreach ((string start, GaussianMixture mixture) in new[] { ("common", CommonStart(problem, matrix)), ("truth", problem.Truth) })
            {
                MixtureFile.Save(Path.Combine(folder, $"{problem.Name}-{start}.json"), mixture);
                foreach (int threads in (int[])[1, 2])
                {
                    milliseconds.Add(Key(problem.Name, threads, start), Medians.Of(Enumerable.Range(0, RoundsOf(problem)).Select(_ => Iterate(problem, rows, mixture, threads))));
                }
            }
        }

        return milliseconds;
    }

    private static int RoundsOf(PeerCase problem) => problem.Operations < ShortOperations ? RoundsOfShort : Rounds;

    /// <summary>Milliseconds of an iteration after the first few.</summary>
    private static double Iterate(PeerCase problem, InMemoryObservations rows, GaussianMixture start, int threads)
    {
        CovarianceShape shape = problem.Model.Shape();
        MaximizationStep step = MaximizationStep.Create(problem.Model);
        MixtureParameters mixture = start.ToParameters().ToShape(shape);
        mixture.TryFactorize();
        SufficientStatistics statistics = new(problem.ComponentCount, problem.Dimension, shape);
        using IExpectationStep expectation = rows.PrepareExpectation(problem.ComponentCount, shape, threads);
        long begin = 0;
        for (int i = 0; i < ManyIterations; i++)
        {
            begin = i == FewIterations ? Stopwatch.GetTimestamp() : begin;
            expectation.Compute(mixture, statistics, CancellationToken.None);
            step.Maximize(statistics, null, mixture, null);
            mixture.TryFactorize();
        }

        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds / (ManyIterations - FewIterations);
    }

    private static GaussianMixture CommonStart(PeerCase problem, double[,] matrix)
    {
        int dimension = problem.Dimension;
        int count = problem.ComponentCount;
        double[] mean = new double[dimension];
        double[,] covariance = new double[dimension, dimension];
        for (int i = 0; i < problem.RowCount; i++)
        {
            for (int j = 0; j < dimension; j++)
            {
                mean[j] += matrix[i, j] / problem.RowCount;
            }
        }

        for (int i = 0; i < problem.RowCount; i++)
        {
            for (int a = 0; a < dimension; a++)
            {
                for (int b = 0; b < dimension; b++)
                {
                    covariance[a, b] += (matrix[i, a] - mean[a]) * (matrix[i, b] - mean[b]) / problem.RowCount;
                }
            }
        }

        // rows all over the table
        double[][] means = [.. Enumerable.Range(0, count).Select(k => Enumerable.Range(0, dimension).Select(j => matrix[(int)((long)k * problem.RowCount / count), j]).ToArray())];
        return GaussianMixture.Create([.. Enumerable.Repeat(1.0 / count, count)], means, [.. Enumerable.Repeat(covariance, count)]);
    }

    private static string[][] AskPowerShell(PeerCase[] cases, string folder)
    {
        ProcessStartInfo start = PinnedPowerShell.CreateStart(
            "-File",
            PeerProgram.Script("command_iteration.ps1"),
            Path.Combine(RepositoryFiles.Root, "GmmTools.psd1"),
            folder,
            string.Join(',', cases.Select(problem => FormattableString.Invariant($"{problem.Name}:{problem.Model}:{RoundsOf(problem)}"))));
        start.RedirectStandardOutput = true;
        using Process process = Process.Start(start)!;
        string[] lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        process.WaitForExit();
        return process.ExitCode == 0
            ? [.. lines.Select(line => line.Split('\t'))]
            : throw new InvalidOperationException($"PowerShell ended with {process.ExitCode}.");
    }

    private static void Report(PeerCase[] cases, Dictionary<string, double> inProcess, string[][] lines)
    {
        Console.WriteLine($"{DateTime.UtcNow:yyyy-MM-dd}, {Machine.ProcessorName}, {Environment.ProcessorCount} processors, PowerShell {PinnedPowerShell.Version}; milliseconds of a plain iteration, medians of {RoundsOfShort} or {Rounds}; NaN: converged before");
        Console.WriteLine($"{"case",-28} {"threads",7} {"start",-7} {"command",9} {"here",9} {"ratio",6} {"iterations",10}  log-likelihood");
        foreach (PeerCase problem in cases)
        {
            foreach (int threads in (int[])[1, 2])
            {
                foreach (string start in (string[])["common", "truth"])
                {
                    // the first round compiles
                    string[][] rounds = [.. lines.Where(line => line[0] == "iteration" && Key(line[1], int.Parse(line[2], CultureInfo.InvariantCulture), line[3]) == Key(problem.Name, threads, start) && line[4] != "0")];
                    double command = int.Parse(rounds[0][6], CultureInfo.InvariantCulture) - FewIterations < LeastIterations
                        ? double.NaN
                        : Medians.Of(rounds.Select(line => Parse(line[5])));
                    double here = inProcess[Key(problem.Name, threads, start)];
                    Console.WriteLine(string.Format(
                        CultureInfo.InvariantCulture,
                        "{0,-28} {1,7} {2,-7} {3,9:F3} {4,9:F3} {5,6:F2} {6,10}  {7:F6}",
                        problem, threads, start, command, here, command / here, rounds[0][6], Parse(rounds[0][7])));
                }
            }
        }

        Console.WriteLine($"the first fits of a session, {cases[0].Name}, ms: {Join(lines, "first")}");
        Console.WriteLine($"twenty fits more of that session, {cases[^1].Name}, one thread, ms an iteration: {Join(lines, "session")}");
    }

    private static string Join(string[][] lines, string kind) =>
        string.Join(", ", lines.Where(line => line[0] == kind).Select(line => Parse(line[3]).ToString("F1", CultureInfo.InvariantCulture)));

    private static string Key(string name, int threads, string start) => FormattableString.Invariant($"{name} {threads} {start}");

    private static double Parse(string number) => double.Parse(number, CultureInfo.InvariantCulture);
}

using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Threading;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Benchmarks.Peers;

/// <summary>
/// GmmTools as one of the timed programs: answers the questions of peer.py in a process of its own, so that it is timed as the peers
/// are, and with whatever instructions its environment leaves it.
/// </summary>
internal static class IterationServer
{
    /// <summary>Serves until the standard input ends; the first argument is the number of threads.</summary>
    public static void Run(string[] arguments)
    {
        int threads = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        Console.WriteLine($"{8 * LaneCount}-byte vectors, .NET {Environment.Version}");
        string? rowsFile = null;
        IterationProblem? problem = null;
        while (Console.ReadLine() is string line)
        {
            string[] words = line.Split(' ');
            if (words[0] != rowsFile)
            {
                problem?.Dispose();
                rowsFile = words[0];
                problem = new IterationProblem(words[0], words[1], threads);
            }

            int iterations = int.Parse(words[2], CultureInfo.InvariantCulture);
            double milliseconds = problem!.Time(iterations);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{milliseconds:R} {iterations} {problem.LogLikelihood():R}"));
        }

        problem?.Dispose();
    }

    private static int LaneCount =>
        Vector512.IsHardwareAccelerated ? 8 : Vector256.IsHardwareAccelerated ? 4 : Vector128.IsHardwareAccelerated ? 2 : 1;

    /// <summary>Rows, a start, and all that an iteration overwrites.</summary>
    private sealed class IterationProblem : IDisposable
    {
        private readonly MixtureParameters _start;
        private readonly MixtureParameters _mixture;
        private readonly SufficientStatistics _statistics;
        private readonly IExpectationStep _expectation;
        private readonly MaximizationStep _maximization;

        public IterationProblem(string rowsFile, string parameterFile, int threads)
        {
            string[] lines = File.ReadAllLines(parameterFile);
            int[] sizes = [.. lines[0].Split(' ').Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
            (int dimension, int componentCount) = (sizes[1], sizes[2]);
            CovarianceModel model = sizes[3] == 1 ? CovarianceModel.VVI : CovarianceModel.VVV;
            _start = ReadParameters(lines, componentCount, dimension).ToShape(model.Shape());
            _mixture = _start.Clone();
            _statistics = new SufficientStatistics(componentCount, dimension, model.Shape());
            _expectation = ReadRows(rowsFile, dimension).PrepareExpectation(componentCount, model.Shape(), threads);
            _maximization = MaximizationStep.Create(model);
        }

        /// <summary>Milliseconds of an iteration, of so many from the start.</summary>
        public double Time(int iterations)
        {
            _mixture.CopyFrom(_start);
            _mixture.TryFactorize();
            long begin = Stopwatch.GetTimestamp();
            for (int i = 0; i < iterations; i++)
            {
                _expectation.Compute(_mixture, _statistics, CancellationToken.None);
                _maximization.Maximize(_statistics, null, _mixture, null);
                _mixture.TryFactorize();
            }

            return Stopwatch.GetElapsedTime(begin).TotalMilliseconds / iterations;
        }

        /// <summary>The log-likelihood of where the iterations led.</summary>
        public double LogLikelihood()
        {
            _expectation.Compute(_mixture, _statistics, CancellationToken.None);
            return _statistics.LogLikelihood;
        }

        public void Dispose() => _expectation.Dispose();

        private static MixtureParameters ReadParameters(string[] lines, int componentCount, int dimension)
        {
            double[] values = [.. lines.Skip(1).SelectMany(line => line.Split(' ')).Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
            MixtureParameters parameters = new(componentCount, dimension, CovarianceShape.Full);
            values.AsSpan(0, componentCount).CopyTo(parameters.Weights);
            values.AsSpan(componentCount, parameters.Means.Length).CopyTo(parameters.Means);
            int matrix = componentCount + parameters.Means.Length;
            for (int k = 0; k < componentCount; k++, matrix += dimension * dimension)
            {
                for (int i = 0; i < dimension; i++)
                {
                    values.AsSpan(matrix + (i * dimension), i + 1).CopyTo(parameters.Covariances.AsSpan(parameters.CovarianceIndex(k, i, 0)));
                }
            }

            return parameters;
        }

        private static InMemoryObservations ReadRows(string file, int dimension)
        {
            ReadOnlySpan<double> values = MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(file));
            ObservationsBuilder builder = new(MixtureValidation.DefaultNames(dimension));
            double[] row = new double[dimension];
            for (int i = 0; i < values.Length; i += dimension)
            {
                values.Slice(i, dimension).CopyTo(row);
                builder.Add(row);
            }

            return builder.Build();
        }
    }
}

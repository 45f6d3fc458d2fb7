using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Validation;

namespace GmmTools.Benchmarks;

/// <summary>Milliseconds of a whole EM iteration against the machine's floor: multiply-adds at their peak and one exponential each.</summary>
internal static class IterationReport
{
    public static void Run(string[] arguments)
    {
        string names = arguments.Length > 0 ? arguments[0] : "abcdefgh";
        double peak = MachineFloor.MultiplyAddRate();
        double exponentials = MachineFloor.ExponentialRate();
        Console.WriteLine($"one thread: {peak / 1e9:F0} GFLOP/s multiply-add, {exponentials / 1e9:F2} exp per ns");
        Console.WriteLine($"{"case",-28} {"1 thread",9} {"2 threads",9} {"speed-up",8} {"floor",8} {"x floor",8} {"bytes",6}");
        foreach (PeerCase problem in PeerCase.All.Where(problem => names.Contains(problem.Name, StringComparison.Ordinal)))
        {
            InMemoryObservations rows = InMemoryObservations.FromMatrix(problem.DrawMatrix());
            (double one, long bytes) = Measure(problem, rows, 1);
            (double two, _) = Measure(problem, rows, 2);
            double floor = 1000 * ((problem.Operations / peak) + ((double)problem.RowCount * problem.ComponentCount / exponentials));
            Console.WriteLine(string.Format(CultureInfo.InvariantCulture, "{0,-28} {1,9:F3} {2,9:F3} {3,8:F2} {4,8:F3} {5,8:F2} {6,6}", problem, one, two, one / two, floor, one / floor, bytes));
        }
    }

    /// <summary>Median milliseconds of an iteration, and the bytes that one allocates.</summary>
    internal static (double Milliseconds, long Bytes) Measure(PeerCase problem, IObservations rows, int threads)
    {
        CovarianceShape shape = problem.Model.Shape();
        MaximizationStep step = MaximizationStep.Create(problem.Model);
        MixtureParameters mixture = problem.Truth.ToParameters().ToShape(shape);
        mixture.TryFactorize();
        SufficientStatistics statistics = new(problem.ComponentCount, problem.Dimension, shape);
        using IExpectationStep expectation = rows.PrepareExpectation(problem.ComponentCount, shape, threads);
        for (int i = 0; i < 3; i++)
        {
            Iterate();
        }

        int count = 7;
        double[] times = new double[count];
        long before = GC.GetTotalAllocatedBytes(true);
        for (int i = 0; i < count; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Iterate();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        long bytes = (GC.GetTotalAllocatedBytes(true) - before) / count;
        Array.Sort(times);
        return (times[count / 2], bytes);

        void Iterate()
        {
            expectation.Compute(mixture, statistics, CancellationToken.None);
            step.Maximize(statistics, null, mixture, null);
            mixture.TryFactorize();
        }
    }
}

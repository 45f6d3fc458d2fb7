using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Observations.Views;
using GmmTools.Sampling;

namespace GmmTools.Benchmarks.Sessions;

/// <summary>How far fits over sessions are from those of the same rows in one table in memory.</summary>
internal static class EqualityPart
{
    private const int Rows = 30_000;
    private const int Parts = 3;
    private static readonly (string Name, Action<EmOptions> Set)[] Kinds =
    [
        ("VVV", _ => { }),
        ("EEE", options => options.CovarianceModel = CovarianceModel.EEE),
        ("VVI", options => options.CovarianceModel = CovarianceModel.VVI),
        ("VVV, noise", options => options.Noise = true),
        ("VVV, Student", options => options.Tail = Tail.Student),
        ("VVV, prior", options => options.Prior = true),
        ("VVV, accelerated", options => options.Acceleration = AccelerationMethod.Anderson),
    ];

    public static void Run()
    {
        Console.WriteLine($"{Parts} sessions of {Rows / Parts} rows beside one table of all of them, K = 4, d = 3, from the same start, at most 40 iterations: largest relative difference");
        Console.WriteLine("(goals: log-likelihood 1e-9, parameters 1e-6; parts are the same rows in three tables in memory, which have the bits of the sessions)");
        Console.WriteLine($"{"",-18} {"log-likelihood",15} {"parameters",11} {"bits of parts",14}");
        GaussianMixture truth = RandomMixture.Draw(4, 3, 4, 5);
        double[,] matrix = new MixtureSampler(truth, 9).DrawMatrix(Rows);
        InMemoryObservations whole = InMemoryObservations.FromMatrix(matrix);
        InMemoryObservations[] tables = [.. Enumerable.Range(0, Parts).Select(part => InMemoryObservations.FromMatrix(Cut(matrix, part)))];
        DelayedChannel[] channels = [.. tables.Select(table => new DelayedChannel(table, TimeSpan.Zero, 0, TimeSpan.Zero, 1))];
        foreach ((string name, Action<EmOptions> set) in Kinds)
        {
            EmFit expected = Fit(whole, truth, set);
            EmFit parts = Fit(new CombinedObservations(tables), truth, set);
            EmFit sessions = Fit(new CombinedObservations([.. channels.Select(channel => channel.Open())]), truth, set);
            double parameters = Numbers(expected).Zip(Numbers(sessions), (a, b) => Math.Abs(a - b) / Math.Max(Math.Abs(a), 1)).Max();
            Console.WriteLine(FormattableString.Invariant(
                $"{name,-18} {Math.Abs((sessions.LogLikelihood / expected.LogLikelihood) - 1),15:G2} {parameters,11:G2} {(Numbers(parts).SequenceEqual(Numbers(sessions)) ? "same" : "others"),14}"));
        }

        Array.ForEach(channels, channel => channel.Dispose());
    }

    private static double[,] Cut(double[,] matrix, int part)
    {
        double[,] rows = new double[Rows / Parts, matrix.GetLength(1)];
        Array.Copy(matrix, part * rows.Length, rows, 0, rows.Length);
        return rows;
    }

    private static EmFit Fit(IObservations rows, GaussianMixture start, Action<EmOptions> set)
    {
        EmOptions options = new()
        {
            ComponentCount = start.ComponentCount,
            InitialMixture = start,
            MaxIteration = 40,
            Tolerance = 0,
            Acceleration = AccelerationMethod.None,
        };
        set(options);
        return new EmEstimator(options).Fit(rows);
    }

    private static IEnumerable<double> Numbers(EmFit fit) =>
        fit.Mixture.Components.SelectMany(component => new[] { component.Weight }.Concat(component.Mean).Concat(component.Covariance.Cast<double>()));
}

using System;
using System.Linq;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;

namespace GmmTools.Benchmarks;

/// <summary>Old Faithful, K = 2, Full, from 100 seeds: every one should end at log-likelihood −1130.264.</summary>
internal static class FaithfulReport
{
    private const double Published = -1130.264;

    public static void Run(string[] arguments)
    {
        InMemoryObservations rows = RepositoryFiles.ReadExample("faithful");
        int seeds = arguments.Length > 0 ? int.Parse(arguments[0], System.Globalization.CultureInfo.InvariantCulture) : 100;
        EmFit[] fits = [.. Enumerable.Range(1, seeds).Select(seed => Fit(rows, (ulong)seed))];
        int reached = fits.Count(fit => Math.Abs(fit.LogLikelihood - Published) <= 0.001);
        Console.WriteLine($"Old Faithful, K = 2, Full: {reached} of {seeds} seeds end within 0.001 of {Published}");
        Console.WriteLine($"log-likelihood {fits.Min(fit => fit.LogLikelihood):F6} .. {fits.Max(fit => fit.LogLikelihood):F6}");
        foreach (GaussianComponent component in fits[0].Mixture.Components)
        {
            Console.WriteLine($"component {component.Component}: weight {component.Weight:F4}, mean ({string.Join(", ", component.Mean.Select(m => m.ToString("F4", System.Globalization.CultureInfo.InvariantCulture)))})");
        }

        double[] times = [.. fits.Skip(seeds / 2).Select(fit => fit.Elapsed.TotalMilliseconds).Order()];
        Console.WriteLine($"median time per fit {times[times.Length / 2]:F3} ms, {fits[0].Starts.Count} starts");
    }

    private static EmFit Fit(InMemoryObservations rows, ulong seed) =>
        new EmEstimator(new EmOptions { ComponentCount = 2, Seed = seed }).Fit(rows);
}

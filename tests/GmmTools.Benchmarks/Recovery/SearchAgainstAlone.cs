using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Selection;

namespace GmmTools.Benchmarks.Recovery;

/// <summary>What a search over all models finds beside what each model finds alone, and what either takes.</summary>
internal static class SearchAgainstAlone
{
    private const double SamePerRow = 1e-6;

    /// <summary>Prints one line for each of the examples.</summary>
    /// <param name="restartCount">Starts of each model; 0 for the default of either.</param>
    public static void Report(int restartCount)
    {
        int[] counts = [.. Enumerable.Range(1, 9)];
        Console.WriteLine($"14 models, K 1..9, {(restartCount > 0 ? $"{restartCount}" : "the default number of")} starts; sound fits only");
        foreach (string name in new[] { "iris", "faithful" })
        {
            InMemoryObservations rows = RepositoryFiles.ReadExample(name);
            EmOptions options = restartCount > 0 ? new() { RestartCount = restartCount, Seed = 1 } : new() { Seed = 1 };
            double inSearch = LargeRecoveryReport.Time(() => new ModelSearch(options).Fit(rows, counts, CovarianceModels.All), out IReadOnlyList<IFitOutcome> found);
            int lower = 0;
            int higher = 0;
            int compared = 0;
            double alone = 0;
            foreach (EmFit fit in found.OfType<EmFit>())
            {
                EmOptions own = options.Clone();
                own.ComponentCount = fit.Options.ComponentCount;
                own.CovarianceModel = fit.CovarianceModel;
                alone += LargeRecoveryReport.Time(() => new EmEstimator(own).Fit(rows), out EmFit single);
                if (fit.SpuriousComponents.Count == 0 && single.SpuriousComponents.Count == 0 && fit.Warnings.Count == 0 && single.Warnings.Count == 0)
                {
                    compared++;
                    lower += fit.LogLikelihood < single.LogLikelihood - (SamePerRow * rows.Count) ? 1 : 0;
                    higher += fit.LogLikelihood > single.LogLikelihood + (SamePerRow * rows.Count) ? 1 : 0;
                }
            }

            Console.WriteLine($"{name,-10} search {inSearch:F2} s, alone {alone:F2} s of the processor; of {compared} fits {lower} lower in the search, {higher} higher");
        }
    }
}

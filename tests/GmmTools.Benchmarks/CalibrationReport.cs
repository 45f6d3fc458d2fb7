using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using GmmTools.Estimation;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Selection;

namespace GmmTools.Benchmarks;

/// <summary>
/// How often BIC finds the number of components of one, two and three normal distributions, among few rows and many: a default search over
/// K = 1..5 and all models, and mclust's over the same rows where R has it.
/// </summary>
internal static class CalibrationReport
{
    private const int MostComponents = 5;

    /// <summary>Distance of the centres in standard deviations.</summary>
    private const double Separation = 6;

    private static readonly int[] RowCounts = [10, 20, 30, 50, 100, 200, 500, 1000];

    public static void Run(string[] arguments)
    {
        int seeds = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 10;
        string folder = Directory.CreateTempSubdirectory("gmmtools-calibration").FullName;
        try
        {
            Case[] cases = [.. List(seeds)];
            foreach (Case one in cases)
            {
                File.WriteAllLines(Path.Combine(folder, one.Name + ".csv"), one.Lines());
            }

            Dictionary<string, int> peer = AskPeer(folder);
            Console.WriteLine($"{"K",3} {"n",6} {"GmmTools",10} {(peer.Count > 0 ? "mclust" : string.Empty),8}   of {seeds * 5} tables, d = 1..5");
            foreach (IGrouping<(int K, int N), Case> group in cases.GroupBy(one => (one.ComponentCount, one.RowCount)))
            {
                int right = group.Count(one => Choose(one) == one.ComponentCount);
                int peers = group.Count(one => peer.TryGetValue(one.Name, out int chosen) && chosen == one.ComponentCount);
                Console.WriteLine($"{group.Key.K,3} {group.Key.N,6} {right / (double)group.Count(),10:P0} {(peer.Count > 0 ? $"{peers / (double)group.Count():P0}" : string.Empty),8}");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<Case> List(int seeds) =>
        from componentCount in Enumerable.Range(1, 3)
        from rowCount in RowCounts
        from dimension in Enumerable.Range(1, 5)
        from seed in Enumerable.Range(1, seeds)
        select new Case(componentCount, rowCount, dimension, seed);

    private static int Choose(Case one)
    {
        CovarianceModel[] models = [.. one.Dimension == 1 ? CovarianceModels.Univariate : CovarianceModels.All];
        int[] counts = [.. Enumerable.Range(1, MostComponents)];
        FitCandidate[] fits =
        [
            .. new ModelSearch(new EmOptions()).Fit(InMemoryObservations.FromMatrix(one.Rows), counts, models).Select(FitCandidate.From),
        ];
        return fits[FitSelection.Choose(fits, SelectionCriterion.Bic).Ranked[0]].ComponentCount;
    }

    private static Dictionary<string, int> AskPeer(string folder)
    {
        string script = Path.Combine(RepositoryFiles.Root, "tests", "GmmTools.Benchmarks", "Reference", "mclust_calibration.R");
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("Rscript", [script, folder]) { RedirectStandardOutput = true })!;
            string[] lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            process.WaitForExit();
            return lines.Select(line => line.Split(',')).Where(cells => cells[1] != "NA")
                .ToDictionary(cells => cells[0], cells => int.Parse(cells[1], CultureInfo.InvariantCulture));
        }
        catch (Win32Exception)
        {
            return [];
        }
    }

    /// <summary>Rows of equally many normal distributions of covariance I, whose centres lie on different axes.</summary>
    private sealed class Case
    {
        public Case(int componentCount, int rowCount, int dimension, int seed)
        {
            (ComponentCount, RowCount, Dimension) = (componentCount, rowCount, dimension);
            Name = FormattableString.Invariant($"k{componentCount}-n{rowCount}-d{dimension}-s{seed}");
            SplitMix64 random = new(SplitMix64.Derive((ulong)seed, (ulong)((componentCount * 10_000) + (rowCount * 10) + dimension)));
            Rows = new double[rowCount, dimension];
            for (int i = 0; i < rowCount; i++)
            {
                int component = i % componentCount;
                for (int j = 0; j < dimension; j++)
                {
                    double centre = dimension == 1 ? Separation * component : component > 0 && j == component - 1 ? Separation : 0;
                    Rows[i, j] = centre + Normal(random);
                }
            }
        }

        public int ComponentCount { get; }

        public int RowCount { get; }

        public int Dimension { get; }

        public string Name { get; }

        public double[,] Rows { get; }

        public IEnumerable<string> Lines() =>
        [
            string.Join(',', Enumerable.Range(1, Dimension).Select(j => $"x{j}")),
            .. Enumerable.Range(0, RowCount).Select(i => string.Join(
                ',', Enumerable.Range(0, Dimension).Select(j => Rows[i, j].ToString("R", CultureInfo.InvariantCulture)))),
        ];

        private static double Normal(SplitMix64 random) =>
            Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using GmmTools.Benchmarks.Outliers;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Sampling;

namespace GmmTools.Benchmarks;

/// <summary>
/// Outliers found among the rows that are fitted: power and false alarms at a stated rate, for 5, 10 and 20 % of bad rows of six kinds and in three real
/// sets; scikit-learn's EllipticEnvelope and IsolationForest beside, which are told the share of bad rows; and the rate where all rows are sound.
/// </summary>
internal static class OutliersReport
{
    private const double Rate = 0.01;
    private const int RowCount = 500;
    private const int FreshCount = 20_000;

    private static readonly double[] Shares = [0.05, 0.1, 0.2];

    public static void Run(string[] arguments)
    {
        int seeds = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 10;
        using PeerProcess? peer = PeerProcess.TryStart("sklearn", "sklearn_outliers.py");
        string[] names = ["two steps", "one step", "trimmed", .. peer is null ? Array.Empty<string>() : ["EllipticEnv", "IsolForest"]];
        Console.WriteLine(FormattableString.Invariant($"Power / false alarms in percent at a stated rate of {Rate:P0}, means of {seeds} tables; in brackets the power if exactly {Rate:P0} of the sound rows were reported"));
        Console.WriteLine("two steps: best of K = 1..5 by BIC, then outliers; one step: Find-MixtureOutlier; trimmed: K and the share of bad rows known;");
        Console.WriteLine("EllipticEnvelope, IsolationForest: contamination = share of bad rows + 1 % of the others");
        Console.WriteLine($"{"bad rows",-22} {"share",5} {string.Concat(names.Select(name => $"{name,20}"))}");
        foreach (string generator in DirtyTable.Generators)
        {
            foreach (double share in Shares)
            {
                Report(generator, share, 3, seeds, peer, seed => DirtyTable.Draw(generator, RowCount, share, seed));
            }
        }

        foreach ((string set, string generator, double[,] rows, int componentCount) in RealSets(peer))
        {
            foreach (double share in Shares)
            {
                Report($"{set}, {generator}", share, componentCount, seeds, peer, seed => DirtyTable.Spoil(rows, share, generator, seed));
            }
        }

        ReportClean(seeds);
    }

    private static void Report(string name, double share, int componentCount, int seeds, PeerProcess? peer, Func<ulong, DirtyTable> draw)
    {
        List<(double Power, double Alarms, double PowerAt)>[] found = [];
        for (int seed = 1; seed <= seeds; seed++)
        {
            DirtyTable table = draw((ulong)seed);
            OutlierMethod[] methods = [.. Judge(table, share, componentCount), .. peer is null ? [] : AskPeer(peer, table, share, seed)];
            found = found.Length == 0 ? [.. methods.Select(_ => new List<(double, double, double)>())] : found;
            for (int m = 0; m < methods.Length; m++)
            {
                found[m].Add((methods[m].Share(0, table.BadCount), methods[m].Share(table.BadCount, table.Count), methods[m].PowerAt(Rate, table.BadCount)));
            }
        }

        Console.WriteLine($"{name,-22} {share,5:P0} {string.Concat(found.Select(of => FormattableString.Invariant(
            $"{100 * of.Average(one => one.Power),7:F0} /{100 * of.Average(one => one.Alarms),5:F1} ({100 * of.Average(one => one.PowerAt),3:F0})")))}");
    }

    private static IEnumerable<OutlierMethod> Judge(DirtyTable table, double share, int componentCount)
    {
        InMemoryObservations rows = InMemoryObservations.FromMatrix(table.Rows);
        yield return OutlierMethod.Of("two steps", OutlierMethod.TwoSteps(rows), table.Rows, Rate);
        yield return OutlierMethod.Of("one step", OutlierMethod.OneStep(rows), table.Rows, Rate);
        yield return OutlierMethod.Of("trimmed", OutlierMethod.Trimmed(rows, share, componentCount), table.Rows, Rate);
    }

    private static IEnumerable<OutlierMethod> AskPeer(PeerProcess peer, DirtyTable table, double share, int seed)
    {
        string file = Path.Combine(peer.Folder, "rows");
        File.WriteAllBytes(file, MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref table.Rows[0, 0], table.Rows.Length)).ToArray());
        peer.Ask(FormattableString.Invariant($"{file} {table.Dimension} {seed}"));
        double reported = (share + (Rate * (1 - share))) * table.Count;
        yield return OutlierMethod.Reporting("EllipticEnv", Read(file + ".elliptic"), reported);
        yield return OutlierMethod.Reporting("IsolForest", Read(file + ".forest"), reported);
    }

    private static double[] Read(string file) => MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(file)).ToArray();

    /// <summary>The examples of the repository and the wines of scikit-learn, with the number of components that each is known to have.</summary>
    private static IEnumerable<(string Set, string Generator, double[,] Rows, int ComponentCount)> RealSets(PeerProcess? peer)
    {
        yield return ("faithful", "scattered", Matrix(RepositoryFiles.ReadExample("faithful")), 2);
        yield return ("iris", "wrong unit", Matrix(RepositoryFiles.ReadExample("iris")), 3);
        if (peer is not null)
        {
            string file = Path.Combine(peer.Folder, "wine");
            int count = int.Parse(peer.Ask($"wine {file}"), CultureInfo.InvariantCulture);
            double[] values = Read(file);
            double[,] rows = new double[count, values.Length / count];
            Buffer.BlockCopy(values, 0, rows, 0, values.Length * sizeof(double));
            yield return ("wine", "mixed up", rows, 3);
        }
    }

    private static double[,] Matrix(InMemoryObservations rows)
    {
        double[,] matrix = new double[rows.Count, rows.Property.Count];
        int i = 0;
        foreach (double[] row in rows.EnumerateRows())
        {
            for (int j = 0; j < row.Length; j++)
            {
                matrix[i, j] = row[j];
            }

            i++;
        }

        return matrix;
    }

    /// <summary>Sound rows only: the share that is reported of the rows that are fitted, and of fresh ones.</summary>
    private static void ReportClean(int seeds)
    {
        Console.WriteLine(FormattableString.Invariant($"All rows sound: false alarms in percent among the {RowCount} rows that are fitted, and among {FreshCount} fresh ones"));
        (string Name, Func<InMemoryObservations, GaussianMixture> Fit)[] methods =
            [("two steps", OutlierMethod.TwoSteps), ("one step", OutlierMethod.OneStep), ("trimmed by 0", rows => OutlierMethod.Trimmed(rows, 0, 3)), ("trimmed by 5 %", rows => OutlierMethod.Trimmed(rows, 0.05, 3))];
        foreach ((string name, Func<InMemoryObservations, GaussianMixture> fit) in methods)
        {
            double fitted = 0;
            double fresh = 0;
            for (int seed = 1; seed <= seeds; seed++)
            {
                double[,] rows = DirtyTable.Draw("scattered", RowCount, 0, (ulong)seed).Rows;
                double[,] others = new MixtureSampler(DirtyTable.Truth, (ulong)(1000 + seed)).DrawMatrix(FreshCount);
                GaussianMixture mixture = fit(InMemoryObservations.FromMatrix(rows));
                fitted += OutlierMethod.Of(name, mixture, rows, Rate).Share(0, RowCount) / seeds;
                fresh += OutlierMethod.Of(name, mixture, others, Rate).Share(0, FreshCount) / seeds;
            }

            Console.WriteLine(FormattableString.Invariant($"{name,-16} {100 * fitted,6:F2} {100 * fresh,6:F2}"));
        }
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using GmmTools.Classification;
using GmmTools.Classification.Validation;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Sampling;

namespace GmmTools.Benchmarks;

/// <summary>
/// Classes of rows that were not learned from, by cross-validation: error, log-loss and Brier score of EDDA and MclustDA, and on the same folds of scikit-learn's
/// linear and quadratic discriminant analysis and Gaussian naive Bayes.
/// </summary>
internal static class ClassifierReport
{
    private const int FoldCount = 10;
    private const ulong Seed = 1;

    public static void Run(string[] arguments)
    {
        int repetitions = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 5;
        using PeerProcess? peer = PeerProcess.TryStart("sklearn", "sklearn_classifiers.py");
        Console.WriteLine($"{Counted.Of(repetitions, "time")} {FoldCount} folds, the same for all: error in percent, log-loss, Brier score (0 to 2); smaller is better");
        Console.WriteLine("EDDA: the best of 14 covariance models by BIC; MclustDA: K = 1..3 and model by BIC in each class; both chosen anew in each fold");
        foreach ((string name, double[,] rows, string[] classes) in Tables(peer))
        {
            Console.WriteLine(FormattableString.Invariant($"{name}: {rows.GetLength(0)} rows, {rows.GetLength(1)} columns, {classes.Distinct().Count()} classes"));
            ClassifiedRows table = ClassifiedRows.Create(InMemoryObservations.FromMatrix(rows), classes);
            foreach ((string method, ClassifierOptions options) in Methods())
            {
                CrossValidationReport report = new CrossValidation(
                    new CrossValidationOptions { FoldCount = FoldCount, RepetitionCount = repetitions, Seed = Seed, Classifier = options }).Run(table);
                Write(method, report.Error, report.LogLoss, report.BrierScore);
            }

            if (peer is not null)
            {
                AskPeer(peer, table, rows, repetitions);
            }
        }
    }

    private static IEnumerable<(string Method, ClassifierOptions Options)> Methods()
    {
        yield return ("EDDA", new ClassifierOptions());
        yield return ("MclustDA", new ClassifierOptions { ComponentCounts = [1, 2, 3] });
        yield return ("EEE", new ClassifierOptions { Models = [CovarianceModel.EEE] });
        yield return ("VVV", new ClassifierOptions { Models = [CovarianceModel.VVV] });
        yield return ("VVI", new ClassifierOptions { Models = [CovarianceModel.VVI] });
    }

    private static void AskPeer(PeerProcess peer, ClassifiedRows table, double[,] rows, int repetitions)
    {
        string file = Path.Combine(peer.Folder, "rows");
        int[] folds = [.. Enumerable.Range(0, repetitions).SelectMany(r => StratifiedFolds.Deal(table.Places, FoldCount, SplitMix64.Derive(Seed, (ulong)r)))];
        File.WriteAllBytes(file, MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref rows[0, 0], rows.Length)).ToArray());
        File.WriteAllBytes(file + ".classes", MemoryMarshal.AsBytes<int>(table.Places.ToArray()).ToArray());
        File.WriteAllBytes(file + ".folds", MemoryMarshal.AsBytes<int>(folds).ToArray());
        double[] figures = [.. peer.Ask(FormattableString.Invariant($"{file} {rows.GetLength(1)} {repetitions}")).Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        string[] names = ["sklearn LDA", "sklearn QDA", "sklearn GaussianNB"];
        for (int m = 0; m < names.Length; m++)
        {
            Write(names[m], figures[3 * m], figures[(3 * m) + 1], figures[(3 * m) + 2]);
        }
    }

    private static void Write(string method, double error, double logLoss, double brier) =>
        Console.WriteLine(FormattableString.Invariant($"  {method,-19} {100 * error,6:F2} {logLoss,8:F4} {brier,8:F4}"));

    private static IEnumerable<(string Name, double[,] Rows, string[] Classes)> Tables(PeerProcess? peer)
    {
        yield return Read("iris", Path.Combine(RepositoryFiles.Root, "src", "Examples", "iris.csv"));
        yield return Read("banknote", Path.Combine(RepositoryFiles.Root, "tests", "GmmTools.Core.Tests", "Reference", "banknote.csv"));
        yield return Draw();
        if (peer is not null)
        {
            string file = Path.Combine(peer.Folder, "wine");
            int dimension = int.Parse(peer.Ask($"wine {file}"), CultureInfo.InvariantCulture);
            double[] values = [.. MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(file))];
            double[,] rows = new double[values.Length / dimension, dimension];
            Buffer.BlockCopy(values, 0, rows, 0, values.Length * sizeof(double));
            yield return ("wine", rows, [.. MemoryMarshal.Cast<byte, int>(File.ReadAllBytes(file + ".classes")).ToArray().Select(number => number.ToString(CultureInfo.InvariantCulture))]);
        }
    }

    /// <summary>Three classes of 60, 70 and 50 rows in six columns, each of two random components: what one component per class cannot describe.</summary>
    private static (string Name, double[,] Rows, string[] Classes) Draw()
    {
        int[] counts = [60, 70, 50];
        double[,] rows = new double[counts.Sum(), 6];
        List<string> classes = [];
        for (int c = 0; c < counts.Length; c++)
        {
            double[,] own = new MixtureSampler(RandomMixture.Draw(2, 6, 4, (ulong)(20 + c)), (ulong)(c + 1)).DrawMatrix(counts[c]);
            for (int i = 0; i < counts[c]; i++)
            {
                for (int j = 0; j < 6; j++)
                {
                    rows[classes.Count, j] = own[i, j];
                }

                classes.Add(FormattableString.Invariant($"{c + 1}"));
            }
        }

        return ("two components per class", rows, [.. classes]);
    }

    private static (string Name, double[,] Rows, string[] Classes) Read(string name, string file)
    {
        string[][] cells = [.. File.ReadLines(file).Skip(1).Select(line => line.Split(','))];
        int dimension = cells[0].Length - 1;
        double[,] rows = new double[cells.Length, dimension];
        for (int i = 0; i < cells.Length; i++)
        {
            for (int j = 0; j < dimension; j++)
            {
                rows[i, j] = double.Parse(cells[i][j], CultureInfo.InvariantCulture);
            }
        }

        return (name, rows, [.. cells.Select(row => row[dimension])]);
    }
}

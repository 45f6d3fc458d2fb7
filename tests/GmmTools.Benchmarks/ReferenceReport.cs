using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Sampling;
using GmmTools.Selection;

namespace GmmTools.Benchmarks;

/// <summary>Where fits end beside mclust: from given labels, from default starts, from a hundred seeds, and how long a search takes.</summary>
internal static class ReferenceReport
{
    /// <summary>What a default fit may be short of.</summary>
    private const double Slack = 0.01;

    private const int TimedSearches = 7;

    private static readonly string[] DataSets = ["faithful", "iris"];

    /// <summary>mclust 6.0.0 from given labels, to six digits: iris from the species, Old Faithful from waiting &gt; 68.</summary>
    private static readonly (CovarianceModel Model, double Iris, double Faithful)[] FromLabels =
    [
        (CovarianceModel.EII, -401.802176, -1709.681373),
        (CovarianceModel.VII, -384.314095, -1709.529282),
        (CovarianceModel.EEI, -361.425522, -1157.680012),
        (CovarianceModel.VEI, -339.468727, -1152.880196),
        (CovarianceModel.EVI, -340.085581, -1153.885568),
        (CovarianceModel.VVI, -306.860461, -1147.806353),
        (CovarianceModel.EEE, -256.354043, -1140.186759),
        (CovarianceModel.VEE, -237.560163, -1136.259854),
        (CovarianceModel.EVE, -234.140235, -1136.910261),
        (CovarianceModel.VVE, -215.240870, -1132.187446),
        (CovarianceModel.EEV, -214.850379, -1139.331599),
        (CovarianceModel.VEV, -186.073283, -1134.679204),
        (CovarianceModel.EVV, -205.535881, -1135.769904),
        (CovarianceModel.VVV, -180.185477, -1130.263960),
    ];

    private static readonly (string Data, CovarianceModel Model, int ComponentCount, double LogLikelihood)[] PlainOptima =
    [
        ("faithful", CovarianceModel.VVV, 2, -1130.2640),
        ("faithful", CovarianceModel.EEE, 3, -1126.3159),
        ("iris", CovarianceModel.VVV, 3, -180.1855),
        ("iris", CovarianceModel.EEE, 3, -256.3540),
        ("iris", CovarianceModel.VVI, 3, -306.8605),
    ];

    public static void Run(string[] arguments)
    {
        PrintFromLabels();
        Dictionary<string, double> peer = TimeMclust();
        foreach (string data in DataSets)
        {
            PrintSearch(data, peer);
        }

        PrintSeeds(arguments.Where(argument => int.TryParse(argument, out _)).Select(int.Parse).DefaultIfEmpty(100).First());
        if (arguments.Contains("--large"))
        {
            PrintLarge();
        }
    }

    private static void PrintFromLabels()
    {
        InMemoryObservations iris = RepositoryFiles.ReadExample("iris");
        InMemoryObservations faithful = RepositoryFiles.ReadExample("faithful");
        double[,] species = Labels(iris, (i, _) => (int)i / 50, 3);
        double[,] waiting = Labels(faithful, (_, row) => row[1] > 68 ? 1 : 0, 2);
        Console.WriteLine("from given labels to the end: log-likelihood less mclust's (goal 1e-6; EVE and VVE at least)");
        Console.WriteLine("model       iris, K = 3  difference     plain EM   faithful, K = 2  difference     plain EM");
        foreach ((CovarianceModel model, double irisValue, double faithfulValue) in FromLabels)
        {
            Console.WriteLine($"{model,-5} {Ends(iris, model, species, irisValue)} {Ends(faithful, model, waiting, faithfulValue)}");
        }
    }

    /// <summary>The end of the default acceleration, and the differences of that and of plain EM.</summary>
    private static string Ends(InMemoryObservations rows, CovarianceModel model, double[,] start, double expected)
    {
        double[] ends = [.. new[] { AccelerationMethod.Anderson, AccelerationMethod.None }.Select(method => new EmEstimator(new EmOptions
        {
            ComponentCount = start.GetLength(1),
            CovarianceModel = model,
            InitialResponsibilities = RowResponsibilities.FromMatrix(start),
            Acceleration = method,
            Tolerance = 1e-12,
            MaxIteration = 1_000_000,
        }).Fit(rows).LogLikelihood)];
        bool least = model is CovarianceModel.EVE or CovarianceModel.VVE;
        bool good = ends.All(end => end >= expected - 1e-6 && (least || end <= expected + 1e-6));
        return Text($"{ends[0],17:F6} {ends[0] - expected,11:F6} {ends[1] - expected,12:F6}{(good ? ' ' : '!')}");
    }

    private static void PrintSearch(string data, Dictionary<string, double> peer)
    {
        InMemoryObservations rows = RepositoryFiles.ReadExample(data);
        int[] counts = [.. Enumerable.Range(1, 9)];
        ModelSearch search = new(new EmOptions());
        Stopwatch watch = Stopwatch.StartNew();
        IReadOnlyList<IFitOutcome> outcomes = search.Fit(rows, counts, CovarianceModels.All);
        EmFit[] fits = [.. outcomes.OfType<EmFit>()];
        double first = watch.Elapsed.TotalSeconds;
        double[] again =
        [
            .. Enumerable.Range(0, TimedSearches).Select(_ =>
            {
                watch.Restart();
                search.Fit(rows, counts, CovarianceModels.All);
                return watch.Elapsed.TotalSeconds;
            }).Order(),
        ];
        double seconds = again[TimedSearches / 2];
        Console.WriteLine();
        Console.WriteLine(Text($"{data}, K = 1..9, 14 models, default options: {first:F2} s at first, then a median of {seconds:F2} s{Ratio(data, seconds, peer)}"));
        PrintAgainstReference(data, fits, outcomes.Count - fits.Length);
        PrintShortfall(rows, fits);
        PrintNesting(fits);
        PrintBest(fits);
    }

    private static string Ratio(string data, double seconds, Dictionary<string, double> peer) =>
        peer.TryGetValue(data, out double theirs) ? Text($"; mclustBIC {theirs:F2} s, ratio {theirs / seconds:F2}") : "; no Rscript with mclust to compare with";

    private static void PrintAgainstReference(string data, EmFit[] fits, int failedCount)
    {
        ReferenceValue[] values = [.. ReferenceValue.ReadAll().Where(value => value.Data == data)];
        (ReferenceValue Value, EmFit Fit)[] pairs =
            [.. values.Select(value => (value, fits.First(fit => fit.CovarianceModel == value.Model && fit.ComponentCount == value.ComponentCount)))];
        (ReferenceValue Value, EmFit Fit)[] low = [.. pairs.Where(pair => !(pair.Fit.LogLikelihood >= pair.Value.LogLikelihood - Slack))];
        (ReferenceValue Value, EmFit Fit)[] high = [.. pairs.Where(pair => pair.Fit.LogLikelihood > pair.Value.LogLikelihood + Slack)];
        Console.WriteLine(Text($"  {pairs.Length} combinations that mclust fits: {pairs.Length - low.Length} at least as high (- {Slack}), {high.Length} of them higher (+ {Slack})"));
        Console.WriteLine($"  parameters differ in {pairs.Count(pair => pair.Fit.ParameterCount != pair.Value.ParameterCount)}; not fitted: {failedCount}; not converged: {fits.Count(fit => !fit.Converged)}; spurious: {fits.Count(fit => fit.IsSpurious)}");
        PrintDifferences("lower", low);
        PrintDifferences("higher", high);
    }

    /// <summary>What plain EM still gains when it goes on from each fit until nothing moves.</summary>
    private static void PrintShortfall(InMemoryObservations rows, EmFit[] fits)
    {
        (EmFit Fit, double Gain)[] gains =
        [
            .. fits.Select(fit => (fit, new EmEstimator(new EmOptions
            {
                ComponentCount = fit.ComponentCount,
                CovarianceModel = fit.CovarianceModel,
                InitialMixture = fit.Mixture,
                Acceleration = AccelerationMethod.None,
                Tolerance = 1e-14,
                MaxIteration = 200_000,
            }).Fit(rows).LogLikelihood - fit.LogLikelihood)),
        ];
        (EmFit Fit, double Gain) worst = gains.MaxBy(pair => pair.Gain);
        Console.WriteLine(Text($"  short of convergence (goal {Slack}): {gains.Count(pair => pair.Gain > Slack)} of {gains.Length} by more; the most by {worst.Gain:G3} ({Name(worst.Fit)})"));
    }

    private static void PrintDifferences(string what, (ReferenceValue Value, EmFit Fit)[] pairs)
    {
        foreach ((ReferenceValue Value, EmFit Fit)[] line in pairs.Chunk(6))
        {
            Console.WriteLine($"  {what}: " + string.Join("  ", line.Select(pair =>
                Text($"{Name(pair.Fit)} {pair.Fit.LogLikelihood - pair.Value.LogLikelihood:+0.00;-0.00}{(pair.Fit.IsSpurious ? "*" : string.Empty)}"))));
        }
    }

    /// <summary>Pairs of which the first is a special case of the second and yet ends higher.</summary>
    private static void PrintNesting(EmFit[] fits)
    {
        PrintNesting("models of one K", Pairs(fits, (inner, outer) => inner.ComponentCount == outer.ComponentCount
            && inner.CovarianceModel != outer.CovarianceModel && inner.CovarianceModel.IsWithin(outer.CovarianceModel)));
        PrintNesting("K of one model", Pairs(fits, (inner, outer) => inner.CovarianceModel == outer.CovarianceModel
            && inner.ComponentCount + 1 == outer.ComponentCount));
    }

    private static (EmFit Inner, EmFit Outer)[] Pairs(EmFit[] fits, Func<EmFit, EmFit, bool> isNested) =>
        [.. fits.SelectMany(inner => fits.Where(outer => isNested(inner, outer)).Select(outer => (inner, outer)))];

    private static void PrintNesting(string what, (EmFit Inner, EmFit Outer)[] pairs)
    {
        (EmFit Inner, EmFit Outer)[] wrong = [.. pairs.Where(pair => pair.Outer.LogLikelihood < pair.Inner.LogLikelihood - Slack)];
        Console.WriteLine($"  nesting, {what}: {wrong.Length} of {pairs.Length} larger ones end below a smaller one");
        foreach ((EmFit Inner, EmFit Outer)[] line in wrong.Chunk(4))
        {
            Console.WriteLine("    " + string.Join("  ", line.Select(pair =>
                Text($"{Name(pair.Outer)} below {Name(pair.Inner)} by {pair.Inner.LogLikelihood - pair.Outer.LogLikelihood:F2}{(pair.Inner.IsSpurious ? "*" : string.Empty)}"))));
        }
    }

    private static void PrintBest(EmFit[] fits)
    {
        EmFit best = fits.Where(fit => !fit.IsSpurious).MinBy(fit => fit.Bic)!;
        Console.WriteLine(Text($"  best by BIC of those not spurious: {Name(best)}, log-likelihood {best.LogLikelihood:F3}, BIC {best.Bic:F3}"));
    }

    private static void PrintSeeds(int seeds)
    {
        Console.WriteLine();
        Console.WriteLine(Text($"default options from {seeds} seeds: how many end within {Slack} of the plain optimum, or higher and not spurious"));
        foreach ((string data, CovarianceModel model, int componentCount, double expected) in PlainOptima)
        {
            InMemoryObservations rows = RepositoryFiles.ReadExample(data);
            EmFit[] fits = [.. Enumerable.Range(1, seeds).Select(seed => new EmEstimator(
                new EmOptions { ComponentCount = componentCount, CovarianceModel = model, Seed = (ulong)seed }).Fit(rows))];
            int reached = fits.Count(fit => Math.Abs(fit.LogLikelihood - expected) <= Slack);
            int higher = fits.Count(fit => fit.LogLikelihood > expected + Slack && !fit.IsSpurious);
            Console.WriteLine(Text($"  {data,-9} {model},{componentCount} {expected,11:F4}: {reached + higher} of {seeds} ({reached} there, {higher} higher, up to {fits.Max(fit => fit.LogLikelihood):F4}; {fits.Count(fit => fit.IsSpurious)} spurious)"));
        }
    }

    private static void PrintLarge()
    {
        InMemoryObservations rows = InMemoryObservations.FromMatrix(new MixtureSampler(RandomMixture.Draw(5, 8, 10, 1), 1).DrawMatrix(1_000_000));
        CovarianceModel[] models = [CovarianceModel.VVV, CovarianceModel.EEE, CovarianceModel.VVI, CovarianceModel.VII];
        Stopwatch watch = Stopwatch.StartNew();
        IReadOnlyList<IFitOutcome> fits = new ModelSearch(new EmOptions()).Fit(rows, [.. Enumerable.Range(1, 9)], models);
        EmFit best = fits.OfType<EmFit>().MinBy(fit => fit.Bic)!;
        Console.WriteLine();
        Console.WriteLine(Text($"1 000 000 x 8 rows of VVV,5; K = 1..9, VVV, EEE, VVI, VII: {watch.Elapsed.TotalMinutes:F2} min; best by BIC {Name(best)}"));
    }

    /// <summary>Seconds of mclustBIC(G = 1:9) for each data set; empty where R or mclust is not installed.</summary>
    private static Dictionary<string, double> TimeMclust()
    {
        ProcessStartInfo info = new("Rscript") { RedirectStandardOutput = true, RedirectStandardError = true };
        info.ArgumentList.Add(Path.Combine(ReferenceValue.Folder, "mclust_search_time.R"));
        foreach (string data in DataSets)
        {
            info.ArgumentList.Add(Path.Combine(RepositoryFiles.Root, "src", "Examples", data + ".csv"));
        }

        try
        {
            using Process process = Process.Start(info)!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            string[] lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            process.WaitForExit();
            return lines.Select(line => line.Split(',')).ToDictionary(cells => cells[0], cells => double.Parse(cells[1], CultureInfo.InvariantCulture));
        }
        catch (Win32Exception)
        {
            return [];
        }
    }

    private static double[,] Labels(InMemoryObservations rows, Func<long, double[], int> label, int componentCount)
    {
        double[,] labels = new double[rows.Count, componentCount];
        double[] row = new double[rows.Property.Count];
        for (int i = 0; i < rows.Count; i++)
        {
            rows.CopyRow(i, row);
            labels[i, label(i, row)] = 1;
        }

        return labels;
    }

    private static string Name(EmFit fit) => $"{fit.CovarianceModel},{fit.ComponentCount}";

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}

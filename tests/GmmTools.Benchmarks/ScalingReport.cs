using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using GmmTools.Benchmarks.Peers;
using GmmTools.Mixtures;
using GmmTools.Observations;

namespace GmmTools.Benchmarks;

/// <summary>How the time of an iteration grows with rows, components and columns: a table, slopes of the logarithms, a CSV file, a plot.</summary>
internal static class ScalingReport
{
    private static readonly CovarianceModel[] Models = [CovarianceModel.VVV, CovarianceModel.VVI];

    public static void Run(string[] arguments)
    {
        string folder = arguments.Length > 0 ? arguments[0] : Path.Combine(RepositoryFiles.Root, "BenchmarkDotNet.Artifacts");
        Directory.CreateDirectory(folder);
        List<ScalingPoint> points = [];
        Console.WriteLine($"{DateTime.UtcNow:yyyy-MM-dd}, {Machine.ProcessorName}; one thread, milliseconds of an EM iteration");
        Console.WriteLine($"{"axis",4} {"model",5} {"N",8} {"K",4} {"d",4} {"ms",10}");
        foreach (PeerCase problem in Problems())
        {
            InMemoryObservations rows = InMemoryObservations.FromMatrix(problem.DrawMatrix());
            ScalingPoint point = new(problem, IterationReport.Measure(problem, rows, 1).Milliseconds);
            points.Add(point);
            Console.WriteLine(string.Format(
                CultureInfo.InvariantCulture,
                "{0,4} {1,5} {2,8} {3,4} {4,4} {5,10:F4}",
                problem.Name,
                problem.Model,
                problem.RowCount,
                problem.ComponentCount,
                problem.Dimension,
                point.Milliseconds));
        }

        PrintSlopes(points);
        string table = Path.Combine(folder, "scaling.csv");
        string plot = Path.Combine(folder, "scaling.svg");
        WriteCsv(points, table);
        File.WriteAllText(plot, ScalingPlot.Draw(points));
        Console.WriteLine(table);
        Console.WriteLine(plot);
    }

    private static IEnumerable<PeerCase> Problems()
    {
        foreach (CovarianceModel model in Models)
        {
            for (int n = 8_000; n <= 2_048_000; n *= 2)
            {
                yield return new PeerCase("N", n, 4, 8, model, 0);
            }

            for (int k = 1; k <= 128; k *= 2)
            {
                yield return new PeerCase("K", 50_000, 4, k, model, 0);
            }

            for (int d = 1; d <= 128; d *= 2)
            {
                yield return new PeerCase("d", 20_000, d, 8, model, 0);
            }
        }
    }

    private static void PrintSlopes(List<ScalingPoint> points)
    {
        Console.WriteLine($"{"axis",4} {"model",5} {"slope",6} {"upper half",10}   (least squares of log time against log of the axis)");
        foreach (IGrouping<(string Axis, CovarianceModel Model), ScalingPoint> series in points.GroupBy(point => (point.Problem.Name, point.Problem.Model)))
        {
            ScalingPoint[] all = [.. series];
            Console.WriteLine(string.Format(
                CultureInfo.InvariantCulture,
                "{0,4} {1,5} {2,6:F2} {3,10:F2}",
                series.Key.Axis,
                series.Key.Model,
                ScalingPoint.Slope(all),
                ScalingPoint.Slope(all[(all.Length / 2)..])));
        }
    }

    private static void WriteCsv(List<ScalingPoint> points, string file) =>
        File.WriteAllLines(
            file,
            points.Select(point => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{point.Problem.Name},{point.Problem.Model},{point.Problem.RowCount},{point.Problem.ComponentCount},{point.Problem.Dimension},{point.Milliseconds:R}"))
                .Prepend("axis,model,N,K,d,milliseconds"));
}

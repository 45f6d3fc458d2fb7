using System;
using System.IO;
using System.Linq;
using GmmTools.Classification;
using GmmTools.Observations;

namespace GmmTools.Core.Tests.Support;

/// <summary>The data sets of the tests whose rows have classes.</summary>
internal static class ClassData
{
    /// <summary>Fisher's iris: 150 flowers of three species.</summary>
    public static double[,] Iris => TestData.Iris;

    /// <summary>The species of each flower.</summary>
    public static string[] Species { get; } = Last("iris");

    /// <summary>Flury and Riedwyl, Multivariate Statistics (1988): six measures of 200 Swiss bank notes.</summary>
    public static double[,] Notes { get; } = TestData.Case("banknote", 6);

    /// <summary>Which of the notes are genuine, and which counterfeit.</summary>
    public static string[] Status { get; } = Last("banknote");

    public static ClassifiedRows IrisRows() => Rows(Iris, Species);

    public static ClassifiedRows Rows(double[,] rows, string?[] classes) => ClassifiedRows.Create(TestData.Observations(rows), classes);

    public static ClassifiedRows Rows(IObservations rows, string?[] classes) => ClassifiedRows.Create(rows, classes);

    private static string[] Last(string name) =>
        [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Data", name + ".csv")).Skip(1).Select(line => line.Substring(line.LastIndexOf(',') + 1))];
}

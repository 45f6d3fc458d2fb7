using System.Collections.Generic;
using System.Linq;
using GmmTools.Core.Tests.Support;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Plots;
using GmmTools.Sampling;
using GmmTools.Selection;

namespace GmmTools.Core.Tests.Plots;

/// <summary>Requests for pictures whose content does not depend on a fit's last bits.</summary>
internal static class PlotRequests
{
    /// <summary>About what a fit of Old Faithful finds.</summary>
    public static GaussianMixture Faithful { get; } = GaussianMixture.Create(
        [0.64, 0.36],
        [[4.29, 79.97], [2.04, 54.48]],
        [new double[,] { { 0.17, 0.94 }, { 0.94, 36.0 } }, new double[,] { { 0.069, 0.435 }, { 0.435, 33.7 } }],
        ["eruptions", "waiting"]);

    /// <summary>Another mixture of the same columns.</summary>
    public static GaussianMixture Other { get; } = GaussianMixture.Create(
        [0.6, 0.4],
        [[4.2, 79], [2.1, 55]],
        [new double[,] { { 0.2, 0 }, { 0, 40 } }, new double[,] { { 0.2, 0 }, { 0, 40 } }],
        ["eruptions", "waiting"]);

    /// <summary>Differences of groups: one that differs, some that may be chance, one that has no interval, and one that has no reference.</summary>
    public static IReadOnlyList<DifferenceLine> Differences { get; } =
    [
        new("search", "ms", 1700, 1100, 2300, true),
        new("a query whose name is too long", "ms", 120, -350, 590, false),
        new("once", "ms", 40, double.NaN, double.NaN, false),
        new("basket", "ms", -80, -520, 360, false),
        new("upload", "ms", double.NaN, double.NaN, double.NaN, false),
    ];

    /// <summary>The means of two components and of noise, which has none; one has no interval.</summary>
    public static IReadOnlyList<IntervalLine> Intervals { get; } =
    [
        new("Mean of ms", "ms", "component 1", 1, 20, 19, 21.5, 0.9, "Bootstrap"),
        new("Mean of ms", "ms", "component 2", 2, 60, double.NaN, double.NaN, 0.9, "Bootstrap"),
        new("Mean of ms", "ms", "noise", 0, double.NaN, double.NaN, double.NaN, 0.9, "Bootstrap"),
        new("Mean of ms", "ms", "component 3", 3, 40, 31, 55, 0.9, "Bootstrap"),
    ];

    /// <summary>The request of a kind over all columns, with rows.</summary>
    public static PlotRequest Create(PlotKind kind, params string[] property) => new()
    {
        Kind = kind,
        Mixture = Faithful,
        Rows = InMemoryObservations.FromMatrix(TestData.Faithful, Faithful.Property),
        Property = property.Length == 0 ? null : property,
        Reference = kind == PlotKind.Comparison ? Other : null,
        FalseAlarmRate = 0.02,
    };

    /// <summary>Rows drawn from a mixture.</summary>
    public static InMemoryObservations Draw(GaussianMixture mixture, int count) =>
        InMemoryObservations.FromMatrix(new MixtureSampler(mixture, 7).DrawMatrix(count), mixture.Property);

    /// <summary>Fits of three models, one of which failed and one of which is spurious.</summary>
    public static IReadOnlyList<FitCandidate> Fits { get; } =
    [
        .. new[] { CovarianceModel.EEE, CovarianceModel.VVV, CovarianceModel.VII }.SelectMany(
            (model, i) => Enumerable.Range(1, 4).Select(count => new FitCandidate
            {
                ComponentCount = count,
                CovarianceModel = model,
                TotalWeight = 272,
                RowCount = 272,
                ParameterCount = (3 + i) * count,
                LogLikelihood = -1300 + (150.0 / count * (count - 1)) + i,
                IsSpurious = i == 1 && count == 4,
                Failure = i == 2 && count == 4 ? "Too few rows." : null,
            })),
    ];

    /// <summary>Two runs.</summary>
    public static IReadOnlyList<TraceLine> Traces { get; } =
    [
        new TraceLine("VVV,2", [-15000, -1209, -1180, -1150, -1135, -1131, -1130.3, -1130.264]),
        new TraceLine("EEE,2", [-1400, -1230, -1190, -1160, -1142, -1140.2]),
    ];

    /// <summary>A mixture of several columns, x1, x2, ...</summary>
    public static GaussianMixture Random(int componentCount, int dimension) =>
        RandomMixture.Draw(componentCount, dimension, 10, 3);
}

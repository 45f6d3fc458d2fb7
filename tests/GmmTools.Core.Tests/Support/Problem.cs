using System;
using System.Linq;
using CsCheck;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Core.Tests.Support;

/// <summary>A random problem of estimation.</summary>
internal sealed class Problem
{
    private readonly RowKind _kind;
    private readonly ulong _seed;

    public Problem(RowKind kind, int count, int dimension, int componentCount, CovarianceModel model, ulong seed)
    {
        _kind = kind;
        _seed = seed;
        ComponentCount = componentCount;
        Model = model;
        Rows = Draw(kind, count, dimension, componentCount, seed);
    }

    public double[,] Rows { get; }

    public int ComponentCount { get; }

    public CovarianceModel Model { get; }

    public int Count => Rows.GetLength(0);

    public int Dimension => Rows.GetLength(1);

    /// <summary>Random problems of 200 rows.</summary>
    public static Gen<Problem> Gen(Gen<int> dimension, Gen<int> componentCount, RowKind firstKind, RowKind lastKind) =>
        CsCheck.Gen.Select(
            CsCheck.Gen.Int[(int)firstKind, (int)lastKind],
            dimension,
            componentCount,
            CsCheck.Gen.Int[0, CovarianceModels.All.Count - 1],
            CsCheck.Gen.ULong,
            (kind, d, k, model, seed) => new Problem((RowKind)kind, 200, d, k, CovarianceModels.All[model], seed));

    public override string ToString() =>
        FormattableString.Invariant($"new Problem(RowKind.{_kind}, {Count}, {Dimension}, {ComponentCount}, CovarianceModel.{Model}, {_seed})");

    private static double[,] Draw(RowKind kind, int count, int dimension, int componentCount, ulong seed)
    {
        double[,] rows = TestData.Draw(count, componentCount, dimension, seed);
        SplitMix64 random = new(SplitMix64.Derive(seed, 77));
        switch (kind)
        {
            case RowKind.HeavyTails:
                return TestData.Map(rows, (value, _) => value + Cauchy(random));
            case RowKind.Ties:
                return TestData.Map(rows, (value, _) => Math.Round(value / 3));
            case RowKind.Duplicates:
                return TestData.Pick(rows, [.. Enumerable.Range(0, count).Select(i => i < (dimension + 1) * 3 ? i : i % 5)]);
            default:
                return rows;
        }
    }

    private static double Cauchy(SplitMix64 random) => Math.Tan(Math.PI * (random.NextDouble() - 0.5));
}

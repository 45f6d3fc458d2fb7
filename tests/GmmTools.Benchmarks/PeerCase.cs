using System.Collections.Generic;
using System.Globalization;
using GmmTools.Mixtures;
using GmmTools.Sampling;

namespace GmmTools.Benchmarks;

/// <summary>A problem on which whole EM iterations are compared: N rows drawn from a random mixture of K components in d columns.</summary>
internal sealed record PeerCase(string Name, int RowCount, int Dimension, int ComponentCount, CovarianceModel Model, double Goal)
{
    /// <summary>The cases of the comparison; the goal is the ratio to the fastest peer.</summary>
    public static IReadOnlyList<PeerCase> All { get; } =
    [
        new("a", 100_000, 1, 2, CovarianceModel.VVV, 10),
        new("b", 100_000, 2, 3, CovarianceModel.VVV, 25),
        new("c", 1_000_000, 2, 8, CovarianceModel.VVV, 32),
        new("d", 1_000_000, 8, 16, CovarianceModel.VVV, 25),
        new("e", 200_000, 32, 16, CovarianceModel.VVV, 14),
        new("f", 50_000, 128, 8, CovarianceModel.VVV, 5),
        new("g", 1_000_000, 8, 16, CovarianceModel.VVI, 22),
        new("h", 1_000_000, 1, 4, CovarianceModel.VVV, 12),
        new("i", 2_000, 250, 2, CovarianceModel.VVV, 1),
        new("j", 4_000, 500, 2, CovarianceModel.VVV, 1),
        new("k", 8_000, 1_000, 2, CovarianceModel.VVV, 1),
        new("t", 272, 2, 2, CovarianceModel.VVV, 1),
    ];

    /// <summary>The mixture that the rows come from, which is also where the iterations start.</summary>
    public GaussianMixture Truth { get; } = RandomMixture.Draw(ComponentCount, Dimension, Dimension > 8 ? 3 : 10, 11);

    /// <summary>Floating-point operations that an iteration cannot do without: 2·d(d+1) per row and component, 4·d if diagonal.</summary>
    public double Operations => (Model == CovarianceModel.VVI ? 4.0 * Dimension * 2 : 2.0 * Dimension * (Dimension + 1)) * RowCount * ComponentCount;

    public override string ToString() =>
        string.Format(CultureInfo.InvariantCulture, "{0} N={1} d={2} K={3} {4}", Name, RowCount, Dimension, ComponentCount, Model);

    public double[,] DrawMatrix() => new MixtureSampler(Truth, 1).DrawMatrix(RowCount);
}

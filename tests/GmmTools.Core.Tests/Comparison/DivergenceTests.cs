using System;
using System.Linq;
using System.Threading;
using CsCheck;
using GmmTools.Comparison;
using GmmTools.Core.Tests.Support;
using GmmTools.Mixtures;
using Xunit;

namespace GmmTools.Core.Tests.Comparison;

/// <summary>Distances and divergences against closed forms, integrals, and each other.</summary>
public sealed class DivergenceTests
{
    private static readonly GaussianMixture First = GaussianMixture.Create([0.6, 0.4], [[0.0], [3]], [Starts.Diagonal(1), Starts.Diagonal(0.25)]);
    private static readonly GaussianMixture Second = GaussianMixture.Create([0.5, 0.5], [[0.5], [4]], [Starts.Diagonal(2), Starts.Diagonal(1)]);

    [Fact]
    public void One_component_has_closed_forms()
    {
        GaussianMixture a = GaussianMixture.Create([1], [[1, 0]], [new double[,] { { 2, 0.5 }, { 0.5, 1 } }]);
        GaussianMixture b = GaussianMixture.Create([1], [[0, 1]], [new double[,] { { 1, 0 }, { 0, 3 } }]);

        // ½(log |Σb|/|Σa| + tr Σb⁻¹Σa + δᵀΣb⁻¹δ − 2)
        double expected = 0.5 * (Math.Log(3 / 1.75) + 2 + (1.0 / 3) + 1 + (1.0 / 3) - 2);
        NormalPairs pairs = new(a.Parameters, b.Parameters);
        Close.Relative(expected, pairs.Divergence(0, 0), 1e-13, "divergence");
        MixtureDivergence divergence = Measure(a, b);
        Close.Relative(expected, divergence.KullbackLeiblerUpper, 1e-12, "upper bound");
        Close.Relative(expected, divergence.KullbackLeiblerVariational, 1e-12, "variational");
        Close.Absolute(expected, divergence.KullbackLeibler, 5 * divergence.KullbackLeiblerError, "sampled");
    }

    [Theory]
    [InlineData(1, 1, 1, 2)]
    [InlineData(0, 4, 3, 1)]
    public void Wasserstein_of_two_normals_on_a_line(double m1, double v1, double m2, double v2)
    {
        GaussianMixture a = GaussianMixture.Create([1], [[m1]], [Starts.Diagonal(v1)]);
        GaussianMixture b = GaussianMixture.Create([1], [[m2]], [Starts.Diagonal(v2)]);
        double expected = Math.Sqrt(Math.Pow(m1 - m2, 2) + Math.Pow(Math.Sqrt(v1) - Math.Sqrt(v2), 2));
        Close.Relative(expected, Wasserstein.Distance(a.Parameters, 0, b.Parameters, 0), 1e-12, "distance");
    }

    [Fact]
    public void Wasserstein_follows_scales_and_turns()
    {
        GaussianMixture a = GaussianMixture.Create([1], [[1, 0]], [new double[,] { { 2, 0.5 }, { 0.5, 1 } }]);
        GaussianMixture b = GaussianMixture.Create([1], [[0, 1]], [new double[,] { { 1, 0.2 }, { 0.2, 3 } }]);
        double distance = Wasserstein.Distance(a.Parameters, 0, b.Parameters, 0);
        Close.Relative(distance, Wasserstein.Distance(b.Parameters, 0, a.Parameters, 0), 1e-12, "symmetry");
        Close.Absolute(0, Wasserstein.Distance(a.Parameters, 0, a.Parameters, 0), 1e-7, "itself");
        foreach (double unit in new[] { 1e-100, 1e100 })
        {
            Close.Relative(unit * distance, Wasserstein.Distance(Scale(a, unit).Parameters, 0, Scale(b, unit).Parameters, 0), 1e-12, "scaled");
        }

        // in two dimensions tr (A^½BA^½)^½ = √(tr AB + 2√|AB|)
        double trace = (2 * 1) + (2 * 0.5 * 0.2) + (1 * 3);
        double root = Math.Sqrt(trace + (2 * Math.Sqrt(1.75 * 2.96)));
        Close.Relative(Math.Sqrt(2 + 3 + 4 - (2 * root)), distance, 1e-12, "closed form in the plane");
    }

    [Fact]
    public void Sampled_divergences_are_the_integrals()
    {
        MixtureDivergence divergence = Measure(First, Second);
        Close.Absolute(Integrate((f, g) => f * Math.Log(f / g)), divergence.KullbackLeibler, 4 * divergence.KullbackLeiblerError, "KL");
        Close.Absolute(Integrate((f, g) => g * Math.Log(g / f)), divergence.ReverseKullbackLeibler, 4 * divergence.ReverseKullbackLeiblerError, "reverse KL");
        double shared = Integrate((f, g) => 0.5 * ((f * Math.Log(2 * f / (f + g))) + (g * Math.Log(2 * g / (f + g)))));
        Close.Absolute(shared, divergence.JensenShannon, 4 * divergence.JensenShannonError, "JS");
        Close.Relative(Math.Sqrt(Integrate((f, g) => (f - g) * (f - g))), divergence.L2Distance, 1e-9, "L2");
        Assert.InRange(divergence.KullbackLeiblerError, 1e-5, 0.02);
    }

    [Fact]
    public void Bounds_hold() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 5], Gen.Int[1, 4], Gen.ULong).Holds((first, second, dimension, seed) =>
        {
            GaussianMixture f = RandomMixture.Draw(first, dimension, 3, seed);
            GaussianMixture g = RandomMixture.Draw(second, dimension, 3, seed + 1);
            VariationalDivergence bounds = new(f.Parameters, g.Parameters, CancellationToken.None);
            SampledDivergence sampled = SampledDivergence.Draw(f, g, 20_000, seed, 1, CancellationToken.None);
            Assert.True(bounds.Lower <= sampled.Mean + (6 * sampled.Error), "lower");
            Assert.True(bounds.Upper >= sampled.Mean - (6 * sampled.Error), "upper");
            Assert.True(bounds.Lower <= bounds.Approximation + 1e-9 || bounds.Lower <= bounds.Upper, "order");
            Assert.InRange(sampled.SharedMean, -6 * sampled.SharedError, Math.Log(2) + 1e-12);
        },
        iter: 60);

    [Fact]
    public void A_mixture_is_no_distance_from_itself()
    {
        GaussianMixture mixture = RandomMixture.Draw(3, 2, 5, 4);
        MixtureDivergence divergence = Measure(mixture, mixture);
        Assert.Equal(0, divergence.KullbackLeibler);
        Assert.Equal(0, divergence.JensenShannon);
        Close.Absolute(0, divergence.KullbackLeiblerUpper, 1e-9, "upper bound");
        Close.Absolute(0, divergence.L2Distance, 1e-7, "L2");
    }

    [Fact]
    public void Units_do_not_matter_and_mixtures_apart_share_nothing()
    {
        MixtureDivergence divergence = Measure(First, Second);
        MixtureDivergence there = Measure(Scale(First, 1e100), Scale(Second, 1e100));
        Close.Relative(divergence.KullbackLeibler, there.KullbackLeibler, 1e-9, "KL");
        Close.Relative(divergence.KullbackLeiblerUpper, there.KullbackLeiblerUpper, 1e-9, "upper");
        Close.Relative(divergence.L2Distance * 1e-50, there.L2Distance, 1e-9, "L2");
        GaussianMixture far = GaussianMixture.Create([1], [[1e6]], [Starts.Diagonal(1)]);
        Close.Absolute(Math.Log(2), Measure(First, far).JensenShannon, 1e-10, "JS");
    }

    [Fact]
    public void Errors_of_sampled_divergences_are_those_of_their_variances()
    {
        // log f/g of two normals of one width is normal itself: mean δ²/2σ², variance δ²/σ²
        const int Count = 100_000;
        GaussianMixture f = GaussianMixture.Create([1], [[0.0]], [Starts.Diagonal(4)]);
        GaussianMixture g = GaussianMixture.Create([1], [[3.0]], [Starts.Diagonal(4)]);
        SampledDivergence sampled = SampledDivergence.Draw(f, g, Count, 3, 1, CancellationToken.None);
        Close.Absolute(9.0 / 8, sampled.Mean, 5 * 1.5 / Math.Sqrt(Count), "mean");
        Close.Relative(1.5 / Math.Sqrt(Count), sampled.Error, 0.02, "error");

        // every row of f is 1/ε times as probable there as under the other mixture, which is elsewhere for the rest
        const double Share = 6e-6;
        GaussianMixture elsewhere = GaussianMixture.Create([1 - Share, Share], [[1e6], [0.0]], [Starts.Diagonal(4), Starts.Diagonal(4)]);
        SampledDivergence there = SampledDivergence.Draw(f, elsewhere, 1000, 3, 1, CancellationToken.None);
        Close.Absolute(Math.Log(2) - (Share - (Share * Share / 2)), there.SharedMean, 1e-13, "shared");
        Close.Absolute(-Math.Log(Share), there.Mean, 1e-9, "mean elsewhere");

        // e to the ratio is beyond numbers: nothing is shared
        GaussianMixture far = GaussianMixture.Create([1], [[1e6]], [Starts.Diagonal(4)]);
        Close.Absolute(Math.Log(2), SampledDivergence.Draw(f, far, 1000, 3, 1, CancellationToken.None).SharedMean, 1e-12, "shared with nothing");
    }

    [Theory]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    public void Samples_of_about_a_block_have_all_of_their_rows(int count)
    {
        GaussianMixture f = GaussianMixture.Create([1], [[0.0]], [Starts.Diagonal(4)]);
        GaussianMixture g = GaussianMixture.Create([1], [[3.0]], [Starts.Diagonal(4)]);
        SampledDivergence sampled = SampledDivergence.Draw(f, g, count, 3, 1, CancellationToken.None);
        Close.Absolute(9.0 / 8, sampled.Mean, 5 * 1.5 / Math.Sqrt(count), "mean");
        Close.Relative(1.5 / Math.Sqrt(count), sampled.Error, 0.1, "error");
    }

    [Fact]
    public void Divergences_are_those_of_two_samples_whose_seeds_follow_one_another()
    {
        MixtureDivergence divergence = MixtureDivergence.Measure(First, Second, new DivergenceOptions { SampleCount = 1000, Seed = 7 }, CancellationToken.None);
        SampledDivergence forward = SampledDivergence.Draw(First, Second, 1000, 7, 2, CancellationToken.None);
        SampledDivergence backward = SampledDivergence.Draw(Second, First, 1000, 8, 2, CancellationToken.None);
        Assert.Equal(1000, divergence.SampleCount);
        Assert.Equal((forward.Mean, forward.Error), (divergence.KullbackLeibler, divergence.KullbackLeiblerError));
        Assert.Equal((backward.Mean, backward.Error), (divergence.ReverseKullbackLeibler, divergence.ReverseKullbackLeiblerError));
        double errors = Math.Pow(forward.SharedError / 2, 2) + Math.Pow(backward.SharedError / 2, 2);
        Close.Relative(Math.Sqrt(errors), divergence.JensenShannonError, 1e-12, "error");
    }

    [Fact]
    public void What_cannot_be_measured_is_refused()
    {
        InvalidMixtureException columns = Assert.Throws<InvalidMixtureException>(() => Measure(First, RandomMixture.Draw(2, 2, 5, 1)));
        Assert.Equal("DimensionMismatch", columns.ErrorId);
        Assert.Contains("has 1 column, but the other mixture has 2", columns.Message, StringComparison.Ordinal);
        InvalidMixtureException few = Assert.Throws<InvalidMixtureException>(
            () => MixtureDivergence.Measure(First, Second, new DivergenceOptions { SampleCount = 999 }, CancellationToken.None));
        Assert.Equal("InvalidSampleCount", few.ErrorId);
        Assert.Contains("999 rows", few.Message, StringComparison.Ordinal);
        using CancellationTokenSource stop = new();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => MixtureDivergence.Measure(First, Second, new DivergenceOptions(), stop.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => new VariationalDivergence(First.Parameters, Second.Parameters, stop.Token));
    }

    [Fact]
    public void Many_components_take_part()
    {
        MixtureDivergence divergence = MixtureDivergence.Measure(
            RandomMixture.Draw(500, 1, 100, 1), RandomMixture.Draw(2, 1, 100, 2), new DivergenceOptions { SampleCount = 2000 }, CancellationToken.None);
        Assert.True(divergence.KullbackLeiblerLower <= divergence.KullbackLeiblerUpper);
        Assert.True(divergence.KullbackLeibler > 0);
    }

    private static GaussianMixture Scale(GaussianMixture mixture, double unit) => GaussianMixture.Create(
        [.. mixture.Components.Select(component => component.Weight)],
        [.. mixture.Components.Select(component => component.Mean.Select(mean => unit * mean).ToArray())],
        [.. mixture.Components.Select(component => Scale(component.Covariance, unit * unit))]);

    private static double[,] Scale(double[,] matrix, double factor)
    {
        double[,] scaled = new double[matrix.GetLength(0), matrix.GetLength(0)];
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            for (int j = 0; j < matrix.GetLength(0); j++)
            {
                scaled[i, j] = factor * matrix[i, j];
            }
        }

        return scaled;
    }

    private static MixtureDivergence Measure(GaussianMixture first, GaussianMixture second) =>
        MixtureDivergence.Measure(first, second, new DivergenceOptions(), CancellationToken.None);

    private static double Integrate(Func<double, double, double> integrand)
    {
        // the trapezium rule is exact to rounding here
        const double Step = 0.001;
        return Step * Enumerable.Range(-12_000, 28_000).Sum(i => integrand(Density(First, i * Step), Density(Second, i * Step)));
    }

    private static double Density(GaussianMixture mixture, double x) => mixture.Components.Sum(component =>
        component.Weight / Math.Sqrt(2 * Math.PI * component.Covariance[0, 0])
            * Math.Exp(-0.5 * Math.Pow(x - component.Mean[0], 2) / component.Covariance[0, 0]));
}

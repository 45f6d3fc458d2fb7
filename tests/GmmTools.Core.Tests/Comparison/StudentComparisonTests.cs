using System;
using System.Linq;
using System.Threading;
using GmmTools.Comparison;
using GmmTools.Core.Tests.Support;
using GmmTools.Merging;
using GmmTools.Mixtures;
using GmmTools.Observations.Intake;
using GmmTools.Scoring;
using MathNet.Numerics.Distributions;
using Xunit;

namespace GmmTools.Core.Tests.Comparison;

/// <summary>What compares, merges and predicts with components of multivariate t, against integrals.</summary>
public sealed class StudentComparisonTests
{
    private const double Step = 0.001;
    private static readonly (double Weight, double Mean, double Scale, double Degrees)[] First = [(0.6, 0, 1, 5), (0.4, 4, 0.5, 8)];
    private static readonly (double Weight, double Mean, double Scale, double Degrees)[] Second = [(0.5, 0.5, 1.5, 3), (0.5, 4.2, 0.7, 20)];
    private static readonly (double Weight, double Mean, double Scale, double Degrees)[] Plain = [(0.7, 0, 1.2, double.PositiveInfinity), (0.3, 4, 0.6, double.PositiveInfinity)];

    [Theory]
    [InlineData("t", "t")]
    [InlineData("t", "normal")]
    [InlineData("normal", "t")]
    public void Divergences_are_those_of_integrals(string first, string second)
    {
        (double Weight, double Mean, double Scale, double Degrees)[] f = first == "t" ? First : Plain;
        (double Weight, double Mean, double Scale, double Degrees)[] g = second == "t" ? Second : Plain;
        MixtureDivergence divergence = MixtureDivergence.Measure(Create(f), Create(g), new DivergenceOptions(), CancellationToken.None);
        Within(Integrate(x => F(f, x) * Math.Log(F(f, x) / F(g, x)), first == "normal" || second == "normal" ? 30 : 400), divergence.KullbackLeibler, divergence.KullbackLeiblerError, "KL");
        Assert.InRange(divergence.KullbackLeiblerError, 1e-6, 0.02);
        Assert.InRange(divergence.JensenShannonError, 1e-6, 0.01);
        double js = Integrate(x => 0.5 * ((F(f, x) * Math.Log(2 * F(f, x) / (F(f, x) + F(g, x)))) + (F(g, x) * Math.Log(2 * F(g, x) / (F(f, x) + F(g, x))))), 30);
        Within(js, divergence.JensenShannon, divergence.JensenShannonError, "JS");
        Within(Math.Sqrt(Integrate(x => Math.Pow(F(f, x) - F(g, x), 2), 100)), divergence.L2Distance, divergence.L2DistanceError, "L2");
        Assert.InRange(divergence.L2DistanceError, 1e-6, 0.01);
        Assert.All(new[] { divergence.KullbackLeiblerLower, divergence.KullbackLeiblerUpper, divergence.KullbackLeiblerVariational }, bound => Assert.True(double.IsNaN(bound)));
    }

    [Theory]
    [InlineData(1.5, true, true)]
    [InlineData(2, true, true)]
    [InlineData(3, false, true)]
    [InlineData(5, false, false)]
    public void Tails_whose_divergence_or_its_error_is_infinite_say_so(double degrees, bool isInfinite, bool hasNoError)
    {
        GaussianMixture heavy = Create([(1, 0, 1, degrees)]);
        GaussianMixture normal = Create([(1, 0, 1, double.PositiveInfinity)]);
        MixtureDivergence divergence = MixtureDivergence.Measure(heavy, normal, new DivergenceOptions(), CancellationToken.None);
        Assert.Equal((isInfinite, hasNoError), (double.IsPositiveInfinity(divergence.KullbackLeibler), double.IsNaN(divergence.KullbackLeiblerError)));
        Assert.True(divergence.ReverseKullbackLeibler is > 0 and < 1 && divergence.ReverseKullbackLeiblerError > 0);
        MixtureDivergence itself = MixtureDivergence.Measure(heavy, heavy, new DivergenceOptions(), CancellationToken.None);
        Assert.Equal((0, 0, 0), (itself.KullbackLeibler, itself.JensenShannon, itself.L2Distance));
    }

    [Fact]
    public void Components_are_matched_by_a_distance_that_is_that_of_the_integral()
    {
        GaussianMixture turned = Create([Second[1], Second[0]]);
        MixtureComparison comparison = MixtureComparison.Compare(Create(First), turned);
        for (int k = 0; k < 2; k++)
        {
            ComponentPair pair = comparison.Pairs[k];
            (double Weight, double Mean, double Scale, double Degrees)[] f = [(1, First[k].Mean, First[k].Scale, First[k].Degrees)];
            (double Weight, double Mean, double Scale, double Degrees)[] g = [(1, Second[k].Mean, Second[k].Scale, Second[k].Degrees)];
            Assert.Equal(Second[k].Mean, pair.Difference!.Mean[0]);
            double square = 0.5 * Integrate(x => Math.Pow(Math.Sqrt(F(f, x)) - Math.Sqrt(F(g, x)), 2), 2000);
            Within(Math.Sqrt(square), pair.Distance, pair.DistanceError, "Hellinger distance");
            Assert.InRange(pair.DistanceError, 1e-6, 0.005);
            Assert.True(double.IsNaN(pair.Wasserstein));
        }

        MixtureComparison itself = MixtureComparison.Compare(turned, turned);
        Assert.All(itself.Pairs, pair => Assert.Equal((0, 0, pair.Reference!.Component), (pair.Distance, pair.DistanceError, pair.Difference!.Component)));
        Assert.All(itself.Pairs, pair => Close.Absolute(0, pair.Wasserstein, 1e-7, "Wasserstein"));
    }

    [Fact]
    public void Wasserstein_of_the_same_tails_is_that_of_quantiles()
    {
        GaussianMixture a = Create([(1, 1, 1, 5)]);
        GaussianMixture b = Create([(1, 3, 2.5, 5)]);
        double sum = 0;
        const int Count = 400_000;
        for (int i = 0; i < Count; i++)
        {
            // ∫(F⁻¹ − G⁻¹)² on a line, in terms of the standard quantile t, whose density is that of t itself
            double t = Math.Sinh((i + 0.5 - (Count / 2)) * 20.0 / Count);
            double width = Math.Cosh((i + 0.5 - (Count / 2)) * 20.0 / Count) * 20.0 / Count;
            sum += Math.Pow(1 + t - 3 - (2.5 * t), 2) * StudentT.PDF(0, 1, 5, t) * width;
        }

        Close.Relative(Math.Sqrt(sum), MixtureComparison.Compare(a, b).Pairs[0].Wasserstein, 1e-6, "distance");
        Assert.True(double.IsNaN(MixtureComparison.Compare(Create([(1, 0, 1, 2)]), Create([(1, 1, 1, 2)])).Pairs[0].Wasserstein));
        Assert.True(double.IsNaN(MixtureComparison.Compare(a, Create([(1, 0, 1, double.PositiveInfinity)])).Pairs[0].Wasserstein));
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        double[] Distances(int threads) =>
            [.. MixtureComparison.Compare(Create(First), Create(Second), new DivergenceOptions { ThreadCount = threads }).Pairs.Select(pair => pair.Distance)];
        Assert.Equal(Distances(1), Distances(3));
    }

    [Theory]
    [InlineData(3, 9, false)]
    [InlineData(1, 9, true)]
    public void Predictions_are_moments_of_the_conditional_density(double degrees, double other, bool isInfinite)
    {
        double[,] a = { { 2, 0.8 }, { 0.8, 1 } };
        double[,] b = { { 1, -0.3 }, { -0.3, 0.5 } };
        GaussianMixture mixture = GaussianMixture.Create([0.4, 0.6], [[0, 1], [2, -1]], [a, b], degreesOfFreedom: [degrees, other]);
        MixturePredictions predictions = new MixtureRegression(mixture, [0], [1]).Predict(RowBlock.FromRows([1.5], 1, 1));
        MixtureScorer scorer = new(mixture);

        // the tails of the integrand fall by a power: sinh takes the places out far enough
        double mass = 0, mean = 0, square = 0;
        for (double s = -14; s <= 14; s += Step)
        {
            double y = Math.Sinh(s);
            double density = Math.Exp(scorer.Score([1.5, y])) * Math.Cosh(s);
            mass += density;
            mean += density * y;
            square += density * y * y;
        }

        Close.Relative(mean / mass, predictions.Means[0], 1e-6, "mean");
        if (isInfinite)
        {
            Assert.Equal(double.PositiveInfinity, predictions.StandardErrors[0]);
            return;
        }

        Close.Relative(Math.Sqrt((square / mass) - Math.Pow(mean / mass, 2)), predictions.StandardErrors[0], 1e-5, "standard error");
    }

    [Fact]
    public void Merging_sees_the_probabilities_of_the_tails()
    {
        GaussianMixture mixture = Create([(0.5, 0, 1, 4), (0.3, 1, 0.5, 4), (0.2, 9, 1, 4)]);
        (double Weight, double Mean, double Scale, double Degrees)[] parts = [(0.5, 0, 1, 4), (0.3, 1, 0.5, 4), (0.2, 9, 1, 4)];
        double[] rows = [-1, 0, 0.4, 0.9, 1.3, 2, 6, 8.8, 9.4];
        ComponentMerging merging = new(mixture);
        merging.Add(RowBlock.FromRows(rows, rows.Length, 1));
        MergeStep[] steps = [.. merging.Merge(MergeCriterion.Entropy, CancellationToken.None)];
        double expected = rows.Sum(x => parts.Sum(part =>
        {
            double share = part.Weight * StudentT.PDF(part.Mean, part.Scale, part.Degrees, x) / F(parts, x);
            return -share * Math.Log(share);
        }));
        Close.Relative(expected, steps[0].Entropy, 1e-10, "entropy");
        Assert.Equal([1, 1, 2], steps[1].ClusterOfComponent);
    }

    private static void Within(double expected, double actual, double error, string what) => Close.Absolute(expected, actual, 5 * error, what);

    private static GaussianMixture Create((double Weight, double Mean, double Scale, double Degrees)[] parts) => GaussianMixture.Create(
        [.. parts.Select(part => part.Weight)],
        [.. parts.Select(part => new[] { part.Mean })],
        [.. parts.Select(part => Starts.Diagonal(part.Scale * part.Scale))],
        degreesOfFreedom: double.IsInfinity(parts[0].Degrees) ? null : [.. parts.Select(part => part.Degrees)]);

    private static double F((double Weight, double Mean, double Scale, double Degrees)[] parts, double x) => parts.Sum(part => part.Weight
        * (double.IsInfinity(part.Degrees) ? Normal.PDF(part.Mean, part.Scale, x) : StudentT.PDF(part.Mean, part.Scale, part.Degrees, x)));

    /// <summary>The integral from −limit to limit, in a variable that is dense near 0.</summary>
    private static double Integrate(Func<double, double> f, double limit)
    {
        double end = Math.Log(limit + Math.Sqrt((limit * limit) + 1));
        double sum = 0;
        for (double s = -end; s <= end; s += Step)
        {
            sum += f(Math.Sinh(s)) * Math.Cosh(s) * Step;
        }

        return sum;
    }
}

using System;
using System.Threading;
using GmmTools.Comparison;
using GmmTools.Core.Tests.Support;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using Xunit;

namespace GmmTools.Core.Tests.Comparison;

/// <summary>Pairs of components whose covariances are diagonal, for which every sum can be written down.</summary>
public sealed class NormalPairsTests
{
    private static readonly double[] FirstMean = [1, -2, 0.5];
    private static readonly double[] FirstVariance = [1, 4, 9];
    private static readonly double[] SecondMean = [0, 1, 2];
    private static readonly double[] SecondVariance = [2, 1, 16];

    /// <summary>The pair stands at different places of the two mixtures, beside a component far away.</summary>
    private static readonly GaussianMixture First = GaussianMixture.Create(
        [0.7, 0.3], [[50, 50, 50], FirstMean], [Starts.Diagonal(1, 1, 1), Starts.Diagonal(FirstVariance)]);

    private static readonly GaussianMixture Second = GaussianMixture.Create(
        [0.8, 0.2], [SecondMean, [-90, 0, 0]], [Starts.Diagonal(SecondVariance), Starts.Diagonal(1, 1, 1)]);

    [Fact]
    public void Columns_that_are_independent_add_their_divergences_overlaps_and_entropies()
    {
        double divergence = 0;
        double overlap = 0;
        double entropy = 0;
        double wasserstein = 0;
        for (int j = 0; j < 3; j++)
        {
            double distance = Math.Pow(FirstMean[j] - SecondMean[j], 2);
            double total = FirstVariance[j] + SecondVariance[j];
            divergence += 0.5 * (Math.Log(SecondVariance[j] / FirstVariance[j]) + ((FirstVariance[j] + distance) / SecondVariance[j]) - 1);
            overlap -= 0.5 * (Math.Log(2 * Math.PI * total) + (distance / total));
            entropy += 0.5 * Math.Log(2 * Math.PI * Math.E * FirstVariance[j]);
            wasserstein += distance + Math.Pow(Math.Sqrt(FirstVariance[j]) - Math.Sqrt(SecondVariance[j]), 2);
        }

        foreach (bool diagonal in new[] { false, true })
        {
            MixtureParameters first = diagonal ? Diagonal(First) : First.Parameters;
            MixtureParameters second = diagonal ? Diagonal(Second) : Second.Parameters;
            NormalPairs pairs = new(first, second);
            Close.Relative(divergence, pairs.Divergence(1, 0), 1e-13, "divergence");
            Close.Relative(overlap, pairs.LogOverlap(1, 0), 1e-13, "overlap");
            Close.Relative(entropy, pairs.Entropy(1), 1e-13, "entropy");
            Close.Relative(Math.Sqrt(wasserstein), Wasserstein.Distance(first, 1, second, 0), 1e-12, "Wasserstein");
        }

        MixtureComparison comparison = MixtureComparison.Compare(First, Second);
        Close.Relative(Math.Sqrt(wasserstein), comparison.Pairs[1].Wasserstein, 1e-12, "Wasserstein of the pair");
    }

    [Fact]
    public void The_overlap_of_correlated_components_is_the_density_of_their_difference()
    {
        GaussianMixture a = GaussianMixture.Create([1], [[1, 0]], [new double[,] { { 2, 0.5 }, { 0.5, 1 } }]);
        GaussianMixture b = GaussianMixture.Create([1], [[0, 2]], [new double[,] { { 1, -0.9 }, { -0.9, 3 } }]);

        // S = [3 −0.4; −0.4 4], |S| = 11.84, δ = (1, −2): δᵀS⁻¹δ = (4·1 + 2·0.4·1·(−2) + 3·4)/11.84
        double expected = -Math.Log(2 * Math.PI) - (0.5 * Math.Log(11.84)) - (0.5 * (4 - 1.6 + 12) / 11.84);
        Close.Relative(expected, new NormalPairs(a.Parameters, b.Parameters).LogOverlap(0, 0), 1e-13, "overlap");
    }

    [Fact]
    public void Components_that_reach_beyond_numbers_together_do_not_overlap()
    {
        GaussianMixture wide = GaussianMixture.Create([1], [[0.0]], [Starts.Diagonal(1.5e308)]);
        Assert.Equal(double.NegativeInfinity, new NormalPairs(wide.Parameters, wide.Parameters).LogOverlap(0, 0));
    }

    [Fact]
    public void The_lower_bound_of_two_normals_of_one_width_has_a_closed_form()
    {
        // −log ∫fg − H(f) = ½·log 2 − ½ + δ²/4σ²
        GaussianMixture f = GaussianMixture.Create([1], [[0.0]], [Starts.Diagonal(4)]);
        GaussianMixture g = GaussianMixture.Create([1], [[6.0]], [Starts.Diagonal(4)]);
        VariationalDivergence bounds = new(f.Parameters, g.Parameters, CancellationToken.None);
        Close.Relative((0.5 * Math.Log(2)) - 0.5 + (36.0 / 16), bounds.Lower, 1e-12, "lower bound");
        Close.Relative(36.0 / 8, bounds.Upper, 1e-12, "upper bound");
        Assert.Equal(0, new VariationalDivergence(f.Parameters, f.Parameters, CancellationToken.None).Lower);
    }

    [Fact]
    public void Components_that_share_nothing_leave_the_divergence_of_the_weights()
    {
        // a component without weight and one that only the other mixture has change nothing but the share of the others
        GaussianMixture f = Apart([0.6, 0.4, 0, 0]);
        GaussianMixture g = Apart([0.5, 0.2, 0.1, 0.2]);
        double expected = (0.6 * Math.Log(0.6 / 0.5)) + (0.4 * Math.Log(0.4 / 0.2));
        VariationalDivergence bounds = new(f.Parameters, g.Parameters, CancellationToken.None);
        Close.Relative(expected, bounds.Upper, 1e-11, "upper bound");
        Close.Relative(expected, bounds.Approximation, 1e-11, "variational");

        // −Σ π·log(ω·∫N²) − H, short of the divergence by ½·(1 − log 2) for the width of a component
        Close.Relative(expected - (0.5 * (1 - Math.Log(2))), bounds.Lower, 1e-9, "lower bound");
    }

    [Fact]
    public void The_upper_bound_is_the_least_over_all_ways_to_pair_the_weights()
    {
        double[] weights = [0.6, 0.4];
        double[] others = [0.7, 0.3];
        GaussianMixture f = GaussianMixture.Create(weights, [[0.0], [2.0]], [Starts.Diagonal(1), Starts.Diagonal(2)]);
        GaussianMixture g = GaussianMixture.Create(others, [[1.0], [3.0]], [Starts.Diagonal(1.5), Starts.Diagonal(1)]);
        double upper = new VariationalDivergence(f.Parameters, g.Parameters, CancellationToken.None).Upper;
        double least = double.PositiveInfinity;
        const int Steps = 200;
        for (int p = 0; p <= Steps; p++)
        {
            for (int q = 0; q <= Steps; q++)
            {
                double[,] phi = { { weights[0] * p / Steps, weights[0] * (Steps - p) / Steps }, { weights[1] * q / Steps, weights[1] * (Steps - q) / Steps } };
                double bound = 0;
                for (int b = 0; b < 2; b++)
                {
                    // φ/ψ is the same for all of a column: the best ψ keeps the shares of φ
                    double column = phi[0, b] + phi[1, b];
                    bound += column > 0 ? column * Math.Log(column / others[b]) : 0;
                    for (int a = 0; a < 2; a++)
                    {
                        bound += phi[a, b] * Divergence(f.Components[a], g.Components[b]);
                    }
                }

                least = Math.Min(least, bound);
            }
        }

        Assert.InRange(upper, least - 1e-5, least + 1e-9);
    }

    private static double Divergence(GaussianComponent first, GaussianComponent second)
    {
        double ratio = first.Covariance[0, 0] / second.Covariance[0, 0];
        return 0.5 * (ratio - Math.Log(ratio) - 1 + (Math.Pow(first.Mean[0] - second.Mean[0], 2) / second.Covariance[0, 0]));
    }

    private static GaussianMixture Apart(double[] weights)
    {
        double[][] means = [[0.0], [1e6], [2e6], [3e6]];
        return GaussianMixture.Create(weights, means, [Starts.Diagonal(1), Starts.Diagonal(1), Starts.Diagonal(1), Starts.Diagonal(1)]);
    }

    private static MixtureParameters Diagonal(GaussianMixture mixture)
    {
        MixtureParameters parameters = new(mixture.ComponentCount, mixture.Dimension, CovarianceShape.Diagonal);
        for (int k = 0; k < mixture.ComponentCount; k++)
        {
            parameters.Weights[k] = mixture.Components[k].Weight;
            for (int j = 0; j < mixture.Dimension; j++)
            {
                parameters.Means[(k * mixture.Dimension) + j] = mixture.Components[k].Mean[j];
                parameters.Covariances[(k * mixture.Dimension) + j] = mixture.Components[k].Covariance[j, j];
            }
        }

        Assert.Equal(-1, parameters.TryFactorize());
        return parameters;
    }
}

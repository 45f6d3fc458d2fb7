using System;
using System.Threading;
using GmmTools.Mixtures;

namespace GmmTools.Comparison;

/// <summary>
/// Bounds of Kullback and Leibler's divergence of two mixtures from what is known in closed form of their components. Hershey and Olsen,
/// Approximating the Kullback Leibler divergence between Gaussian mixture models, ICASSP 2007, IV-317-320: the variational approximation
/// (their equation 20) and the variational upper bound (section 8). The lower bound joins their bound of the entropy with Jensen's
/// inequality for the other term: Durrieu, Thiran and Kelly, ICASSP 2012, 4833-4836.
/// </summary>
internal sealed class VariationalDivergence
{
    private const int MaxIterations = 1000;
    private const double Tolerance = 1e-12;

    private readonly double[] _firstWeights;
    private readonly double[] _secondWeights;

    /// <summary>D(fₐ‖g_b), D(fₐ‖fₐ') and log ∫ fₐ·g_b.</summary>
    private readonly double[,] _across;
    private readonly double[,] _within;
    private readonly double[,] _overlaps;
    private readonly double _entropy;

    public VariationalDivergence(MixtureParameters first, MixtureParameters second, CancellationToken cancellationToken)
    {
        _firstWeights = first.Weights;
        _secondWeights = second.Weights;
        _across = new double[first.ComponentCount, second.ComponentCount];
        _overlaps = new double[first.ComponentCount, second.ComponentCount];
        _within = new double[first.ComponentCount, first.ComponentCount];
        NormalPairs across = new(first, second);
        NormalPairs within = new(first, first);
        for (int a = 0; a < first.ComponentCount; a++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _entropy += first.Weights[a] * within.Entropy(a);
            for (int b = 0; b < second.ComponentCount; b++)
            {
                _across[a, b] = across.Divergence(a, b);
                _overlaps[a, b] = across.LogOverlap(a, b);
            }

            for (int b = 0; b < first.ComponentCount; b++)
            {
                _within[a, b] = within.Divergence(a, b);
            }
        }

        Upper = FindUpper(cancellationToken);
        Approximation = Sum(a => LogSum(_firstWeights, b => -_within[a, b]) - LogSum(_secondWeights, b => -_across[a, b]));
        Lower = Math.Max(0, Sum(a => LogSum(_firstWeights, b => -_within[a, b]) - LogSum(_secondWeights, b => _overlaps[a, b])) - _entropy);
    }

    public double Lower { get; }

    public double Approximation { get; }

    public double Upper { get; }

    /// <summary>min Σ φ_ab·(log φ_ab/ψ_ab + D(fₐ‖g_b)), φ and ψ joint weights with the margins of the mixtures, in turns.</summary>
    private double FindUpper(CancellationToken cancellationToken)
    {
        int rows = _firstWeights.Length;
        int columns = _secondWeights.Length;
        double[,] phi = new double[rows, columns];
        double[,] psi = new double[rows, columns];
        for (int a = 0; a < rows; a++)
        {
            for (int b = 0; b < columns; b++)
            {
                phi[a, b] = _firstWeights[a] * _secondWeights[b];
            }
        }

        double bound = double.PositiveInfinity;
        for (int iteration = 0; iteration < MaxIterations; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int b = 0; b < columns; b++)
            {
                double sum = 0;
                for (int a = 0; a < rows; a++)
                {
                    sum += phi[a, b];
                }

                for (int a = 0; a < rows; a++)
                {
                    psi[a, b] = sum > 0 ? _secondWeights[b] * phi[a, b] / sum : 0;
                }
            }

            double next = UpdatePhi(phi, psi);
            if (bound - next <= Tolerance * (1 + Math.Abs(next)))
            {
                return Math.Min(bound, next);
            }

            bound = next;
        }

        return bound;
    }

    /// <summary>The best φ for ψ; then the bound is −Σ πₐ·log(Σ_b ψ_ab·e^(−D_ab)/πₐ).</summary>
    private double UpdatePhi(double[,] phi, double[,] psi)
    {
        double bound = 0;
        for (int a = 0; a < phi.GetLength(0); a++)
        {
            if (_firstWeights[a] == 0)
            {
                continue;
            }

            int row = a;
            double logSum = LogSum(null, b => Math.Log(psi[row, b]) - _across[row, b], phi.GetLength(1));
            bound += _firstWeights[a] * (Math.Log(_firstWeights[a]) - logSum);
            for (int b = 0; b < phi.GetLength(1); b++)
            {
                phi[a, b] = psi[a, b] > 0 ? _firstWeights[a] * Math.Exp(Math.Log(psi[a, b]) - _across[a, b] - logSum) : 0;
            }
        }

        return bound;
    }

    private double Sum(Func<int, double> term)
    {
        double sum = 0;
        for (int a = 0; a < _firstWeights.Length; a++)
        {
            sum += _firstWeights[a] > 0 ? _firstWeights[a] * term(a) : 0;
        }

        return sum;
    }

    private static double LogSum(double[] weights, Func<int, double> exponent) =>
        LogSum(weights, exponent, weights.Length);

    /// <summary>log Σ w·e^x.</summary>
    private static double LogSum(double[]? weights, Func<int, double> exponent, int count)
    {
        double largest = double.NegativeInfinity;
        double[] exponents = new double[count];
        for (int b = 0; b < count; b++)
        {
            exponents[b] = weights?[b] == 0 ? double.NegativeInfinity : exponent(b) + (weights is null ? 0 : Math.Log(weights[b]));
            largest = Math.Max(largest, exponents[b]);
        }

        if (double.IsInfinity(largest))
        {
            return largest;
        }

        double sum = 0;
        for (int b = 0; b < count; b++)
        {
            sum += Math.Exp(exponents[b] - largest);
        }

        return largest + Math.Log(sum);
    }
}

using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Dense;
using GmmTools.Numerics.Kernels;

namespace GmmTools.Observations.Gaps;

/// <summary>
/// What rows that lack few cells are evaluated with: of each component the factor W of the precision P = WᵀW of all columns, and P itself. For rows
/// that lack the columns m, z being x − μ with zeros there and g what Wᵀ·W·z has there,
/// <list type="bullet">
/// <item>the missing cells have the conditional mean μ_m − P_mm⁻¹·g, which makes |W·z|² least, and the conditional covariance P_mm⁻¹;</item>
/// <item>that least |W·z|² is x_oᵀ·Σ_oo⁻¹·x_o, and log det Σ_oo = log det Σ + log det P_mm.</item>
/// </list>
/// So a pattern costs the cube of the columns that it lacks, and not of those that it has. Rue and Held, Gaussian Markov Random Fields (2005),
/// theorem 2.5. Read by all threads.
/// </summary>
internal sealed class PrecisionTerms
{
    /// <summary>Half as many digits of W·z are lost as a column's variance Σ_jj has more than that given all others, 1/P_jj.</summary>
    private const double MaxInflation = 1e8;

    private readonly int _dimension;
    private readonly int _stride;

    /// <summary>Of each number of columns, from 1 to d, what the tails of a component are in as many; none where components are normal.</summary>
    private LogTerms[] _tails = [];

    public PrecisionTerms(int componentCount, int dimension)
    {
        _dimension = dimension;
        _stride = DenseKernel.Padded(dimension);
        Columns = new double[componentCount * dimension * _stride];
        Precisions = new double[componentCount * dimension * dimension];
    }

    /// <summary>W of each component column by column, padded.</summary>
    public double[] Columns { get; }

    /// <summary>P of each component, row by row.</summary>
    public double[] Precisions { get; }

    /// <summary>The terms of whole rows.</summary>
    public LogTerms Whole { get; private set; } = null!;

    /// <summary>What links take of a component in so many columns: t has other tails in fewer columns, and above the log-density of normal ones at its
    /// centre what is in Offsets.</summary>
    public LogTerms Tails(int columnCount) => Whole.Link == LinkKind.Student ? _tails[columnCount - 1] : Whole;

    /// <summary>Whether the arithmetic keeps the digits that it should.</summary>
    public bool IsExact { get; private set; }

    /// <summary>Where a column of W, which is zero above the diagonal, may begin to be read, so that vectors of any width leave no rest.</summary>
    public static int FirstOf(int column) => column / DenseKernel.Padding * DenseKernel.Padding;

    /// <summary>Takes over a mixture, which must not change as long as these terms are used.</summary>
    public unsafe void Take(MixtureParameters mixture)
    {
        Whole = mixture.Terms;
        IsExact = true;
        TakeTails(mixture);
        fixed (double* columns = Columns)
        {
            for (int k = 0; k < mixture.ComponentCount; k++)
            {
                double* ofComponent = columns + (k * _dimension * _stride);
                for (int j = 0; j < _dimension; j++)
                {
                    for (int i = j; i < _dimension; i++)
                    {
                        ofComponent[(j * _stride) + i] = Whole.Factor(k, i, j);
                    }
                }

                Square(ofComponent, k * _dimension * _dimension);
                for (int j = 0; j < _dimension; j++)
                {
                    IsExact &= mixture.Covariance(k, j, j) * Precisions[(k * _dimension * _dimension) + (j * (_dimension + 1))] <= MaxInflation;
                }
            }
        }
    }

    private void TakeTails(MixtureParameters mixture)
    {
        if (Whole.Link != LinkKind.Student)
        {
            return;
        }

        if (_tails.Length == 0)
        {
            _tails = new LogTerms[_dimension];
            for (int j = 0; j < _dimension; j++)
            {
                _tails[j] = new LogTerms(mixture.Means, mixture.Weights, j + 1, CovarianceShape.Diagonal);
            }
        }

        foreach (LogTerms tails in _tails)
        {
            tails.SetDegreesOfFreedom(Whole.DegreesOfFreedom);
            for (int k = 0; k < tails.ComponentCount; k++)
            {
                tails.Offsets[k] = StudentDensity.LogRatio(Whole.DegreesOfFreedom[k], tails.Dimension);
            }
        }
    }

    private unsafe void Square(double* columns, int target)
    {
        for (int i = 0; i < _dimension; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                int first = FirstOf(i);
                double product = DenseKernel.Instance.Dot(columns + (i * _stride) + first, columns + (j * _stride) + first, _stride - first);
                Precisions[target + (i * _dimension) + j] = product;
                Precisions[target + (j * _dimension) + i] = product;
            }
        }
    }
}

using System;
using GmmTools.Numerics;
using GmmTools.Numerics.Dense;
using GmmTools.Numerics.Kernels;

namespace GmmTools.Observations.Gaps;

/// <summary>
/// The E-step over rows that lack few cells each, row by row (<see cref="PrecisionTerms"/>): for patterns that too few rows have to be worth a mixture
/// of their own. Serves one thread.
/// </summary>
internal sealed unsafe class GapRowKernel
{
    private const double HalfLogTwoPi = 0.91893853320467267;

    private readonly DenseKernel _arithmetic = DenseKernel.Instance;
    private readonly int _componentCount;
    private readonly int _dimension;
    private readonly int _stride;

    /// <summary>Upper triangles of the scatters, padded, which are added up when an item of work is done.</summary>
    private readonly double[] _squares;

    /// <summary>Of each component x − μ of a row, with what is expected in its gaps.</summary>
    private readonly double[] _differences;
    private readonly double[] _row;
    private readonly double[] _product;

    /// <summary>Of each component Γ = L⁻¹, where P_mm = L·Lᵀ.</summary>
    private readonly double[] _inverses;
    private readonly double[] _scratch;
    private readonly double[] _offsets;
    private readonly double[] _responsibilities;

    /// <summary>Σ w·r of each component over the rows of the pattern.</summary>
    private readonly double[] _weights;

    /// <summary>Of each component what the row counts for in its moments, beside the responsibility, and the logarithm of it.</summary>
    private readonly double[] _rowWeights;
    private readonly double[] _rowLogWeights;
    private MissingPattern? _pattern;
    private PrecisionTerms _terms = null!;

    public GapRowKernel(int componentCount, int dimension)
    {
        _componentCount = componentCount;
        _dimension = dimension;
        _stride = DenseKernel.Padded(dimension);
        _squares = new double[componentCount * dimension * _stride];
        _differences = new double[componentCount * _stride];
        _row = new double[dimension];
        _product = new double[_stride];
        _inverses = new double[componentCount * PackedMatrix.Length(dimension)];
        _scratch = new double[2 * PackedMatrix.Length(dimension)];
        _offsets = new double[componentCount];
        _responsibilities = new double[componentCount];
        _weights = new double[componentCount];
        _rowWeights = new double[componentCount];
        _rowLogWeights = new double[componentCount];
    }

    /// <summary>Whether rows can be taken one by one under components of a link.</summary>
    public static bool Serves(LinkKind link) => link == LinkKind.Normal || link == LinkKind.Student;

    /// <summary>Begins anew, whatever became of the rows before.</summary>
    /// <param name="terms">What to evaluate until the next begin.</param>
    public void Begin(PrecisionTerms terms)
    {
        _terms = terms;
        _pattern = null;
        Array.Clear(_weights, 0, _weights.Length);
        Array.Clear(_squares, 0, _squares.Length);
    }

    /// <summary>Takes rows of a pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="rows">What its rows have.</param>
    /// <param name="target">The statistics of all columns, but for what <see cref="End"/> adds.</param>
    public void Accumulate(MissingPattern pattern, RowChunk rows, SufficientStatistics target)
    {
        Turn(pattern, target);
        for (int i = 0; i < rows.Count; i++)
        {
            double weight = rows.Weights?[i] ?? 1;
            if (weight > 0 && _terms.Whole.Link == LinkKind.Student)
            {
                Accumulate<StudentLink>(rows, i, weight, target);
            }
            else if (weight > 0)
            {
                Accumulate<NormalLink>(rows, i, weight, target);
            }
        }
    }

    /// <summary>Adds what was held back.</summary>
    public void End(SufficientStatistics target)
    {
        AddConditionals(target);
        for (int k = 0; k < _componentCount; k++)
        {
            int offset = k * target.ScatterLength;
            int square = k * _dimension * _stride;
            for (int i = 0; i < _dimension; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    target.Scatters[offset++] += _squares[square + (j * _stride) + i];
                }
            }
        }
    }

    /// <summary>Turns to a pattern: what its gaps do to the density, and to what is expected there.</summary>
    private void Turn(MissingPattern pattern, SufficientStatistics target)
    {
        if (pattern == _pattern)
        {
            return;
        }

        AddConditionals(target);
        _pattern = pattern;
        int[] missing = pattern.Missing;
        int length = PackedMatrix.Length(missing.Length);
        bool hasTails = _terms.Whole.Link == LinkKind.Student;
        for (int k = 0; k < _componentCount; k++)
        {
            int precision = k * _dimension * _dimension;
            for (int a = 0, n = 0; a < missing.Length; a++)
            {
                for (int b = 0; b <= a; b++)
                {
                    _scratch[n++] = _terms.Precisions[precision + (missing[a] * _dimension) + missing[b]];
                }
            }

            // well conditioned: the terms are exact
            PackedMatrix.TryCholesky(_scratch, 0, _scratch, length, missing.Length);
            PackedMatrix.InvertLower(_scratch, length, _inverses, k * length, missing.Length);
            _offsets[k] = _terms.Whole.Offsets[k] + (missing.Length * HalfLogTwoPi)
                - PackedMatrix.SumLogDiagonal(_scratch, length, missing.Length);
            if (hasTails)
            {
                _offsets[k] += _terms.Tails(pattern.Observed.Length).Offsets[k] - _terms.Tails(_dimension).Offsets[k];
            }
        }
    }

    private void Accumulate<TLink>(RowChunk rows, int row, double weight, SufficientStatistics target)
        where TLink : struct, ILink
    {
        double largest = double.NegativeInfinity;
        LogTerms tails = _terms.Tails(_pattern!.Observed.Length);
        TakeRow(rows, row);
        for (int k = 0; k < _componentCount; k++)
        {
            TakeDifference(k);
            double distance = SquaredDistance(k);
            TLink link = default;
            link.Take(tails, k);
            _responsibilities[k] = link.LogDensity(_offsets[k], distance);
            if (link.WeighsRows)
            {
                _rowWeights[k] = link.Weight(distance, out _rowLogWeights[k]);
            }

            largest = Math.Max(largest, _responsibilities[k]);
        }

        double sum = 0;
        double moment = 0;
        for (int k = 0; k < _componentCount; k++)
        {
            double exponent = _responsibilities[k] - largest;
            _responsibilities[k] = Math.Exp(exponent);
            sum += _responsibilities[k];
            moment += _responsibilities[k] > 0 ? _responsibilities[k] * exponent : 0;
        }

        // a responsibility times a weight of any size says nothing
        double negligible = rows.Weights is null ? ExpectationKernel.NegligibleResponsibility : 0;
        double log = Math.Log(sum);
        target.LogLikelihood += weight * (largest + log);
        target.Entropy += weight * Math.Max(0, log - (moment / sum));
        target.TotalWeight += weight;
        for (int k = 0; k < _componentCount; k++)
        {
            double responsibility = _responsibilities[k] / sum;
            target.Weights[k] += weight * responsibility;
            if (responsibility > negligible)
            {
                _weights[k] += weight * responsibility;
                AddMoments(k, default(TLink).WeighsRows ? Weigh(k, weight * responsibility, target) : weight * responsibility, target);
            }
        }
    }

    /// <summary>What a row counts for in the moments of a component, and adds to the sums of that.</summary>
    private double Weigh(int component, double weight, SufficientStatistics target)
    {
        target.LogMomentWeights[component] += weight * (_rowLogWeights[component] - _rowWeights[component]);
        double weighed = weight * _rowWeights[component];
        target.MomentWeights[component] += weighed;
        return weighed;
    }

    private void TakeRow(RowChunk rows, int row)
    {
        int[] observed = _pattern!.Observed;
        for (int i = 0, cell = row; i < observed.Length; i++, cell += rows.Count)
        {
            _row[observed[i]] = rows.Values[cell];
        }
    }

    private void TakeDifference(int component)
    {
        int offset = component * _stride;
        int mean = component * _dimension;
        double[] centres = _terms.Whole.Centres;
        for (int j = 0; j < _row.Length; j++)
        {
            _differences[offset + j] = _row[j] - centres[mean + j];
        }

        foreach (int column in _pattern!.Missing)
        {
            _differences[offset + column] = 0;
        }
    }

    /// <summary>Fills the gaps with z_m = −ΓᵀΓ·g, which makes |W·z|² least: the squared distance, of which no digits are lost by subtraction.</summary>
    private double SquaredDistance(int component)
    {
        int[] missing = _pattern!.Missing;
        fixed (double* columns = &_terms.Columns[component * _dimension * _stride], z = &_differences[component * _stride], product = _product)
        {
            _arithmetic.MultiplyTriangle(columns, _stride, z, _dimension, product);
            for (int a = 0; a < missing.Length; a++)
            {
                int first = PrecisionTerms.FirstOf(missing[a]);
                _scratch[a] = _arithmetic.Dot(columns + (missing[a] * _stride) + first, product + first, _stride - first);
            }

            FillGaps(component * PackedMatrix.Length(missing.Length), z);
            foreach (int column in missing)
            {
                int first = PrecisionTerms.FirstOf(column);
                _arithmetic.Add(product + first, z[column], columns + (column * _stride) + first, _stride - first);
            }

            return _arithmetic.Dot(product, product, _stride);
        }
    }

    private void FillGaps(int inverse, double* z)
    {
        int[] missing = _pattern!.Missing;
        for (int a = 0; a < missing.Length; a++, inverse += a)
        {
            double projection = 0;
            for (int b = 0; b <= a; b++)
            {
                projection += _inverses[inverse + b] * _scratch[b];
            }

            for (int b = 0; b <= a; b++)
            {
                z[missing[b]] -= _inverses[inverse + b] * projection;
            }
        }
    }

    private void AddMoments(int component, double weight, SufficientStatistics target)
    {
        int offset = component * _stride;
        int moment = component * _dimension;
        for (int j = 0; j < _dimension; j++)
        {
            target.FirstMoments[moment + j] += weight * _differences[offset + j];
        }

        fixed (double* square = &_squares[component * _dimension * _stride], z = &_differences[offset])
        {
            _arithmetic.AddOuterProduct(square, _stride, z, _dimension, weight);
        }
    }

    /// <summary>Adds n·P_mm⁻¹ = n·ΓᵀΓ of the pattern's rows, whatever these count for in the moments.</summary>
    private void AddConditionals(SufficientStatistics target)
    {
        int[] missing = _pattern?.Missing ?? [];
        for (int k = 0; k < _componentCount && missing.Length > 0; k++)
        {
            int inverse = k * PackedMatrix.Length(missing.Length);
            for (int a = 0; a < missing.Length && _weights[k] > 0; a++)
            {
                for (int b = 0; b <= a; b++)
                {
                    double sum = 0;
                    for (int c = a; c < missing.Length; c++)
                    {
                        sum += _inverses[inverse + PackedMatrix.Index(c, a)] * _inverses[inverse + PackedMatrix.Index(c, b)];
                    }

                    // the square of a component has the earlier column first
                    _squares[(((k * _dimension) + missing[b]) * _stride) + missing[a]] += _weights[k] * sum;
                }
            }

            _weights[k] = 0;
        }
    }
}

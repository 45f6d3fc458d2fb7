using System;
using GmmTools.Numerics.Dense;

namespace GmmTools.Numerics;

/// <summary>
/// The axes in which several symmetric matrices are as nearly diagonal as one orthogonal matrix D can make them all: those that
/// minimise a concave function of the products of the diagonals of DᵀSₖD. Planes are turned one after the other, as in Jacobi's
/// method and that of Flury and Gautschi, SIAM Journal on Scientific and Statistical Computing 7 (1986) 169-184. Turning a plane by θ makes the product
/// of its two diagonal entries Pₖ − Qₖ·cos(4θ − 2φₖ); bounding the concave function by its tangent leaves a sum of cosines, whose
/// minimum is known. So no step ever raises the criterion. For one matrix this is Jacobi's eigenvalue method, which gives the
/// small eigenvalues of positive definite matrices to high relative accuracy (Demmel and Veselić, SIAM Journal on Matrix Analysis 13
/// (1992) 1204-1245). Holds workspace and allocates nothing per call.
/// </summary>
internal sealed class CommonAxes
{
    /// <summary>A plane whose turn would change the criterion's logarithm by less stays: eigenvectors are found to rounding, common axes
    /// to where the log-likelihood per row changes by no more.</summary>
    private const double MinGainOfOne = 1e-31;
    private const double MinGainOfSeveral = 1e-18;

    /// <summary>Axes of one matrix of so many columns come from a tridiagonal matrix, at a twentieth of the work, and are then turned only
    /// where columns differ so much in size that it lost the digits of the smaller ones.</summary>
    private const int MinTridiagonal = 32;
    private const double MinGainAfterTridiagonal = 1e-22;

    private const double Tiny = 1e-280;

    /// <summary>Variances between these can be multiplied by each other as they are.</summary>
    private const double MinPlainVariance = 1e-100;
    private const double MaxPlainVariance = 1e100;

    /// <summary>What many rotations may leave of the orthonormality of axes.</summary>
    private const double OrthonormalRounding = 1e-8;

    /// <summary>Product of a plane's diagonal entries that counts as zero, relative to the square of the larger: keeps numbers finite.</summary>
    private const double MinRatio = 1e-60;

    private readonly int _count;
    private readonly int _order;
    private readonly double[] _matrices;
    private readonly double[] _half;
    private readonly double[] _logProducts;

    /// <param name="count">Number of matrices.</param>
    /// <param name="order">Their order, d.</param>
    public CommonAxes(int count, int order)
    {
        _count = count;
        _order = order;
        _matrices = new double[count * order * order];
        _half = new double[order * order];
        _logProducts = new double[count];
        Axes = new double[order * order];
        Diagonals = new double[count * order];
    }

    /// <summary>D, row by row: entry i of axis j stands at i·d + j.</summary>
    public double[] Axes { get; }

    /// <summary>The diagonals of DᵀSₖD, one after the other.</summary>
    public double[] Diagonals { get; }

    /// <summary>Number of matrices.</summary>
    public int Count => _count;

    /// <summary>Order of the matrices.</summary>
    public int Order => _order;

    /// <summary>The criterion where the axes are, smaller being nearer to diagonal.</summary>
    /// <param name="weights">As for <see cref="Find"/>.</param>
    public double Criterion(double[]? weights)
    {
        double sum = 0;
        for (int k = 0; k < _count; k++)
        {
            double logProduct = 0;
            for (int j = 0; j < _order; j++)
            {
                logProduct += Math.Log(Math.Max(Diagonals[(k * _order) + j], Tiny));
            }

            sum += weights is null ? Math.Exp(logProduct / _order) : weights[k] * logProduct;
        }

        return sum;
    }

    /// <summary>Sets the axes to those of the coordinates.</summary>
    public void ResetAxes()
    {
        Array.Clear(Axes, 0, Axes.Length);
        for (int i = 0; i < _order; i++)
        {
            Axes[(i * _order) + i] = 1;
        }
    }

    /// <summary>Whether the axes are those of a rotation, but for rounding.</summary>
    public bool AreOrthonormal
    {
        get
        {
            for (int i = 0; i < _order; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    double product = 0;
                    for (int m = 0; m < _order; m++)
                    {
                        product += Axes[(m * _order) + i] * Axes[(m * _order) + j];
                    }

                    if (!(Math.Abs(product - (i == j ? 1 : 0)) <= OrthonormalRounding))
                    {
                        return false;
                    }
                }
            }

            return true;
        }
    }

    /// <summary>Turns the axes from where they are.</summary>
    /// <param name="packed">The matrices as packed triangles, one after the other from the offset.</param>
    /// <param name="offset">Place of the first.</param>
    /// <param name="weights">Their weights in Σₖ wₖ·log Πⱼ(DᵀSₖD)ⱼⱼ; null for Σₖ (Πⱼ(DᵀSₖD)ⱼⱼ)^(1/d).</param>
    /// <param name="maxSweeps">How often all planes are gone through at most.</param>
    /// <returns>False when the turning has not come to rest.</returns>
    public bool Find(double[] packed, int offset, double[]? weights, int maxSweeps = 200)
    {
        double unit = Unit(packed, offset);
        bool begunWell = _count == 1 && _order >= MinTridiagonal && TryTridiagonal(packed, offset, 1 / unit);
        Load(packed, offset, 1 / unit);
        double minGain = begunWell ? MinGainAfterTridiagonal : _count == 1 ? MinGainOfOne : MinGainOfSeveral;
        bool turned = true;
        for (int sweep = 0; sweep < maxSweeps && turned; sweep++)
        {
            turned = false;
            for (int second = 1; second < _order; second++)
            {
                for (int first = 0; first < second; first++)
                {
                    turned |= Turn(first, second, weights, minGain);
                }
            }
        }

        for (int k = 0; k < _count; k++)
        {
            for (int j = 0; j < _order; j++)
            {
                Diagonals[(k * _order) + j] = unit * _matrices[Place(k, j, j)];
            }
        }

        return !turned;
    }

    /// <summary>A packed triangle of D·diag(v)·Dᵀ.</summary>
    /// <param name="values">v, from an offset.</param>
    /// <param name="valueOffset">Place of the first.</param>
    /// <param name="packed">The target.</param>
    /// <param name="offset">Place in the target.</param>
    public void Compose(double[] values, int valueOffset, double[] packed, int offset)
    {
        double[] scaled = _half;
        for (int i = 0; i < _order; i++)
        {
            for (int m = 0; m < _order; m++)
            {
                scaled[m] = Axes[(i * _order) + m] * values[valueOffset + m];
            }

            for (int j = 0; j <= i; j++)
            {
                packed[offset++] = RowArithmetic.Dot(scaled, 0, Axes, j * _order, _order);
            }
        }
    }

    /// <summary>Sets the axes to the eigenvectors of the one matrix; false when it is not finite.</summary>
    private bool TryTridiagonal(double[] packed, int offset, double factor)
    {
        for (int i = 0; i < _order; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double entry = factor * packed[offset++];
                if (double.IsNaN(entry) || double.IsInfinity(entry))
                {
                    return false;
                }

                _half[(i * _order) + j] = entry;
            }
        }

        TridiagonalEigen.Decompose(_half, _order, _matrices);
        for (int i = 0; i < _order; i++)
        {
            for (int j = 0; j < _order; j++)
            {
                Axes[(i * _order) + j] = _matrices[(j * _order) + i];
            }
        }

        return true;
    }

    private int Place(int matrix, int row, int column) => (((matrix * _order) + row) * _order) + column;

    /// <summary>A power of two near the largest variance, where products of variances would overflow or vanish; else 1. Dividing by it
    /// costs no digits, and the axes are the same.</summary>
    private double Unit(double[] packed, int offset)
    {
        double largest = 0;
        for (int k = 0; k < _count; k++)
        {
            for (int j = 0; j < _order; j++)
            {
                largest = Math.Max(largest, packed[offset + (k * PackedMatrix.Length(_order)) + PackedMatrix.Index(j, j)]);
            }
        }

        return largest is >= MinPlainVariance and <= MaxPlainVariance || !(largest > 0) || double.IsInfinity(largest)
            ? 1
            : Math.Pow(2, Math.Round(Math.Log(largest) / Math.Log(2)));
    }

    /// <summary>DᵀSₖD, times a factor.</summary>
    private void Load(double[] packed, int offset, double factor)
    {
        for (int k = 0; k < _count; k++)
        {
            int source = offset + (k * PackedMatrix.Length(_order));
            double logProduct = 0;
            MultiplyByAxes(packed, source, factor);
            for (int i = 0; i < _order; i++)
            {
                int row = Place(k, i, 0);
                Array.Clear(_matrices, row, i + 1);
                for (int m = 0; m < _order; m++)
                {
                    RowArithmetic.Add(_matrices, row, Axes[(m * _order) + i], _half, m * _order, i + 1);
                }

                for (int j = 0; j < i; j++)
                {
                    _matrices[Place(k, j, i)] = _matrices[row + j];
                }

                logProduct += Math.Log(Math.Max(_matrices[Place(k, i, i)], Tiny));
            }

            _logProducts[k] = logProduct;
        }
    }

    private void MultiplyByAxes(double[] packed, int source, double factor)
    {
        for (int i = 0; i < _order; i++)
        {
            Array.Clear(_half, i * _order, _order);
            for (int m = 0; m < _order; m++)
            {
                double entry = factor * packed[source + PackedMatrix.Index(Math.Max(i, m), Math.Min(i, m))];
                RowArithmetic.Add(_half, i * _order, entry, Axes, m * _order, _order);
            }
        }
    }

    /// <summary>Turns one plane; returns whether it was worth turning.</summary>
    private bool Turn(int first, int second, double[]? weights, double minGain)
    {
        double cosine = 0;
        double sine = 0;
        double total = 0;
        for (int k = 0; k < _count; k++)
        {
            double left = _matrices[Place(k, first, first)];
            double right = _matrices[Place(k, second, second)];
            double off = _matrices[Place(k, first, second)];
            double half = 0.5 * (left - right);
            double largest = Math.Max(Math.Abs(left), Math.Abs(right));
            double product = Math.Max(Math.Max(Math.Abs(left * right), MinRatio * largest * largest), Tiny);
            double importance = weights?[k] ?? Math.Exp(_logProducts[k] / _order);
            total += importance;

            // dividing first keeps small matrices from underflowing
            double scaledOff = off / Math.Sqrt(product);
            double scaledHalf = half / Math.Sqrt(product);
            cosine += importance * 0.5 * ((scaledHalf * scaledHalf) - (scaledOff * scaledOff));
            sine += importance * scaledHalf * scaledOff;
        }

        double length = Math.Sqrt((cosine * cosine) + (sine * sine));
        double gain = cosine > 0 ? sine * sine / (length + cosine) : length - cosine;
        if (!(gain > minGain * total))
        {
            return false;
        }

        // θ from cos 4θ and sin 4θ by halving the angle twice: |θ| ≤ π/4, so that the cosines are not negative
        double ratio = Math.Max(-1, Math.Min(1, cosine / length));
        double cosineOfTwo = Math.Sqrt(0.5 * (1 + ratio));
        double sineOfTwo = ratio > 0 ? 0.5 * sine / (length * cosineOfTwo) : Math.Sqrt(0.5 * (1 - ratio)) * (sine < 0 ? -1 : 1);
        double c = Math.Sqrt(0.5 * (1 + cosineOfTwo));
        Rotate(first, second, c, 0.5 * sineOfTwo / c, weights is null && _count > 1);
        return true;
    }

    private void Rotate(int first, int second, double c, double s, bool followProducts)
    {
        for (int k = 0; k < _count; k++)
        {
            double before = Product(k, first, second);
            RotateMatrix(k, first, second, c, s);
            if (followProducts)
            {
                _logProducts[k] += Math.Log(Product(k, first, second) / before);
            }
        }

        for (int i = 0; i < _order; i++)
        {
            double left = Axes[(i * _order) + first];
            double right = Axes[(i * _order) + second];
            Axes[(i * _order) + first] = (c * left) + (s * right);
            Axes[(i * _order) + second] = (c * right) - (s * left);
        }
    }

    private double Product(int k, int first, int second) =>
        Math.Max(_matrices[Place(k, first, first)] * _matrices[Place(k, second, second)], Tiny);

    private void RotateMatrix(int k, int first, int second, double c, double s)
    {
        int origin = k * _order * _order;
        int rowOfFirst = origin + (first * _order);
        int rowOfSecond = origin + (second * _order);
        double left = _matrices[rowOfFirst + first];
        double right = _matrices[rowOfSecond + second];
        double off = _matrices[rowOfFirst + second];
        for (int i = 0; i < _order; i++)
        {
            double a = _matrices[rowOfFirst + i];
            double b = _matrices[rowOfSecond + i];
            int row = origin + (i * _order);
            _matrices[rowOfFirst + i] = _matrices[row + first] = (c * a) + (s * b);
            _matrices[rowOfSecond + i] = _matrices[row + second] = (c * b) - (s * a);
        }

        _matrices[rowOfFirst + first] = (c * c * left) + (2 * c * s * off) + (s * s * right);
        _matrices[rowOfSecond + second] = (s * s * left) - (2 * c * s * off) + (c * c * right);
        _matrices[rowOfFirst + second] = _matrices[rowOfSecond + first] = (((c * c) - (s * s)) * off) - (c * s * (left - right));
    }
}

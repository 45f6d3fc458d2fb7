#if NET
using System.Runtime.CompilerServices;

namespace GmmTools.Numerics.Kernels;

/// <content>Log-densities of full covariances in any dimension: a triangular product, in tiles of accumulators.</content>
internal sealed unsafe partial class VectorExpectationKernel<TOps, TVector, TLink>
{
    /// <summary>Rows and columns of a tile.</summary>
    private const int Tile = 4;

    /// <summary>The factor W in bands of four rows, each column's four entries side by side, zeros above the diagonal.</summary>
    private static int TiledFactorLength(int dimension)
    {
        int bands = (dimension + Tile - 1) / Tile;
        return Tile * Tile * bands * (bands + 1) / 2;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TileFactor(LogTerms terms, int component)
    {
        double* target = _factors.Pointer;
        int offset = component * terms.FactorLength;
        for (int band = 0; band < _dimension; band += Tile)
        {
            for (int j = 0; j < band + Tile; j++)
            {
                for (int row = band; row < band + Tile; row++)
                {
                    *target++ = j <= row && row < _dimension ? terms.Factors[offset + PackedMatrix.Index(row, j)] : 0;
                }
            }
        }
    }

    /// <summary>Differences of one group of vectors from a component's mean, column by column; they stay in the first-level cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SubtractGroup(double* means, double* source)
    {
        double* target = _group.Pointer;
        for (int j = 0; j < _dimension; j++, source += _stride, target += Group * TOps.Count)
        {
            TVector mean = TOps.Create(means[j]);
            TOps.Store(TOps.Subtract(TOps.Load(source), mean), target);
            TOps.Store(TOps.Subtract(TOps.Load(source + TOps.Count), mean), target + TOps.Count);
            TOps.Store(TOps.Subtract(TOps.Load(source + (2 * TOps.Count)), mean), target + (2 * TOps.Count));
            TOps.Store(TOps.Subtract(TOps.Load(source + (3 * TOps.Count)), mean), target + (3 * TOps.Count));
        }
    }

    /// <summary>l = c − ½·|W(x − μ)|², four rows of W and as many vectors of rows at a time as there are registers for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FullLogDensity(LogTerms terms, int component, int vectors, double* target)
    {
        TileFactor(terms, component);
        fixed (double* means = &terms.Centres[component * _dimension])
        {
            for (int v = 0; v < vectors; v += Group)
            {
                int i = v * TOps.Count;
                SubtractGroup(means, _columns.Pointer + i);
                if (TOps.HasManyRegisters)
                {
                    SquaredDistanceOfFour(_group.Pointer, target + i);
                }
                else
                {
                    SquaredDistanceOfTwo(_group.Pointer, target + i);
                    SquaredDistanceOfTwo(_group.Pointer + (2 * TOps.Count), target + i + (2 * TOps.Count));
                }
            }
        }

        TVector atCentre = TOps.Create(terms.Offsets[component]);
        TVector slope = TOps.Create(NormalLink.Slope);
        for (int v = 0; v < vectors; v++)
        {
            int i = v * TOps.Count;
            StoreLogDensity(TOps.Load(target + i), atCentre, slope, component, target, i);
        }
    }

    /// <summary>|W·(x − μ)|² of four vectors of rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SquaredDistanceOfFour(double* differences, double* target)
    {
        TVector zero = TOps.Create(0);
        TVector sumA = zero, sumB = zero, sumC = zero, sumD = zero;
        double* factor = _factors.Pointer;
        for (int band = 0; band < _dimension; band += Tile)
        {
            TVector a0 = zero, a1 = zero, a2 = zero, a3 = zero;
            TVector b0 = zero, b1 = zero, b2 = zero, b3 = zero;
            TVector c0 = zero, c1 = zero, c2 = zero, c3 = zero;
            TVector d0 = zero, d1 = zero, d2 = zero, d3 = zero;
            double* column = differences;
            for (int j = 0; j < band; j++, column += Group * TOps.Count, factor += Tile)
            {
                Step(factor[0], column, ref a0, ref b0, ref c0, ref d0);
                Step(factor[1], column, ref a1, ref b1, ref c1, ref d1);
                Step(factor[2], column, ref a2, ref b2, ref c2, ref d2);
                Step(factor[3], column, ref a3, ref b3, ref c3, ref d3);
            }

            // the triangle on the diagonal: what lies above it is zero
            Step(factor[0], column, ref a0, ref b0, ref c0, ref d0);
            Step(factor[1], column, ref a1, ref b1, ref c1, ref d1);
            Step(factor[2], column, ref a2, ref b2, ref c2, ref d2);
            Step(factor[3], column, ref a3, ref b3, ref c3, ref d3);

            if (band + 1 < _dimension)
            {
                column += Group * TOps.Count;
                Step(factor[5], column, ref a1, ref b1, ref c1, ref d1);
                Step(factor[6], column, ref a2, ref b2, ref c2, ref d2);
                Step(factor[7], column, ref a3, ref b3, ref c3, ref d3);
            }

            if (band + 2 < _dimension)
            {
                column += Group * TOps.Count;
                Step(factor[10], column, ref a2, ref b2, ref c2, ref d2);
                Step(factor[11], column, ref a3, ref b3, ref c3, ref d3);
            }

            if (band + 3 < _dimension)
            {
                column += Group * TOps.Count;
                Step(factor[15], column, ref a3, ref b3, ref c3, ref d3);
            }

            factor += Tile * Tile;
            sumA = AddSquares(a0, a1, a2, a3, sumA);
            sumB = AddSquares(b0, b1, b2, b3, sumB);
            sumC = AddSquares(c0, c1, c2, c3, sumC);
            sumD = AddSquares(d0, d1, d2, d3, sumD);
        }

        TOps.Store(sumA, target);
        TOps.Store(sumB, target + TOps.Count);
        TOps.Store(sumC, target + (2 * TOps.Count));
        TOps.Store(sumD, target + (3 * TOps.Count));
    }

    /// <summary>One entry of W times one column of differences, for as many vectors of rows as there are sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(double factor, double* column, ref TVector a, ref TVector b, ref TVector c, ref TVector d)
    {
        TVector w = TOps.Create(factor);
        a = TOps.MultiplyAdd(w, TOps.Load(column), a);
        b = TOps.MultiplyAdd(w, TOps.Load(column + TOps.Count), b);
        c = TOps.MultiplyAdd(w, TOps.Load(column + (2 * TOps.Count)), c);
        d = TOps.MultiplyAdd(w, TOps.Load(column + (3 * TOps.Count)), d);
    }

    /// <summary>|W·(x − μ)|² of two vectors of rows, where there are few registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SquaredDistanceOfTwo(double* differences, double* target)
    {
        TVector zero = TOps.Create(0);
        TVector sumA = zero, sumB = zero;
        double* factor = _factors.Pointer;
        for (int band = 0; band < _dimension; band += Tile)
        {
            TVector a0 = zero, a1 = zero, a2 = zero, a3 = zero;
            TVector b0 = zero, b1 = zero, b2 = zero, b3 = zero;
            double* column = differences;
            for (int j = 0; j < band; j++, column += Group * TOps.Count, factor += Tile)
            {
                Step(factor[0], column, ref a0, ref b0);
                Step(factor[1], column, ref a1, ref b1);
                Step(factor[2], column, ref a2, ref b2);
                Step(factor[3], column, ref a3, ref b3);
            }

            // the triangle on the diagonal: what lies above it is zero
            Step(factor[0], column, ref a0, ref b0);
            Step(factor[1], column, ref a1, ref b1);
            Step(factor[2], column, ref a2, ref b2);
            Step(factor[3], column, ref a3, ref b3);

            if (band + 1 < _dimension)
            {
                column += Group * TOps.Count;
                Step(factor[5], column, ref a1, ref b1);
                Step(factor[6], column, ref a2, ref b2);
                Step(factor[7], column, ref a3, ref b3);
            }

            if (band + 2 < _dimension)
            {
                column += Group * TOps.Count;
                Step(factor[10], column, ref a2, ref b2);
                Step(factor[11], column, ref a3, ref b3);
            }

            if (band + 3 < _dimension)
            {
                column += Group * TOps.Count;
                Step(factor[15], column, ref a3, ref b3);
            }

            factor += Tile * Tile;
            sumA = AddSquares(a0, a1, a2, a3, sumA);
            sumB = AddSquares(b0, b1, b2, b3, sumB);
        }

        TOps.Store(sumA, target);
        TOps.Store(sumB, target + TOps.Count);
    }

    /// <summary>One entry of W times one column of differences, for as many vectors of rows as there are sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(double factor, double* column, ref TVector a, ref TVector b)
    {
        TVector w = TOps.Create(factor);
        a = TOps.MultiplyAdd(w, TOps.Load(column), a);
        b = TOps.MultiplyAdd(w, TOps.Load(column + TOps.Count), b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AddSquares(TVector z0, TVector z1, TVector z2, TVector z3, TVector sum)
    {
        sum = TOps.MultiplyAdd(z0, z0, TOps.MultiplyAdd(z1, z1, sum));
        return TOps.MultiplyAdd(z2, z2, TOps.MultiplyAdd(z3, z3, sum));
    }
}
#endif

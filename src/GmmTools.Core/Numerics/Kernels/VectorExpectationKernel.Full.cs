#if NET
using System;
using System.Runtime.CompilerServices;

namespace GmmTools.Numerics.Kernels;

/// <content>Full covariances in any dimension: a triangular product and a symmetric one, in tiles of accumulators.</content>
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
        for (int j = 0; j < _dimension; j++, source += _blockRows, target += Group * TOps.Count)
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
        TVector constant = TLink.Constant<TOps, TVector>();
        for (int v = 0; v < vectors; v++)
        {
            int i = v * TOps.Count;
            StoreLogDensity(TOps.Load(target + i), atCentre, constant, component, target, i);
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

    private void AddFullMoments(
        LogTerms terms, int component, int vectors, double* responsibilities, SufficientStatistics statistics)
    {
        WeightSums(statistics)[component] += SumOf(responsibilities, vectors);
        int kept = CollectRows(responsibilities, vectors);
        if (kept * SparseShare <= vectors * TOps.Count)
        {
            AddKeptRows(terms, component, kept, responsibilities, statistics);
            return;
        }

        WeightDifferences(terms, component, vectors, responsibilities, statistics);
        AddScatter(component, vectors, statistics);
    }

    private void AddScatter(int component, int vectors, SufficientStatistics statistics)
    {
        fixed (double* scatters = statistics.Scatters)
        {
            double* scatter = scatters + (component * statistics.ScatterLength);
            for (int row = 0; row < _dimension; row += Tile)
            {
                int rows = Math.Min(Tile, _dimension - row);
                for (int column = 0; column < row; column += Tile)
                {
                    AddTile(row, rows, column, vectors, scatter);
                }

                AddDiagonalTile(row, rows, vectors, scatter);
            }
        }
    }

    /// <summary>x − μ and r·(x − μ) column by column, with Σ r·(x − μ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WeightDifferences(
        LogTerms terms, int component, int vectors, double* responsibilities, SufficientStatistics statistics)
    {
        for (int j = 0; j < _dimension; j++)
        {
            TVector mean = TOps.Create(terms.Centres[(component * _dimension) + j]);
            double* source = _columns.Pointer + (j * _blockRows);
            double* differences = _differences.Pointer + (j * _blockRows);
            double* weighted = _weighted.Pointer + (j * _blockRows);
            TVector a = TOps.Create(0);
            TVector b = a, c = a, d = a;
            for (int i = 0; i < vectors * TOps.Count; i += Group * TOps.Count)
            {
                int second = i + TOps.Count;
                int third = second + TOps.Count;
                int fourth = third + TOps.Count;
                a = TOps.Add(a, Weight(source + i, mean, responsibilities + i, differences + i, weighted + i));
                b = TOps.Add(b, Weight(source + second, mean, responsibilities + second, differences + second, weighted + second));
                c = TOps.Add(c, Weight(source + third, mean, responsibilities + third, differences + third, weighted + third));
                d = TOps.Add(d, Weight(source + fourth, mean, responsibilities + fourth, differences + fourth, weighted + fourth));
            }

            statistics.FirstMoments[(component * _dimension) + j] += TOps.Sum(TOps.Add(TOps.Add(a, b), TOps.Add(c, d)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Weight(double* source, TVector mean, double* responsibility, double* difference, double* weighted)
    {
        TVector value = TOps.Subtract(TOps.Load(source), mean);
        TVector product = TOps.Multiply(TOps.Load(responsibility), value);
        TOps.Store(value, difference);
        TOps.Store(product, weighted);
        return product;
    }

    /// <summary>A tile below the diagonal: up to four rows, four columns. Missing rows repeat the last one and are not stored.</summary>
    private void AddTile(int row, int rows, int column, int vectors, double* scatter)
    {
        double* r0 = _weighted.Pointer + (row * _blockRows);
        double* r1 = r0 + (rows > 1 ? _blockRows : 0);
        double* r2 = r1 + (rows > 2 ? _blockRows : 0);
        double* r3 = r2 + (rows > 3 ? _blockRows : 0);
        double* c = _differences.Pointer + (column * _blockRows);
        if (TOps.HasManyRegisters)
        {
            AddSixteen(r0, r1, r2, r3, c, vectors, row, rows, column, scatter);
        }
        else
        {
            AddEight(r0, r1, r2, r3, c, vectors, row, rows, column, scatter);
            AddEight(r0, r1, r2, r3, c + (2 * _blockRows), vectors, row, rows, column + 2, scatter);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddSixteen(
        double* r0, double* r1, double* r2, double* r3, double* c, int vectors, int row, int rows, int column, double* scatter)
    {
        TVector s00 = TOps.Create(0);
        TVector s01 = s00, s02 = s00, s03 = s00;
        TVector s10 = s00, s11 = s00, s12 = s00, s13 = s00;
        TVector s20 = s00, s21 = s00, s22 = s00, s23 = s00;
        TVector s30 = s00, s31 = s00, s32 = s00, s33 = s00;
        int stride = _blockRows;
        for (int i = 0; i < vectors * TOps.Count; i += TOps.Count)
        {
            TVector c0 = TOps.Load(c + i);
            TVector c1 = TOps.Load(c + i + stride);
            TVector c2 = TOps.Load(c + i + (2 * stride));
            TVector c3 = TOps.Load(c + i + (3 * stride));
            TVector r = TOps.Load(r0 + i);
            s00 = TOps.MultiplyAdd(r, c0, s00);
            s01 = TOps.MultiplyAdd(r, c1, s01);
            s02 = TOps.MultiplyAdd(r, c2, s02);
            s03 = TOps.MultiplyAdd(r, c3, s03);
            r = TOps.Load(r1 + i);
            s10 = TOps.MultiplyAdd(r, c0, s10);
            s11 = TOps.MultiplyAdd(r, c1, s11);
            s12 = TOps.MultiplyAdd(r, c2, s12);
            s13 = TOps.MultiplyAdd(r, c3, s13);
            r = TOps.Load(r2 + i);
            s20 = TOps.MultiplyAdd(r, c0, s20);
            s21 = TOps.MultiplyAdd(r, c1, s21);
            s22 = TOps.MultiplyAdd(r, c2, s22);
            s23 = TOps.MultiplyAdd(r, c3, s23);
            r = TOps.Load(r3 + i);
            s30 = TOps.MultiplyAdd(r, c0, s30);
            s31 = TOps.MultiplyAdd(r, c1, s31);
            s32 = TOps.MultiplyAdd(r, c2, s32);
            s33 = TOps.MultiplyAdd(r, c3, s33);
        }

        AddFour(scatter, row, column, s00, s01, s02, s03);
        if (rows > 1)
        {
            AddFour(scatter, row + 1, column, s10, s11, s12, s13);
        }

        if (rows > 2)
        {
            AddFour(scatter, row + 2, column, s20, s21, s22, s23);
        }

        if (rows > 3)
        {
            AddFour(scatter, row + 3, column, s30, s31, s32, s33);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddEight(
        double* r0, double* r1, double* r2, double* r3, double* c, int vectors, int row, int rows, int column, double* scatter)
    {
        TVector s00 = TOps.Create(0);
        TVector s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00, s30 = s00, s31 = s00;
        int stride = _blockRows;
        for (int i = 0; i < vectors * TOps.Count; i += TOps.Count)
        {
            TVector c0 = TOps.Load(c + i);
            TVector c1 = TOps.Load(c + i + stride);
            TVector r = TOps.Load(r0 + i);
            s00 = TOps.MultiplyAdd(r, c0, s00);
            s01 = TOps.MultiplyAdd(r, c1, s01);
            r = TOps.Load(r1 + i);
            s10 = TOps.MultiplyAdd(r, c0, s10);
            s11 = TOps.MultiplyAdd(r, c1, s11);
            r = TOps.Load(r2 + i);
            s20 = TOps.MultiplyAdd(r, c0, s20);
            s21 = TOps.MultiplyAdd(r, c1, s21);
            r = TOps.Load(r3 + i);
            s30 = TOps.MultiplyAdd(r, c0, s30);
            s31 = TOps.MultiplyAdd(r, c1, s31);
        }

        AddTwo(scatter, row, column, s00, s01);
        if (rows > 1)
        {
            AddTwo(scatter, row + 1, column, s10, s11);
        }

        if (rows > 2)
        {
            AddTwo(scatter, row + 2, column, s20, s21);
        }

        if (rows > 3)
        {
            AddTwo(scatter, row + 3, column, s30, s31);
        }
    }

    /// <summary>The lower triangle of a tile on the diagonal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddDiagonalTile(int row, int rows, int vectors, double* scatter)
    {
        double* r = _weighted.Pointer + (row * _blockRows);
        double* c = _differences.Pointer + (row * _blockRows);
        int s1 = rows > 1 ? _blockRows : 0;
        int s2 = rows > 2 ? 2 * _blockRows : s1;
        int s3 = rows > 3 ? 3 * _blockRows : s2;
        TVector s00 = TOps.Create(0);
        TVector s10 = s00, s11 = s00, s20 = s00, s21 = s00, s22 = s00, s30 = s00, s31 = s00, s32 = s00, s33 = s00;
        for (int i = 0; i < vectors * TOps.Count; i += TOps.Count)
        {
            TVector c0 = TOps.Load(c + i);
            TVector c1 = TOps.Load(c + i + s1);
            TVector c2 = TOps.Load(c + i + s2);
            s00 = TOps.MultiplyAdd(TOps.Load(r + i), c0, s00);
            TVector weighted = TOps.Load(r + i + s1);
            s10 = TOps.MultiplyAdd(weighted, c0, s10);
            s11 = TOps.MultiplyAdd(weighted, c1, s11);
            weighted = TOps.Load(r + i + s2);
            s20 = TOps.MultiplyAdd(weighted, c0, s20);
            s21 = TOps.MultiplyAdd(weighted, c1, s21);
            s22 = TOps.MultiplyAdd(weighted, c2, s22);
            weighted = TOps.Load(r + i + s3);
            s30 = TOps.MultiplyAdd(weighted, c0, s30);
            s31 = TOps.MultiplyAdd(weighted, c1, s31);
            s32 = TOps.MultiplyAdd(weighted, c2, s32);
            s33 = TOps.MultiplyAdd(weighted, TOps.Load(c + i + s3), s33);
        }

        scatter[PackedMatrix.Index(row, row)] += TOps.Sum(s00);
        if (rows > 1)
        {
            AddTwo(scatter, row + 1, row, s10, s11);
        }

        if (rows > 2)
        {
            AddTwo(scatter, row + 2, row, s20, s21);
            scatter[PackedMatrix.Index(row + 2, row + 2)] += TOps.Sum(s22);
        }

        if (rows > 3)
        {
            AddFour(scatter, row + 3, row, s30, s31, s32, s33);
        }
    }

    private static void AddFour(double* scatter, int row, int column, TVector s0, TVector s1, TVector s2, TVector s3)
    {
        TOps.AddSums(s0, s1, s2, s3, scatter + PackedMatrix.Index(row, column));
    }

    private static void AddTwo(double* scatter, int row, int column, TVector s0, TVector s1)
    {
        double* place = scatter + PackedMatrix.Index(row, column);
        place[0] += TOps.Sum(s0);
        place[1] += TOps.Sum(s1);
    }
}
#endif

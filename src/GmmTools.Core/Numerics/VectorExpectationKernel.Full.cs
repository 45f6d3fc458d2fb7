#if NET
using System;
using System.Runtime.CompilerServices;
using GmmTools.Estimation;
using GmmTools.Mixtures;

namespace GmmTools.Numerics;

/// <content>Full covariances in any dimension: a triangular product and a symmetric one, in tiles of accumulators.</content>
internal sealed unsafe partial class VectorExpectationKernel<TOps, TVector>
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
    private void TileFactor(MixtureParameters mixture, int component)
    {
        double* target = _factors.Pointer;
        int offset = component * mixture.CovarianceLength;
        for (int band = 0; band < _dimension; band += Tile)
        {
            for (int j = 0; j < band + Tile; j++)
            {
                for (int row = band; row < band + Tile; row++)
                {
                    *target++ = j <= row && row < _dimension ? mixture.PrecisionFactors[offset + PackedMatrix.Index(row, j)] : 0;
                }
            }
        }
    }

    /// <summary>Differences from a component's mean, column by column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Subtract(MixtureParameters mixture, int component, int vectors)
    {
        for (int j = 0; j < _dimension; j++)
        {
            TVector mean = TOps.Create(mixture.Means[(component * _dimension) + j]);
            double* source = _columns.Pointer + (j * _blockRows);
            double* target = _differences.Pointer + (j * _blockRows);
            for (int v = 0; v < vectors; v++)
            {
                TOps.Store(TOps.Subtract(TOps.Load(source + (v * TOps.Count)), mean), target + (v * TOps.Count));
            }
        }
    }

    /// <summary>l = c − ½·|W(x − μ)|², two vectors of rows and four rows of W at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FullLogDensity(MixtureParameters mixture, int component, int vectors, double* target)
    {
        TileFactor(mixture, component);
        Subtract(mixture, component, vectors);
        TVector normalizer = TOps.Create(mixture.LogNormalizers[component]);
        TVector minusHalf = TOps.Create(-0.5);
        for (int v = 0; v < vectors; v += 2)
        {
            int i = v * TOps.Count;
            SquaredDistance(_differences.Pointer + i, out TVector first, out TVector second);
            TOps.Store(TOps.MultiplyAdd(first, minusHalf, normalizer), target + i);
            TOps.Store(TOps.MultiplyAdd(second, minusHalf, normalizer), target + i + TOps.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SquaredDistance(double* differences, out TVector first, out TVector second)
    {
        TVector firstSum = TOps.Create(0);
        TVector secondSum = firstSum;
        double* factor = _factors.Pointer;
        for (int band = 0; band < _dimension; band += Tile)
        {
            TVector a0 = TOps.Create(0);
            TVector a1 = a0;
            TVector a2 = a0;
            TVector a3 = a0;
            TVector b0 = a0;
            TVector b1 = a0;
            TVector b2 = a0;
            TVector b3 = a0;
            double* column = differences;
            int end = Math.Min(band + Tile, _dimension);
            for (int j = 0; j < end; j++, column += _blockRows, factor += Tile)
            {
                TVector a = TOps.Load(column);
                TVector b = TOps.Load(column + TOps.Count);
                TVector w = TOps.Create(factor[0]);
                a0 = TOps.MultiplyAdd(w, a, a0);
                b0 = TOps.MultiplyAdd(w, b, b0);
                w = TOps.Create(factor[1]);
                a1 = TOps.MultiplyAdd(w, a, a1);
                b1 = TOps.MultiplyAdd(w, b, b1);
                w = TOps.Create(factor[2]);
                a2 = TOps.MultiplyAdd(w, a, a2);
                b2 = TOps.MultiplyAdd(w, b, b2);
                w = TOps.Create(factor[3]);
                a3 = TOps.MultiplyAdd(w, a, a3);
                b3 = TOps.MultiplyAdd(w, b, b3);
            }

            factor += (band + Tile - end) * Tile;
            firstSum = TOps.MultiplyAdd(a0, a0, TOps.MultiplyAdd(a1, a1, firstSum));
            firstSum = TOps.MultiplyAdd(a2, a2, TOps.MultiplyAdd(a3, a3, firstSum));
            secondSum = TOps.MultiplyAdd(b0, b0, TOps.MultiplyAdd(b1, b1, secondSum));
            secondSum = TOps.MultiplyAdd(b2, b2, TOps.MultiplyAdd(b3, b3, secondSum));
        }

        first = firstSum;
        second = secondSum;
    }

    private void AddFullMoments(
        MixtureParameters mixture, int component, int vectors, double* responsibilities, SufficientStatistics statistics)
    {
        if (_componentCount > 1)
        {
            Subtract(mixture, component, vectors);
        }

        WeightDifferences(component, vectors, responsibilities, statistics);
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

    /// <summary>r·(x − μ) column by column, with n and Σ r·(x − μ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WeightDifferences(int component, int vectors, double* responsibilities, SufficientStatistics statistics)
    {
        TVector weight = TOps.Create(0);
        for (int v = 0; v < vectors; v++)
        {
            weight = TOps.Add(weight, TOps.Load(responsibilities + (v * TOps.Count)));
        }

        statistics.Weights[component] += TOps.Sum(weight);
        for (int j = 0; j < _dimension; j++)
        {
            double* source = _differences.Pointer + (j * _blockRows);
            double* target = _weighted.Pointer + (j * _blockRows);
            TVector sum = TOps.Create(0);
            for (int v = 0; v < vectors; v++)
            {
                int i = v * TOps.Count;
                TVector weighted = TOps.Multiply(TOps.Load(responsibilities + i), TOps.Load(source + i));
                sum = TOps.Add(sum, weighted);
                TOps.Store(weighted, target + i);
            }

            statistics.FirstMoments[(component * _dimension) + j] += TOps.Sum(sum);
        }
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
        AddTwo(scatter, row, column, s0, s1);
        AddTwo(scatter, row, column + 2, s2, s3);
    }

    private static void AddTwo(double* scatter, int row, int column, TVector s0, TVector s1)
    {
        double* place = scatter + PackedMatrix.Index(row, column);
        place[0] += TOps.Sum(s0);
        place[1] += TOps.Sum(s1);
    }
}
#endif

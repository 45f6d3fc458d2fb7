#if NET
using System;
using System.Runtime.CompilerServices;

namespace GmmTools.Numerics.Kernels;

/// <content>Moments of full covariances in any dimension: a symmetric product, in tiles of accumulators.</content>
internal sealed unsafe partial class VectorExpectationKernel<TOps, TVector, TLink>
{
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
            double* source = _columns.Pointer + (j * _stride);
            double* differences = _differences.Pointer + (j * _stride);
            double* weighted = _weighted.Pointer + (j * _stride);
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
        double* r0 = _weighted.Pointer + (row * _stride);
        double* r1 = r0 + (rows > 1 ? _stride : 0);
        double* r2 = r1 + (rows > 2 ? _stride : 0);
        double* r3 = r2 + (rows > 3 ? _stride : 0);
        double* c = _differences.Pointer + (column * _stride);
        if (TOps.HasManyRegisters)
        {
            AddSixteen(r0, r1, r2, r3, c, vectors, row, rows, column, scatter);
        }
        else
        {
            AddEight(r0, r1, r2, r3, c, vectors, row, rows, column, scatter);
            AddEight(r0, r1, r2, r3, c + (2 * _stride), vectors, row, rows, column + 2, scatter);
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
        int stride = _stride;
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
        int stride = _stride;
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
        double* r = _weighted.Pointer + (row * _stride);
        double* c = _differences.Pointer + (row * _stride);
        int s1 = rows > 1 ? _stride : 0;
        int s2 = rows > 2 ? 2 * _stride : s1;
        int s3 = rows > 3 ? 3 * _stride : s2;
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

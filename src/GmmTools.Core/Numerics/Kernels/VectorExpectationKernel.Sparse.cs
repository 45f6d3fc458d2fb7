#if NET
using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GmmTools.Numerics.Kernels;

/// <content>
/// Rows that do not matter to a component's moments: where clusters stand apart, a component takes a noticeable share of few rows,
/// and only these are gathered and multiplied.
/// <para>
/// The error: a row with responsibility r ≤ ε lies at a squared Mahalanobis distance δ² = 2(c − L − log r), where c is the component's
/// log-density at its mean and L the row's. What it would add to the scatter is r·δ² in units of Σ, which grows with r: at most
/// 2ε(c − L + 100·log 2). With ε = 2⁻¹⁰⁰ that is 2e-28 for a row at L = c − 50 and 2e-23 for an outlier at L = c − 10⁷: a million
/// rows of either kind stay below half a unit in the last place of n·Σ, 1.1e-16, for every component that holds one row or more, and
/// no other outlives an iteration. The weight n itself is summed over all rows.
/// </para>
/// </content>
internal sealed unsafe partial class VectorExpectationKernel<TOps, TVector, TLink>
{
    /// <summary>Rows are gathered when no more than this part of them matters.</summary>
    private const int SparseShare = 2;

    /// <summary>Rows of a tile of outer products.</summary>
    private const int OuterRows = 8;

    /// <summary>Marks the rows that matter to a component, a bit each, and returns how many they are; all, where rows carry weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int CollectRows(double* responsibilities, int vectors)
    {
        if (_areWeighted)
        {
            // a responsibility times a weight of any size says nothing
            return vectors * TOps.Count;
        }

        TVector bound = TOps.Create(NegligibleResponsibility);
        uint* mask = (uint*)_masks.Pointer;
        int count = 0;
        for (int v = 0; v < vectors; v += Group, mask++, responsibilities += Group * TOps.Count)
        {
            uint lanes = TOps.LanesLess(bound, TOps.Load(responsibilities));
            lanes |= TOps.LanesLess(bound, TOps.Load(responsibilities + TOps.Count)) << TOps.Count;
            lanes |= TOps.LanesLess(bound, TOps.Load(responsibilities + (2 * TOps.Count))) << (2 * TOps.Count);
            lanes |= TOps.LanesLess(bound, TOps.Load(responsibilities + (3 * TOps.Count))) << (3 * TOps.Count);
            *mask = lanes;
            count += BitOperations.PopCount(lanes);
        }

        return count;
    }

    /// <summary>Moments of the marked rows: their outer products, in vectors along the columns, so that no row has to wait for seven others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddKeptRows(
        LogTerms terms, int component, int kept, double* responsibilities, SufficientStatistics statistics)
    {
        TransposeBlock();
        int* rows = (int*)_rows.Pointer;
        ListRows(kept, rows);
        fixed (double* scatters = statistics.Scatters, means = terms.Centres, moments = statistics.FirstMoments)
        {
            double* scatter = scatters + (component * statistics.ScatterLength);
            for (int column = 0; column < _dimension; column += TOps.Count)
            {
                double* place = Staged(means + (component * _dimension), column);
                TVector sum = WeightKeptRows(kept, rows, column, TOps.Load(place), responsibilities);
                AddLanes(sum, Math.Min(TOps.Count, _dimension - column), moments + (component * _dimension) + column);
            }

            for (int column = 0; column < _dimension; column += TOps.Count)
            {
                for (int row = column; row < _dimension; row += OuterRows)
                {
                    AddOuterProducts(kept, row, column, scatter);
                }
            }
        }
    }

    /// <summary>The block row by row, each row filled up to whole vectors with zeros; done when the first component asks for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TransposeBlock()
    {
        if (_isTransposed)
        {
            return;
        }

        _isTransposed = true;
        int stride = _rowStride;
        int blockRows = _blockRows;
        int columnStride = _stride;
        for (int j = 0; j < _dimension; j++)
        {
            double* source = _columns.Pointer + (j * columnStride);
            double* target = _transposed.Pointer + j;
            for (int i = 0; i < blockRows; i += 4, target += 4 * stride)
            {
                target[0] = source[i];
                target[stride] = source[i + 1];
                target[2 * stride] = source[i + 2];
                target[3 * stride] = source[i + 3];
            }
        }
    }

    /// <summary>Up to a vector of numbers, zeros behind them, where a vector can be loaded.</summary>
    private double* Staged(double* numbers, int first)
    {
        for (int j = 0; j < TOps.Count; j++)
        {
            _group.Pointer[j] = first + j < _dimension ? numbers[first + j] : 0;
        }

        return _group.Pointer;
    }

    /// <summary>x − μ and r·(x − μ) of the rows, one vector of columns; returns Σ r·(x − μ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector WeightKeptRows(int kept, int* rows, int column, TVector mean, double* responsibilities)
    {
        int stride = _rowStride;
        double* source = _transposed.Pointer + column;
        double* difference = _differences.Pointer + column;
        double* weighted = _weighted.Pointer + column;
        TVector sum = TOps.Create(0);
        for (int n = 0; n < kept; n++, difference += stride, weighted += stride)
        {
            int row = rows[n];
            TVector value = TOps.Subtract(TOps.Load(source + (row * stride)), mean);
            TVector product = TOps.Multiply(TOps.Create(responsibilities[row]), value);
            TOps.Store(value, difference);
            TOps.Store(product, weighted);
            sum = TOps.Add(sum, product);
        }

        return sum;
    }

    /// <summary>A tile of the scatter: eight rows, a vector of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddOuterProducts(int kept, int row, int column, double* scatter)
    {
        int stride = _rowStride;
        double* difference = _differences.Pointer + column;
        double* weighted = _weighted.Pointer + row;
        TVector s0 = TOps.Create(0);
        TVector s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
        for (int n = 0; n < kept; n++, difference += stride, weighted += stride)
        {
            TVector d = TOps.Load(difference);
            s0 = TOps.MultiplyAdd(TOps.Create(weighted[0]), d, s0);
            s1 = TOps.MultiplyAdd(TOps.Create(weighted[1]), d, s1);
            s2 = TOps.MultiplyAdd(TOps.Create(weighted[2]), d, s2);
            s3 = TOps.MultiplyAdd(TOps.Create(weighted[3]), d, s3);
            s4 = TOps.MultiplyAdd(TOps.Create(weighted[4]), d, s4);
            s5 = TOps.MultiplyAdd(TOps.Create(weighted[5]), d, s5);
            s6 = TOps.MultiplyAdd(TOps.Create(weighted[6]), d, s6);
            s7 = TOps.MultiplyAdd(TOps.Create(weighted[7]), d, s7);
        }

        AddTriangleRow(s0, row, column, scatter);
        AddTriangleRow(s1, row + 1, column, scatter);
        AddTriangleRow(s2, row + 2, column, scatter);
        AddTriangleRow(s3, row + 3, column, scatter);
        AddTriangleRow(s4, row + 4, column, scatter);
        AddTriangleRow(s5, row + 5, column, scatter);
        AddTriangleRow(s6, row + 6, column, scatter);
        AddTriangleRow(s7, row + 7, column, scatter);
    }

    /// <summary>Adds what lies on and below the diagonal; rows behind the last, which hold what stands next in the buffer, are dropped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddTriangleRow(TVector sums, int row, int column, double* scatter)
    {
        if (row < _dimension)
        {
            AddLanes(sums, Math.Min(TOps.Count, row - column + 1), scatter + PackedMatrix.Index(row, column));
        }
    }

    /// <summary>Adds the first lanes of a vector to as many numbers in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddLanes(TVector sums, int count, double* target)
    {
        if (count == TOps.Count)
        {
            TOps.Store(TOps.Add(TOps.Load(target), sums), target);
            return;
        }

        TOps.Store(sums, _group.Pointer);
        for (int lane = 0; lane < count; lane++)
        {
            target[lane] += _group.Pointer[lane];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ListRows(int kept, int* rows)
    {
        uint* mask = (uint*)_masks.Pointer;
        int first = 0;
        for (int n = 0; n < kept; first += Group * TOps.Count)
        {
            for (uint lanes = *mask++; lanes != 0; lanes &= lanes - 1)
            {
                rows[n++] = first + BitOperations.TrailingZeroCount(lanes);
            }
        }
    }
}
#endif

#if NET
using System.Numerics;
using System.Runtime.CompilerServices;
using GmmTools.Estimation;
using GmmTools.Mixtures;

namespace GmmTools.Numerics;

/// <content>
/// Rows that do not matter to a component's moments: where clusters stand apart, a component takes a noticeable share of few rows,
/// and only these are gathered and multiplied.
/// <para>
/// The error: a row with responsibility r ≤ ε lies at a squared Mahalanobis distance δ² = 2(c − L − log r), where c is the component's
/// log-density at its mean and L the row's. What it would add to the scatter is r·δ² in units of Σ, which grows with r: at most
/// 2ε(c − L + 100·log 2). With ε = 2⁻¹⁰⁰ that is 1e-28 for a row of ordinary density and 1e-23 for one at L = c − 10⁷, so that of a
/// million rows of the one kind or ten of the other nothing reaches half a unit in the last place of n·Σ for n of one row or more. The weight n
/// itself is summed over all rows.
/// </para>
/// </content>
internal sealed unsafe partial class VectorExpectationKernel<TOps, TVector>
{
    /// <summary>ε = 2⁻¹⁰⁰: a responsibility up to this adds nothing to first moments and scatter.</summary>
    private const double NegligibleResponsibility = 7.888609052210118e-31;

    /// <summary>Rows are gathered when no more than this part of them matters.</summary>
    private const int SparseShare = 2;

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

    /// <summary>
    /// Copies the marked rows, column by column, to where their differences are to stand, and their responsibilities. The last vector is
    /// filled up with copies of the first of them of responsibility zero.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void GatherRows(int kept, int padded, double* responsibilities)
    {
        int* rows = (int*)_rows.Pointer;
        ListRows(kept, rows);
        double* weights = _gatheredResponsibilities.Pointer;
        for (int n = 0; n < padded; n++)
        {
            rows[n] = n < kept ? rows[n] : rows[0];
            weights[n] = n < kept ? responsibilities[rows[n]] : 0;
        }

        for (int j = 0; j < _dimension; j++)
        {
            double* source = _columns.Pointer + (j * _blockRows);
            double* target = _differences.Pointer + (j * _blockRows);
            for (int n = 0; n < padded; n += 4)
            {
                target[n] = source[rows[n]];
                target[n + 1] = source[rows[n + 1]];
                target[n + 2] = source[rows[n + 2]];
                target[n + 3] = source[rows[n + 3]];
            }
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

    /// <summary>x − μ and r·(x − μ) of the gathered rows, with Σ r·(x − μ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WeightGathered(MixtureParameters mixture, int component, int vectors, SufficientStatistics statistics)
    {
        double* responsibilities = _gatheredResponsibilities.Pointer;
        for (int j = 0; j < _dimension; j++)
        {
            TVector mean = TOps.Create(mixture.Means[(component * _dimension) + j]);
            double* differences = _differences.Pointer + (j * _blockRows);
            double* weighted = _weighted.Pointer + (j * _blockRows);
            TVector sum = TOps.Create(0);
            for (int i = 0; i < vectors * TOps.Count; i += TOps.Count)
            {
                sum = TOps.Add(sum, Weight(differences + i, mean, responsibilities + i, differences + i, weighted + i));
            }

            statistics.FirstMoments[(component * _dimension) + j] += TOps.Sum(sum);
        }
    }
}
#endif

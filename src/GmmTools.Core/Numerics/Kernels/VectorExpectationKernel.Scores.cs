#if NET
using System;
using System.Runtime.CompilerServices;

namespace GmmTools.Numerics.Kernels;

/// <content>Scores of single rows: the first two stages of the E-step, with what they find of each row written out.</content>
internal sealed unsafe partial class VectorExpectationKernel<TOps, TVector, TLink>
{
    public override void Score(RowChunk rows, LogTerms terms, RowScores scores)
    {
        for (int first = 0; first < rows.Count; first += _blockRows)
        {
            int count = Math.Min(_blockRows, rows.Count - first);
            int vectors = LoadBlock(rows, first, count);
            LogDensities(terms, vectors);
            NormalizeRows(vectors, scores.Responsibilities is not null);
            WriteScores(first, count, scores);
            Repair(rows, first, count, terms, scores);
        }
    }

    /// <summary>Leaves log-densities in the place of the largest, probabilities in that of the weights, and components in that of the masks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void NormalizeRows(int vectors, bool withResponsibilities)
    {
        for (int v = 0; v < vectors; v++)
        {
            int i = v * TOps.Count;
            TVector largest = TOps.Load(_largest.Pointer + i);
            TOps.Store(FirstOfLargest(i, largest), _masks.Pointer + i);
            TVector sum = Exponentials(i, largest, out _);
            TVector reciprocal = TOps.Divide(TOps.Create(1), sum);
            TOps.Store(TOps.Add(largest, TOps.Log(sum)), _largest.Pointer + i);
            TOps.Store(reciprocal, _weights.Pointer + i);
            if (withResponsibilities)
            {
                Scale(i, reciprocal);
            }
        }
    }

    /// <summary>The first place whose log-density is the largest, from 0; its responsibility is 1 over the sum of the exponentials.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector FirstOfLargest(int row, TVector largest)
    {
        TVector zero = TOps.Create(0);
        TVector index = zero;
        double* place = _responsibilities.Pointer + row + ((_slots - 1) * _stride);
        for (int k = _slots - 1; k >= 0; k--, place -= _stride)
        {
            TVector found = TOps.OneWhereAtLeast(zero, TOps.Load(place), largest);
            index = TOps.MultiplyAdd(found, TOps.Subtract(TOps.Create(k), index), index);
        }

        return index;
    }

    private void WriteScores(int first, int count, RowScores scores)
    {
        _largest.Span[..count].CopyTo(scores.LogDensities.AsSpan(first));
        _weights.Span[..count].CopyTo(scores.Probabilities.AsSpan(first));
        for (int i = 0; i < count; i++)
        {
            int place = (int)_masks.Pointer[i];
            scores.Components[first + i] = place < _componentCount ? place + 1 : 0;
        }

        for (int k = 0; scores.Responsibilities is not null && k < _componentCount; k++)
        {
            _responsibilities.Span.Slice(k * _stride, count).CopyTo(scores.Responsibilities.AsSpan((k * scores.Count) + first));
        }
    }

    /// <summary>Rows so far out that squares overflow: the plain arithmetic knows what to do with them.</summary>
    private void Repair(RowChunk rows, int first, int count, LogTerms terms, RowScores scores)
    {
        for (int i = first; i < first + count; i++)
        {
            if (!double.IsFinite(scores.LogDensities[i]))
            {
                double[] row = new double[terms.Dimension];
                rows.CopyRow(i, row);
                RowScorer<TLink> scorer = new(terms);
                scores.Set(i, scorer.Score(row), scorer.Responsibilities, scorer.BackgroundResponsibility);
            }
        }
    }
}
#endif

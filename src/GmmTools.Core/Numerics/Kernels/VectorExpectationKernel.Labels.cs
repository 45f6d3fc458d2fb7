#if NET
using System;

namespace GmmTools.Numerics.Kernels;

/// <content>Rows whose labels say which components they can belong to.</content>
internal sealed unsafe partial class VectorExpectationKernel<TOps, TVector, TLink>
{
    /// <summary>Adds to the log-densities of labelled rows what their labels say. The background has no label.</summary>
    private void TakeLabels(RowChunk rows, LogTerms terms, int first, int count)
    {
        for (int i = 0; i < count; i++)
        {
            int label = rows.LabelOf(first + i, _componentCount, terms.LabelTerms);
            double largest = label < 0 ? _largest.Pointer[i] : double.NegativeInfinity;
            for (int k = 0; label >= 0 && k < _slots; k++)
            {
                double* place = _responsibilities.Pointer + (k * _stride) + i;
                *place += k < _componentCount ? terms.LabelTerm(label, k) : double.NegativeInfinity;
                largest = Math.Max(largest, *place);
            }

            _largest.Pointer[i] = largest;
        }
    }
}
#endif

#if NET
using System;
using System.Runtime.CompilerServices;
using GmmTools.Numerics.Vectors;

namespace GmmTools.Numerics.Kernels;

/// <summary>Products of a triangle and single rows by vectors of columns.</summary>
internal sealed unsafe class VectorTriangleArithmetic<TOps, TVector> : TriangleArithmetic
    where TOps : struct, IVectorOperations<TVector>
    where TVector : struct
{
    /// <summary>Vectors that are summed side by side, so that their sums need not wait for each other.</summary>
    private const int Group = 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Multiply(double* columns, double* z, double* product, int dimension)
    {
        int stride = Stride(dimension);
        int i = 0;
        for (; i + (Group * TOps.Count) <= stride; i += Group * TOps.Count)
        {
            TVector a = TOps.Create(0);
            TVector b = a, c = a, d = a;
            double* column = columns + i;
            int end = Math.Min(dimension, i + (Group * TOps.Count));
            for (int j = 0; j < end; j++, column += stride)
            {
                TVector factor = TOps.Create(z[j]);
                a = TOps.MultiplyAdd(factor, TOps.Load(column), a);
                b = TOps.MultiplyAdd(factor, TOps.Load(column + TOps.Count), b);
                c = TOps.MultiplyAdd(factor, TOps.Load(column + (2 * TOps.Count)), c);
                d = TOps.MultiplyAdd(factor, TOps.Load(column + (3 * TOps.Count)), d);
            }

            TOps.Store(a, product + i);
            TOps.Store(b, product + i + TOps.Count);
            TOps.Store(c, product + i + (2 * TOps.Count));
            TOps.Store(d, product + i + (3 * TOps.Count));
        }

        for (; i < stride; i += TOps.Count)
        {
            TVector sum = TOps.Create(0);
            double* column = columns + i;
            int end = Math.Min(dimension, i + TOps.Count);
            for (int j = 0; j < end; j++, column += stride)
            {
                sum = TOps.MultiplyAdd(TOps.Create(z[j]), TOps.Load(column), sum);
            }

            TOps.Store(sum, product + i);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Dot(double* left, double* right, int first, int dimension)
    {
        TVector sum = TOps.Create(0);
        for (int i = first / TOps.Count * TOps.Count; i < dimension; i += TOps.Count)
        {
            sum = TOps.MultiplyAdd(TOps.Load(left + i), TOps.Load(right + i), sum);
        }

        return TOps.Sum(sum);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddScaled(double* target, double* source, double factor, int first, int dimension)
    {
        TVector times = TOps.Create(factor);
        for (int i = first / TOps.Count * TOps.Count; i < dimension; i += TOps.Count)
        {
            TOps.Store(TOps.MultiplyAdd(times, TOps.Load(source + i), TOps.Load(target + i)), target + i);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddOuterProduct(double* square, double* z, double factor, int dimension)
    {
        int stride = Stride(dimension);
        for (int i = 0; i < dimension; i++, square += stride)
        {
            TVector scaled = TOps.Create(factor * z[i]);
            for (int j = i / TOps.Count * TOps.Count; j < dimension; j += TOps.Count)
            {
                TOps.Store(TOps.MultiplyAdd(scaled, TOps.Load(z + j), TOps.Load(square + j)), square + j);
            }
        }
    }
}
#endif

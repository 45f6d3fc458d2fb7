#if NET
using System;
using System.Runtime.CompilerServices;
using GmmTools.Numerics.Vectors;

namespace GmmTools.Numerics.Dense;

/// <summary>The loops with vectors of any width.</summary>
internal sealed unsafe class VectorDenseKernel<TOps, TVector> : DenseKernel
    where TOps : struct, IVectorOperations<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Dot(double* left, double* right, int count)
    {
        TVector a = TOps.Create(0), b = a, c = a, d = a;
        int i = 0;
        for (; i <= count - (Four * TOps.Count); i += Four * TOps.Count)
        {
            a = TOps.MultiplyAdd(TOps.Load(left + i), TOps.Load(right + i), a);
            b = TOps.MultiplyAdd(TOps.Load(left + i + TOps.Count), TOps.Load(right + i + TOps.Count), b);
            c = TOps.MultiplyAdd(TOps.Load(left + i + (2 * TOps.Count)), TOps.Load(right + i + (2 * TOps.Count)), c);
            d = TOps.MultiplyAdd(TOps.Load(left + i + (3 * TOps.Count)), TOps.Load(right + i + (3 * TOps.Count)), d);
        }

        for (; i <= count - TOps.Count; i += TOps.Count)
        {
            a = TOps.MultiplyAdd(TOps.Load(left + i), TOps.Load(right + i), a);
        }

        double sum = TOps.Sum(TOps.Add(TOps.Add(a, b), TOps.Add(c, d)));
        for (; i < count; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Products(double* first, double* second, double** right, int count, double* sums)
    {
        TVector a0 = TOps.Create(0), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
        double* r0 = right[0];
        double* r1 = right[1];
        double* r2 = right[2];
        double* r3 = right[3];
        int i = 0;
        for (; i <= count - TOps.Count; i += TOps.Count)
        {
            TVector a = TOps.Load(first + i);
            TVector b = TOps.Load(second + i);
            TVector r = TOps.Load(r0 + i);
            a0 = TOps.MultiplyAdd(a, r, a0);
            b0 = TOps.MultiplyAdd(b, r, b0);
            r = TOps.Load(r1 + i);
            a1 = TOps.MultiplyAdd(a, r, a1);
            b1 = TOps.MultiplyAdd(b, r, b1);
            r = TOps.Load(r2 + i);
            a2 = TOps.MultiplyAdd(a, r, a2);
            b2 = TOps.MultiplyAdd(b, r, b2);
            r = TOps.Load(r3 + i);
            a3 = TOps.MultiplyAdd(a, r, a3);
            b3 = TOps.MultiplyAdd(b, r, b3);
        }

        for (int m = 0; m < 2 * Four; m++)
        {
            sums[m] = 0;
        }

        TOps.AddSums(a0, a1, a2, a3, sums);
        TOps.AddSums(b0, b1, b2, b3, sums + Four);
        for (; i < count; i++)
        {
            for (int m = 0; m < Four; m++)
            {
                sums[m] += first[i] * right[m][i];
                sums[Four + m] += second[i] * right[m][i];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Add(double* target, double factor, double* source, int count)
    {
        TVector factors = TOps.Create(factor);
        int i = 0;
        for (; i <= count - TOps.Count; i += TOps.Count)
        {
            TOps.Store(TOps.MultiplyAdd(factors, TOps.Load(source + i), TOps.Load(target + i)), target + i);
        }

        for (; i < count; i++)
        {
            target[i] += factor * source[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddFour(double* target, double* factors, double** sources, int count)
    {
        TVector f0 = TOps.Create(factors[0]), f1 = TOps.Create(factors[1]), f2 = TOps.Create(factors[2]), f3 = TOps.Create(factors[3]);
        double* s0 = sources[0];
        double* s1 = sources[1];
        double* s2 = sources[2];
        double* s3 = sources[3];
        int i = 0;
        for (; i <= count - TOps.Count; i += TOps.Count)
        {
            TVector sum = TOps.MultiplyAdd(f0, TOps.Load(s0 + i), TOps.Load(target + i));
            sum = TOps.MultiplyAdd(f1, TOps.Load(s1 + i), sum);
            sum = TOps.MultiplyAdd(f2, TOps.Load(s2 + i), sum);
            TOps.Store(TOps.MultiplyAdd(f3, TOps.Load(s3 + i), sum), target + i);
        }

        for (; i < count; i++)
        {
            target[i] += (factors[0] * s0[i]) + (factors[1] * s1[i]) + (factors[2] * s2[i]) + (factors[3] * s3[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void MultiplyTriangle(double* columns, int stride, double* vector, int order, double* product)
    {
        int i = 0;
        for (; i + (Four * TOps.Count) <= stride; i += Four * TOps.Count)
        {
            TVector a = TOps.Create(0);
            TVector b = a, c = a, d = a;
            double* column = columns + i;
            int end = Math.Min(order, i + (Four * TOps.Count));
            for (int j = 0; j < end; j++, column += stride)
            {
                TVector factor = TOps.Create(vector[j]);
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
            int end = Math.Min(order, i + TOps.Count);
            for (int j = 0; j < end; j++, column += stride)
            {
                sum = TOps.MultiplyAdd(TOps.Create(vector[j]), TOps.Load(column), sum);
            }

            TOps.Store(sum, product + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddOuterProduct(double* square, int stride, double* vector, int order, double factor)
    {
        for (int i = 0; i < order; i++, square += stride)
        {
            TVector scaled = TOps.Create(factor * vector[i]);
            for (int j = i / TOps.Count * TOps.Count; j < order; j += TOps.Count)
            {
                TOps.Store(TOps.MultiplyAdd(scaled, TOps.Load(vector + j), TOps.Load(square + j)), square + j);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Rotate(double* x, double* y, double c, double s, int count)
    {
        TVector cosine = TOps.Create(c);
        TVector sine = TOps.Create(s);
        TVector minus = TOps.Create(-s);
        int i = 0;
        for (; i <= count - TOps.Count; i += TOps.Count)
        {
            TVector left = TOps.Load(x + i);
            TVector right = TOps.Load(y + i);
            TOps.Store(TOps.MultiplyAdd(sine, right, TOps.Multiply(cosine, left)), x + i);
            TOps.Store(TOps.MultiplyAdd(minus, left, TOps.Multiply(cosine, right)), y + i);
        }

        for (; i < count; i++)
        {
            double left = x[i];
            x[i] = (c * left) + (s * y[i]);
            y[i] = (c * y[i]) - (s * left);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Log(double* values, int count)
    {
        for (int i = 0; i < count; i += TOps.Count)
        {
            TOps.Store(TOps.Log(TOps.Load(values + i)), values + i);
        }
    }
}
#endif

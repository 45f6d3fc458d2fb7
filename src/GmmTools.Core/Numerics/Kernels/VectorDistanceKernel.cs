#if NET
using System.Runtime.CompilerServices;
using GmmTools.Numerics.Vectors;

namespace GmmTools.Numerics.Kernels;

/// <summary>Squared distances by vectors of points, four at a time so that their sums need not wait for each other.</summary>
internal sealed unsafe class VectorDistanceKernel<TOps, TVector> : DistanceKernel
    where TOps : struct, IVectorOperations<TVector>
    where TVector : struct
{
    private const int Group = 4;

    /// <inheritdoc cref="DistanceKernel(double[], int)"/>
    public VectorDistanceKernel(double[] points, int dimension)
        : base(points, dimension)
    {
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Distances(double[] centre, double[] weights, double[]? soFar, double[] result)
    {
        TVector sum = TOps.Create(0);
        fixed (double* columns = Columns, middle = centre, weight = weights, before = soFar, target = result)
        {
            for (int i = 0; i < PaddedCount; i += Group * TOps.Count)
            {
                TVector a = TOps.Create(0);
                TVector b = a, c = a, d = a;
                AddSquares(columns + i, middle, ref a, ref b, ref c, ref d);
                sum = TOps.Add(sum, Store(a, weight, before, target, i));
                sum = TOps.Add(sum, Store(b, weight, before, target, i + TOps.Count));
                sum = TOps.Add(sum, Store(c, weight, before, target, i + (2 * TOps.Count)));
                sum = TOps.Add(sum, Store(d, weight, before, target, i + (3 * TOps.Count)));
            }
        }

        return TOps.Sum(sum);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Nearest(double[] centres, double[] labels)
    {
        TVector far = TOps.Create(double.PositiveInfinity);
        fixed (double* columns = Columns, middles = centres, target = labels)
        {
            for (int i = 0; i < PaddedCount; i += Group * TOps.Count)
            {
                TVector minA = far, minB = far, minC = far, minD = far;
                TVector labelA = TOps.Create(0);
                TVector labelB = labelA, labelC = labelA, labelD = labelA;
                int number = 0;
                for (double* middle = middles; middle < middles + centres.Length; middle += Dimension, number++)
                {
                    TVector a = TOps.Create(0);
                    TVector b = a, c = a, d = a;
                    AddSquares(columns + i, middle, ref a, ref b, ref c, ref d);
                    TVector label = TOps.Create(number);
                    Take(a, label, ref minA, ref labelA);
                    Take(b, label, ref minB, ref labelB);
                    Take(c, label, ref minC, ref labelC);
                    Take(d, label, ref minD, ref labelD);
                }

                TOps.Store(labelA, target + i);
                TOps.Store(labelB, target + i + TOps.Count);
                TOps.Store(labelC, target + i + (2 * TOps.Count));
                TOps.Store(labelD, target + i + (3 * TOps.Count));
            }
        }
    }

    /// <summary>Squared distances of four vectors of points to a centre.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddSquares(double* column, double* centre, ref TVector a, ref TVector b, ref TVector c, ref TVector d)
    {
        for (int j = 0; j < Dimension; j++, column += PaddedCount)
        {
            TVector middle = TOps.Create(centre[j]);
            a = AddSquare(column, middle, a);
            b = AddSquare(column + TOps.Count, middle, b);
            c = AddSquare(column + (2 * TOps.Count), middle, c);
            d = AddSquare(column + (3 * TOps.Count), middle, d);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AddSquare(double* column, TVector middle, TVector sum)
    {
        TVector difference = TOps.Subtract(TOps.Load(column), middle);
        return TOps.MultiplyAdd(difference, difference, sum);
    }

    /// <summary>Weighs distances, keeps them where they are the least so far, and returns what was kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Store(TVector distance, double* weights, double* before, double* target, int i)
    {
        TVector value = TOps.Multiply(TOps.Load(weights + i), distance);
        if (before != null)
        {
            TVector least = TOps.Load(before + i);
            value = TOps.WhereLess(value, least, value, least);
        }

        TOps.Store(value, target + i);
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(TVector distance, TVector label, ref TVector least, ref TVector nearest)
    {
        nearest = TOps.WhereLess(distance, least, label, nearest);
        least = TOps.WhereLess(distance, least, distance, least);
    }
}
#endif

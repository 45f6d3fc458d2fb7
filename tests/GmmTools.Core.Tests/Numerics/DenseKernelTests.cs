using System.Collections.Generic;
using System.Linq;
using System.Runtime.Intrinsics;
using CsCheck;
using GmmTools.Core.Tests.Support;
using GmmTools.Numerics;
using GmmTools.Numerics.Dense;
using GmmTools.Numerics.Vectors;
using Xunit;

namespace GmmTools.Core.Tests.Numerics;

/// <summary>The products by vectors of every width against plain arithmetic.</summary>
public sealed unsafe class DenseKernelTests
{
    [Fact]
    public void Vectors_of_every_width_multiply_as_plain_arithmetic_does() =>
        Gen.Select(Gen.Int[1, 41], Gen.ULong).Holds((dimension, seed) =>
        {
            double[] expected = Products(new ScalarDenseKernel(), dimension, seed);
            Assert.All(Vectors(), arithmetic => Close.AllRelative(expected, Products(arithmetic, dimension, seed), 1e-12, arithmetic.GetType().Name));
        },
        iter: 100);

    private static IEnumerable<DenseKernel> Vectors()
    {
        yield return DenseKernel.Instance;
        yield return new VectorDenseKernel<Vector128Operations, Vector128<double>>();
        if (Vector256.IsHardwareAccelerated)
        {
            yield return new VectorDenseKernel<Vector256Operations, Vector256<double>>();
        }
    }

    /// <summary>W·z and half of W's first column, the scalar product of the first and W's last column, and the upper triangle of f·z·zᵀ + 1; all numbers positive, so that nothing cancels.</summary>
    private static double[] Products(DenseKernel arithmetic, int dimension, ulong seed)
    {
        SplitMix64 random = new(seed);
        int stride = DenseKernel.Padded(dimension);
        double[] columns = new double[dimension * stride];
        double[] z = new double[stride];
        double[] product = [.. Enumerable.Repeat(double.NaN, stride)];
        double[] square = [.. Enumerable.Repeat(1.0, dimension * stride)];
        for (int j = 0; j < dimension; j++)
        {
            z[j] = random.NextDouble();
            for (int i = j; i < dimension; i++)
            {
                columns[(j * stride) + i] = random.NextDouble();
            }
        }

        int last = dimension - 1;
        double dot;
        fixed (double* w = columns, x = z, y = product, s = square)
        {
            arithmetic.MultiplyTriangle(w, stride, x, dimension, y);
            arithmetic.AddOuterProduct(s, stride, x, dimension, 0.25);
            dot = arithmetic.Dot(w + (last * stride) + last, y + last, dimension - last);
            arithmetic.Add(y, 0.5, w, dimension);
        }

        IEnumerable<double> triangle = Enumerable.Range(0, dimension).SelectMany(i => Enumerable.Range(i, dimension - i).Select(j => square[(i * stride) + j]));
        return [.. product, dot, .. triangle];
    }
}

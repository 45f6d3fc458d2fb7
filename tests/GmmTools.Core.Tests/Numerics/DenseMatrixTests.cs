using System.Collections.Generic;
using System.Linq;
using System.Runtime.Intrinsics;
using GmmTools.Numerics;
using GmmTools.Numerics.Dense;
using GmmTools.Numerics.Vectors;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace GmmTools.Core.Tests.Numerics;

/// <summary>Factorisations of matrices large enough for vectors, against MathNet's and against plain loops.</summary>
public sealed unsafe class DenseMatrixTests
{
    [Theory]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(21)]
    [InlineData(38)]
    [InlineData(67)]
    [InlineData(130)]
    public void Factor_inverse_and_congruence_are_those_of_MathNet(int order)
    {
        Matrix<double> matrix = Draw(order, 5);
        double[] packed = new double[3 + PackedMatrix.Length(order)];
        PackedMatrix.Pack(matrix.ToArray()).CopyTo(packed, 3);
        double[] factor = new double[packed.Length];
        double[] inverse = new double[packed.Length];

        Assert.True(PackedMatrix.TryCholesky(packed, 3, factor, 3, order));
        Matrix<double> expected = matrix.Cholesky().Factor;
        AssertSame(expected, Lower(factor, order));
        PackedMatrix.InvertLower(factor, 3, inverse, 3, order);
        AssertSame(expected.Inverse(), Lower(inverse, order));
        double[] triangle = factor[3..];
        AssertSame(expected * matrix * expected.Transpose(), Matrix<double>.Build.DenseOfArray(PackedMatrix.Congruence(triangle, matrix.ToArray())));
        Assert.True(PackedMatrix.TryCholesky(packed, 3, packed, 3, order));
        Assert.Equal(factor, packed);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(30)]
    [InlineData(39)]
    public void The_first_column_that_depends_on_others_is_told(int column)
    {
        Matrix<double> root = Draw(40, 6).Cholesky().Factor;
        root.SetRow(column, 2 * root.Row(column - 1));
        double[] packed = PackedMatrix.Pack((root * root.Transpose()).ToArray());

        Assert.Equal(column, PackedMatrix.Factorize(packed, 0, packed, 0, 40, 1e-13));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(60)]
    [InlineData(151)]
    public void Eigenvalues_are_those_of_MathNet_and_vectors_diagonalise(int order)
    {
        Matrix<double> matrix = Draw(order, 7);
        double[] expected = [.. matrix.Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real).Order()];

        double[] values = SymmetricEigen.Decompose(matrix.ToArray(), out double[,] vectors);
        double[] quick = SymmetricEigen.DecomposeUnitFree(matrix.ToArray(), out double[,] quickVectors);

        Assert.All(expected.Zip(values), pair => Assert.Equal(pair.First, pair.Second, 1e-12 * expected[^1]));
        Assert.All(expected.Zip(quick), pair => Assert.Equal(pair.First, pair.Second, 1e-12 * expected[^1]));
        Assert.Equal(expected[0], SymmetricEigen.SmallestEigenvalue(matrix.ToArray()), 1e-12 * expected[^1]);
        AssertDiagonalises(matrix, values, vectors);
        AssertDiagonalises(matrix, quick, quickVectors);
    }

    private static void AssertDiagonalises(Matrix<double> matrix, double[] values, double[,] vectors)
    {
        int order = values.Length;
        Matrix<double> axes = Matrix<double>.Build.DenseOfArray(vectors);
        AssertSame(Matrix<double>.Build.DenseIdentity(order), axes.Transpose() * axes);
        AssertSame(matrix, axes * Matrix<double>.Build.DenseOfDiagonalArray(values) * axes.Transpose());
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(2.5)]
    public void Matrices_that_are_diagonal_or_of_rank_one_have_their_eigenvalues(double diagonal)
    {
        double[,] matrix = new double[40, 40];
        for (int i = 0; i < 40; i++)
        {
            for (int j = 0; j < 40; j++)
            {
                matrix[i, j] = diagonal > 0 ? (i == j ? diagonal : 0) : 1;
            }
        }

        double[] values = SymmetricEigen.Decompose(matrix, out _);

        Assert.Equal(diagonal > 0 ? diagonal : 40, values[39], 1e-12);
        Assert.All(values[..39], value => Assert.Equal(diagonal, value, 1e-12));
    }

    /// <summary>Columns in very different units: small eigenvalues keep their digits, as those of smaller matrices do.</summary>
    [Fact]
    public void Small_eigenvalues_of_columns_in_small_units_keep_their_digits()
    {
        const int half = 20;
        Matrix<double> block = Draw(half, 8);
        double[,] matrix = new double[2 * half, 2 * half];
        for (int i = 0; i < half; i++)
        {
            for (int j = 0; j < half; j++)
            {
                matrix[i, j] = block[i, j];
                matrix[half + i, half + j] = 1e-20 * block[i, j];
            }
        }

        double[] expected = [.. block.Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real).Order()];

        double[] values = SymmetricEigen.Decompose(matrix, out _);

        Assert.All(expected.Zip(values), pair => Assert.Equal(1, 1e-20 * pair.First / pair.Second, 1e-9));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(64)]
    [InlineData(200)]
    public void The_longest_axis_is_found(int order)
    {
        Matrix<double> matrix = Draw(order, 9);
        double[] vector = new double[order];

        double value = SymmetricEigen.Largest(matrix.ToArray(), vector);

        double expected = matrix.Evd(Symmetricity.Symmetric).EigenValues.Max(number => number.Real);
        Vector<double> axis = Vector<double>.Build.DenseOfArray(vector);
        Assert.Equal(1, axis.L2Norm(), 1e-12);
        Assert.InRange(value / expected, 0.99, 1 + 1e-12);
        Assert.Equal(value, axis * matrix * axis, 0.01 * expected);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(45)]
    [InlineData(131)]
    public void Every_width_of_vectors_gives_what_plain_loops_give(int count)
    {
        DenseKernel oracle = new ScalarDenseKernel();
        List<DenseKernel> kernels = [new VectorDenseKernel<Vector128Operations, Vector128<double>>(), DenseKernel.Instance];
        foreach (DenseKernel kernel in kernels)
        {
            Assert.All(Results(oracle, count).Zip(Results(kernel, count)), pair => Assert.Equal(pair.First, pair.Second, 1e-12 * count));
        }
    }

    /// <summary>What all loops make of some numbers.</summary>
    private static double[] Results(DenseKernel kernel, int count)
    {
        SplitMix64 random = new(3);
        double[] numbers = [.. Enumerable.Range(0, 7 * count).Select(_ => random.NextDouble() - 0.5)];
        double[] sums = new double[2 * DenseKernel.Four];
        double[] factors = [0.5, -2, 0.25, 3];
        double dot;
        fixed (double* row = numbers, target = sums, four = factors)
        {
            double** rows = stackalloc double*[DenseKernel.Four] { row + (2 * count), row + (3 * count), row + (4 * count), row + (5 * count) };
            dot = kernel.Dot(row, row + count, count);
            kernel.Products(row, row + count, rows, count, target);
            kernel.Add(row, 1.5, row + count, count);
            kernel.AddFour(row + (6 * count), four, rows, count);
            kernel.Rotate(row, row + count, 0.6, 0.8, count);
        }

        return [dot, .. sums, .. numbers];
    }

    private static Matrix<double> Draw(int order, ulong seed)
    {
        SplitMix64 random = new(seed);
        Matrix<double> root = Matrix<double>.Build.Dense(order, order + 5, (_, _) => random.NextDouble() - 0.5);
        return (root * root.Transpose()) + (0.1 * Matrix<double>.Build.DenseIdentity(order));
    }

    private static Matrix<double> Lower(double[] packed, int order) =>
        Matrix<double>.Build.Dense(order, order, (i, j) => j <= i ? packed[3 + PackedMatrix.Index(i, j)] : 0);

    private static void AssertSame(Matrix<double> expected, Matrix<double> actual) =>
        Assert.True((expected - actual).L2Norm() <= 1e-10 * expected.L2Norm(), "The matrices differ.");
}

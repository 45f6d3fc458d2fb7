using CsCheck;
using GmmTools.Core.Tests.Support;
using GmmTools.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Xunit;
using Close = GmmTools.Core.Tests.Support.Close;

namespace GmmTools.Core.Tests.Numerics;

/// <summary>Packed triangles against MathNet's matrices.</summary>
public sealed class PackedMatrixTests
{
    private static readonly Gen<(int Order, int Offset, ulong Seed)> Cases =
        Gen.Select(Gen.Int[1, 12], Gen.Int[0, 5], Gen.ULong);

    [Fact]
    public void The_Cholesky_factor_is_that_of_MathNet() => Cases.Holds(
        (order, offset, seed) =>
        {
            Matrix<double> matrix = Draw(order, seed);
            double[] packed = Pack(matrix, offset);
            double[] factor = new double[packed.Length];
            Assert.True(PackedMatrix.TryCholesky(packed, offset, factor, offset, order));
            Matrix<double> expected = matrix.Cholesky().Factor;
            AssertSame(expected, factor, offset);
            Close.Relative(0.5 * matrix.Cholesky().DeterminantLn, PackedMatrix.SumLogDiagonal(factor, offset, order) + 0.0, 1e-10, "half log-determinant");

            // in place
            Assert.True(PackedMatrix.TryCholesky(packed, offset, packed, offset, order));
            Assert.Equal(factor, packed);
        },
        iter: 200);

    [Fact]
    public void The_inverse_of_a_factor_is_that_of_MathNet() => Cases.Holds(
        (order, offset, seed) =>
        {
            Matrix<double> factor = Draw(order, seed).Cholesky().Factor;
            double[] packed = Pack(factor, offset);
            double[] inverse = new double[packed.Length];
            PackedMatrix.InvertLower(packed, offset, inverse, offset, order);
            AssertSame(factor.Inverse(), inverse, offset);
        },
        iter: 200);

    [Fact]
    public void A_matrix_is_unpacked_whole()
    {
        double[,] matrix = PackedMatrix.Unpack([-1, 1, 2, 3, 4, 5, 6], 1, 3);
        Assert.Equal(new double[,] { { 1, 2, 4 }, { 2, 3, 5 }, { 4, 5, 6 } }, matrix);
    }

    [Theory]
    [InlineData(new[] { 0.0 })]
    [InlineData(new[] { -1.0 })]
    [InlineData(new[] { double.NaN })]
    [InlineData(new[] { double.PositiveInfinity })]
    [InlineData(new[] { 1.0, 2, 1 })]
    [InlineData(new[] { 1.0, 1, 1 })]
    [InlineData(new[] { 1.0, double.NaN, 1 })]
    public void What_is_not_positive_definite_has_no_factor(double[] packed) =>
        Assert.False(PackedMatrix.TryCholesky(packed, 0, new double[packed.Length], 0, packed.Length == 1 ? 1 : 2));

    [Fact]
    public void A_relative_pivot_tells_nearly_dependent_columns()
    {
        double[] packed = [1, 1, 1 + 1e-10];
        Assert.True(PackedMatrix.TryCholesky(packed, 0, new double[3], 0, 2, 1e-11));
        Assert.False(PackedMatrix.TryCholesky(packed, 0, new double[3], 0, 2, 1e-9));
    }

    [Fact]
    public void Eigenvalues_rise_and_eigenvectors_give_the_matrix_back() => Cases.Holds(
        (order, _, seed) =>
        {
            Matrix<double> matrix = Draw(order, seed);
            double[] values = SymmetricEigen.Decompose(matrix.ToArray(), out double[,] vectors);
            for (int i = 1; i < order; i++)
            {
                Assert.True(values[i] >= values[i - 1]);
            }

            Matrix<double> basis = Matrix<double>.Build.DenseOfArray(vectors);
            Matrix<double> product = basis * Matrix<double>.Build.DenseOfDiagonalArray(values) * basis.Transpose();
            Close.AllRelative(matrix.ToColumnMajorArray(), product.ToColumnMajorArray(), 1e-12, "matrix");
            Assert.Equal(values[0], SymmetricEigen.SmallestEigenvalue(matrix.ToArray()));
        },
        iter: 100);

    [Fact]
    public void A_matrix_that_is_not_finite_has_no_smallest_eigenvalue() =>
        Assert.True(double.IsNaN(SymmetricEigen.SmallestEigenvalue(new[,] { { 1, double.NaN }, { double.NaN, 1 } })));

    /// <summary>A positive definite matrix of moderate condition.</summary>
    private static Matrix<double> Draw(int order, ulong seed)
    {
        SplitMix64 random = new(seed);
        Matrix<double> factor = Matrix<double>.Build.Dense(order, order, (_, _) => random.NextNormal());
        return (factor * factor.Transpose()) + Matrix<double>.Build.DenseDiagonal(order, 0.5);
    }

    private static double[] Pack(Matrix<double> matrix, int offset)
    {
        double[] packed = new double[offset + PackedMatrix.Length(matrix.RowCount)];
        for (int i = 0; i < matrix.RowCount; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                packed[offset + PackedMatrix.Index(i, j)] = matrix[i, j];
            }
        }

        return packed;
    }

    private static void AssertSame(Matrix<double> expected, double[] actual, int offset) =>
        Close.AllRelative(Pack(expected, offset), actual, 1e-12, "triangle");
}

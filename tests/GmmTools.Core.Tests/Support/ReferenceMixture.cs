using System;
using System.Linq;
using GmmTools.Mixtures;
using MathNet.Numerics.LinearAlgebra;

namespace GmmTools.Core.Tests.Support;

/// <summary>
/// A mixture computed as the textbook writes it, with MathNet's matrices and nothing of the library's arithmetic: the oracle of
/// E-steps and M-steps. Good for small, well scaled problems only.
/// </summary>
internal sealed class ReferenceMixture
{
    public ReferenceMixture(double[] weights, Vector<double>[] means, Matrix<double>[] covariances)
    {
        Weights = weights;
        Means = means;
        Covariances = covariances;
    }

    public double[] Weights { get; }

    public Vector<double>[] Means { get; }

    public Matrix<double>[] Covariances { get; }

    public static ReferenceMixture Of(GaussianMixture mixture) => new(
        [.. mixture.Components.Select(component => component.Weight)],
        [.. mixture.Components.Select(component => Vector<double>.Build.Dense(component.Mean))],
        [.. mixture.Components.Select(component => Matrix<double>.Build.DenseOfArray(component.Covariance))]);

    /// <summary>log N(x | μ, Σ) = −½(d·log 2π + log|Σ| + (x − μ)ᵀΣ⁻¹(x − μ)).</summary>
    public static double LogNormal(Vector<double> row, Vector<double> mean, Matrix<double> covariance)
    {
        Vector<double> difference = row - mean;
        return -0.5 * ((row.Count * Math.Log(2 * Math.PI)) + Math.Log(covariance.Determinant())
            + difference.DotProduct(covariance.Inverse() * difference));
    }

    public double LogDensity(Vector<double> row)
    {
        double[] terms = LogTerms(row);
        double largest = terms.Max();
        return largest + Math.Log(terms.Sum(term => Math.Exp(term - largest)));
    }

    public double LogLikelihood(double[,] rows) =>
        Enumerable.Range(0, rows.GetLength(0)).Sum(i => LogDensity(RowOf(rows, i)));

    /// <summary>rᵢₖ of all rows, n × K.</summary>
    public double[,] Responsibilities(double[,] rows)
    {
        double[,] responsibilities = new double[rows.GetLength(0), Weights.Length];
        for (int i = 0; i < rows.GetLength(0); i++)
        {
            double logDensity = LogDensity(RowOf(rows, i));
            double[] terms = LogTerms(RowOf(rows, i));
            for (int k = 0; k < terms.Length; k++)
            {
                responsibilities[i, k] = Math.Exp(terms[k] - logDensity);
            }
        }

        return responsibilities;
    }

    /// <summary>Whether the model has no closed M-step, so that there is nothing here to compare it with.</summary>
    public static bool Iterates(CovarianceModel model) => model is CovarianceModel.VEI or CovarianceModel.VEE or CovarianceModel.VEV
        or CovarianceModel.EVE or CovarianceModel.VVE;

    /// <summary>The M-step from explicit responsibilities; Celeux and Govaert (1995).</summary>
    public static ReferenceMixture Maximize(double[,] rows, double[,] responsibilities, CovarianceModel model)
    {
        int count = rows.GetLength(0);
        int componentCount = responsibilities.GetLength(1);
        double[] sizes = new double[componentCount];
        Vector<double>[] means = new Vector<double>[componentCount];
        Matrix<double>[] scatters = new Matrix<double>[componentCount];
        for (int k = 0; k < componentCount; k++)
        {
            sizes[k] = Enumerable.Range(0, count).Sum(i => responsibilities[i, k]);
            means[k] = Enumerable.Range(0, count).Select(i => responsibilities[i, k] * RowOf(rows, i)).Aggregate((a, b) => a + b) / sizes[k];
            scatters[k] = Scatter(rows, responsibilities, k, means[k]);
        }

        double total = sizes.Sum();
        return new ReferenceMixture([.. sizes.Select(size => size / total)], means, Covariance(model, sizes, scatters));
    }

    /// <summary>Σ rᵢₖ·(log wₖ + log N(xᵢ | μₖ, Σₖ)): what an M-step maximises.</summary>
    public double ExpectedLogLikelihood(double[,] rows, double[,] responsibilities)
    {
        double sum = 0;
        for (int i = 0; i < rows.GetLength(0); i++)
        {
            double[] terms = LogTerms(RowOf(rows, i));
            for (int k = 0; k < terms.Length; k++)
            {
                sum += responsibilities[i, k] * terms[k];
            }
        }

        return sum;
    }

    public static Vector<double> RowOf(double[,] rows, int index) => Vector<double>.Build.Dense(TestData.Row(rows, index));

    private static Matrix<double> Scatter(double[,] rows, double[,] responsibilities, int component, Vector<double> mean)
    {
        Matrix<double> scatter = Matrix<double>.Build.Dense(mean.Count, mean.Count);
        for (int i = 0; i < rows.GetLength(0); i++)
        {
            Vector<double> difference = RowOf(rows, i) - mean;
            scatter += responsibilities[i, component] * difference.OuterProduct(difference);
        }

        return scatter;
    }

    /// <summary>The models with a closed form, written with the determinants and eigenvectors of Celeux and Govaert (1995), table 1.</summary>
    private static Matrix<double>[] Covariance(CovarianceModel model, double[] sizes, Matrix<double>[] scatters)
    {
        int order = scatters[0].RowCount;
        double total = sizes.Sum();
        Matrix<double> pooled = scatters.Aggregate((a, b) => a + b) / total;
        Matrix<double>[] diagonals = [.. scatters.Select(scatter => Matrix<double>.Build.DenseOfDiagonalVector(scatter.Diagonal()))];
        return [.. scatters.Select((scatter, k) => model switch
        {
            CovarianceModel.VVV => scatter / sizes[k],
            CovarianceModel.EEE => pooled,
            CovarianceModel.VVI => diagonals[k] / sizes[k],
            CovarianceModel.EEI => Matrix<double>.Build.DenseOfDiagonalVector(pooled.Diagonal()),
            CovarianceModel.VII => Matrix<double>.Build.DenseDiagonal(order, scatter.Trace() / (order * sizes[k])),
            CovarianceModel.EII => Matrix<double>.Build.DenseDiagonal(order, pooled.Trace() / order),
            CovarianceModel.EVI => Volume(diagonals, total) * diagonals[k] / Root(diagonals[k]),
            CovarianceModel.EVV => Volume(scatters, total) * scatter / Root(scatter),
            CovarianceModel.EEV => OneShape(scatters, k) / total,
            _ => throw new ArgumentOutOfRangeException(nameof(model)),
        })];
    }

    private static double Root(Matrix<double> matrix) => Math.Pow(matrix.Determinant(), 1.0 / matrix.RowCount);

    private static double Volume(Matrix<double>[] scatters, double total) => scatters.Sum(Root) / total;

    /// <summary>The sum of the eigenvalues of all scatters, in order of size, along the eigenvectors of one.</summary>
    private static Matrix<double> OneShape(Matrix<double>[] scatters, int component)
    {
        Vector<double> values = scatters.Select(scatter => scatter.Evd(Symmetricity.Symmetric).EigenValues.Map(value => value.Real)).Aggregate((a, b) => a + b);
        Matrix<double> vectors = scatters[component].Evd(Symmetricity.Symmetric).EigenVectors;
        return vectors * Matrix<double>.Build.DenseOfDiagonalVector(values) * vectors.Transpose();
    }

    private double[] LogTerms(Vector<double> row) =>
        [.. Weights.Select((weight, k) => Math.Log(weight) + LogNormal(row, Means[k], Covariances[k]))];
}

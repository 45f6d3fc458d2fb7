using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace GmmTools.Numerics;

/// <summary>Eigenvalues and eigenvectors of small symmetric matrices, by MathNet's managed code.</summary>
internal static class SymmetricEigen
{
    static SymmetricEigen()
    {
        // Otherwise the first use looks for native providers, which an environment variable of the user can break.
        Control.UseManaged();
    }

    /// <summary>The smallest eigenvalue; NaN when an entry is not finite.</summary>
    public static double SmallestEigenvalue(double[,] symmetric)
    {
        foreach (double entry in symmetric)
        {
            if (double.IsNaN(entry) || double.IsInfinity(entry))
            {
                return double.NaN;
            }
        }

        return Decompose(symmetric, out _)[0];
    }

    /// <summary>Eigenvalues in increasing order, and the matching eigenvectors as columns.</summary>
    public static double[] Decompose(double[,] symmetric, out double[,] vectors)
    {
        Evd<double> decomposition = Matrix<double>.Build.DenseOfArray(symmetric).Evd(Symmetricity.Symmetric);
        vectors = decomposition.EigenVectors.ToArray();
        double[] values = new double[symmetric.GetLength(0)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = decomposition.EigenValues[i].Real;
        }

        return values;
    }
}

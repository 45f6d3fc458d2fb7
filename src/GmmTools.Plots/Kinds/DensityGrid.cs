using System;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Plots.Figures;
using GmmTools.Scoring;

namespace GmmTools.Plots.Kinds;

/// <summary>A mixture of two columns over the plane of two axes.</summary>
internal sealed class DensityGrid
{
    private DensityGrid(double[] x, double[] y)
    {
        X = x;
        Y = y;
        LogDensity = new double[y.Length, x.Length];
        Uncertainty = new double[y.Length, x.Length];
    }

    /// <summary>Places along the lower axis.</summary>
    public double[] X { get; }

    /// <summary>Places along the left axis.</summary>
    public double[] Y { get; }

    /// <summary>Log-density per unit of the columns: a row for each place of the left axis.</summary>
    public double[,] LogDensity { get; }

    /// <summary>1 − the largest responsibility, likewise.</summary>
    public double[,] Uncertainty { get; private init; }

    /// <summary>The largest density.</summary>
    public double Maximum { get; private set; }

    /// <summary>Scores a grid.</summary>
    /// <param name="mixture">A mixture of two columns.</param>
    /// <param name="x">The axis of its first column.</param>
    /// <param name="y">The axis of its second column.</param>
    /// <param name="size">Number of places along each axis.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static DensityGrid Score(GaussianMixture mixture, Axis x, Axis y, int size, CancellationToken cancellationToken)
    {
        DensityGrid grid = new(x.Places(size), y.Places(size));
        MixtureScorer scorer = new(mixture);
        double[] row = new double[2];
        for (int i = 0; i < size; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            row[1] = y.ToValue(grid.Y[i]);
            for (int j = 0; j < size; j++)
            {
                row[0] = x.ToValue(grid.X[j]);
                double score = scorer.Score(row);
                grid.LogDensity[i, j] = score;
                grid.Uncertainty[i, j] = 1 - scorer.Probability;
                grid.Maximum = Math.Max(grid.Maximum, Math.Exp(score));
            }
        }

        return grid;
    }

    /// <summary>The same as a density over the picture: per decade of a column whose axis is logarithmic.</summary>
    /// <param name="x">The lower axis.</param>
    /// <param name="y">The left axis.</param>
    public DensityGrid PerPlace(Axis x, Axis y)
    {
        DensityGrid grid = new(X, Y) { Uncertainty = Uncertainty };
        for (int i = 0; i < Y.Length; i++)
        {
            for (int j = 0; j < X.Length; j++)
            {
                double score = LogDensity[i, j] + Math.Log(x.Stretch(X[j]) * y.Stretch(Y[i]));
                grid.LogDensity[i, j] = score;
                grid.Maximum = Math.Max(grid.Maximum, Math.Exp(score));
            }
        }

        return grid;
    }

    /// <summary>The density, row by row as <see cref="LogDensity"/>.</summary>
    public double[,] ToDensity()
    {
        double[,] density = new double[Y.Length, X.Length];
        for (int i = 0; i < Y.Length; i++)
        {
            for (int j = 0; j < X.Length; j++)
            {
                density[i, j] = Math.Exp(LogDensity[i, j]);
            }
        }

        return density;
    }
}

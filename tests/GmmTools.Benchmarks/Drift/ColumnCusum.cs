using System;
using System.Linq;
using GmmTools.Mixtures;

namespace GmmTools.Benchmarks.Drift;

/// <summary>What a chart of the means of columns does: Page's CUSUM of each column, up and down, in standard deviations of the baseline's rows.</summary>
internal sealed class ColumnCusum
{
    /// <summary>Half the shift that it is made for, in standard deviations.</summary>
    private const double Reference = 0.25;

    private readonly double[] _means;
    private readonly double[] _deviations;
    private readonly double[] _sums;

    public ColumnCusum(GaussianMixture baseline)
    {
        int d = baseline.Dimension;
        _means = [.. Enumerable.Range(0, d).Select(j => baseline.Components.Sum(of => of.Weight * of.Mean[j]))];
        _deviations = [.. Enumerable.Range(0, d).Select(j =>
            Math.Sqrt(baseline.Components.Sum(of => of.Weight * (of.Covariance[j, j] + ((of.Mean[j] - _means[j]) * (of.Mean[j] - _means[j]))))))];
        _sums = new double[2 * d];
    }

    /// <summary>Takes a row.</summary>
    /// <returns>The largest of the sums.</returns>
    public double Take(double[] row)
    {
        for (int j = 0; j < row.Length; j++)
        {
            double z = (row[j] - _means[j]) / _deviations[j];
            _sums[2 * j] = Math.Max(0, _sums[2 * j] + z - Reference);
            _sums[(2 * j) + 1] = Math.Max(0, _sums[(2 * j) + 1] - z - Reference);
        }

        return _sums.Max();
    }
}

using System;
using System.Linq;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Plots.Figures;

namespace GmmTools.Plots.Kinds;

/// <summary>A histogram of one column as a density, so that it can stand beneath the density of a mixture.</summary>
internal sealed class Histogram
{
    private const int MinBins = 5;
    private const int MaxBins = 200;
    private const double MinWeight = 0.05;
    private const double ScottFactor = 3.49;

    /// <summary>No 2.5: whole numbers would fall into bins of two and three in turn.</summary>
    private static readonly double[] RoundFactors = [1, 2, 4, 5, 10];

    private Histogram(double[] edges, double[] heights)
    {
        Edges = edges;
        Heights = heights;
    }

    /// <summary>B + 1 edges, as places on the axis.</summary>
    public double[] Edges { get; }

    /// <summary>B heights: the share of the weight in the bin, over its width on the axis: in units of the column, or in decades.</summary>
    public double[] Heights { get; }

    /// <summary>
    /// Counts all rows. The bins are as wide as D. Scott says for the narrowest component that matters (On optimal and data-based
    /// histograms, Biometrika 66 (1979) 605-610), rounded, and begin at round values.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="column">The column.</param>
    /// <param name="axis">Where its values stand.</param>
    /// <param name="mixture">The mixture of this column.</param>
    /// <param name="cancellationToken">Stops the counting.</param>
    public static Histogram Count(IObservations rows, int column, Axis axis, GaussianMixture mixture, CancellationToken cancellationToken)
    {
        double first = axis.Scale == AxisScale.Logarithmic ? axis.First : Math.Max(axis.First, rows.Minimum[column]);
        double last = axis.Scale == AxisScale.Logarithmic ? axis.Last : Math.Min(axis.Last, rows.Maximum[column]);
        (first, last) = last > first ? (first, last) : (axis.First, axis.Last);
        double width = RoundWidth(Math.Max((last - first) / MaxBins, Math.Min((last - first) / MinBins, ChooseWidth(mixture, axis, rows.TotalWeight))));
        double origin = Math.Floor(first / width) * width;
        double[] counts = new double[(int)Math.Floor((last - origin) / width) + 1];
        double total = 0;
        foreach ((double[] row, double weight) in rows.EnumerateWeighted())
        {
            cancellationToken.ThrowIfCancellationRequested();
            double bin = Math.Floor((axis.ToPlace(row[column]) - origin) / width);
            total += double.IsNaN(row[column]) ? 0 : weight;
            if (bin >= 0 && bin < counts.Length)
            {
                counts[(int)bin] += weight;
            }
        }

        double[] edges = [.. Enumerable.Range(0, counts.Length + 1).Select(b => origin + (width * b))];
        double[] heights = [.. counts.Select(count => count / total / width)];
        return new Histogram(edges, heights);
    }

    private static double ChooseWidth(GaussianMixture mixture, Axis axis, double count)
    {
        double narrowest = double.PositiveInfinity;
        foreach (GaussianComponent component in mixture.Components.Where(component => component.Weight >= MinWeight))
        {
            double mean = component.Mean[0];
            double deviation = component.StandardDeviation[0];
            double spread = axis.Scale == AxisScale.Logarithmic ? deviation / Math.Max(Math.Abs(mean), deviation) / Math.Log(10) : deviation;
            narrowest = Math.Min(narrowest, ScottFactor * spread / Math.Pow(Math.Max(1, component.Weight * count), 1.0 / 3));
        }

        return narrowest;
    }

    private static double RoundWidth(double width)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(width)));
        return RoundFactors.OrderBy(factor => Math.Abs(Math.Log(factor * power / width))).First() * power;
    }
}

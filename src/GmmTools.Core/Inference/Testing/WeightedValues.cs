using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Inference.Testing;

/// <summary>The values of a column in a sample, and how often each counts.</summary>
internal sealed class WeightedValues
{
    private readonly List<(double Value, double Weight)> _rows = [];

    /// <summary>The values and how often each counts.</summary>
    public IReadOnlyList<(double Value, double Weight)> Rows => _rows;

    /// <summary>Number of values.</summary>
    public int Count => _rows.Count;

    /// <summary>Sum of the weights.</summary>
    public double TotalWeight { get; private set; }

    /// <summary>Adds a value; one that is missing, or counts 0 times, is left out.</summary>
    /// <param name="value">The value.</param>
    /// <param name="weight">How often it counts.</param>
    public void Add(double value, double weight = 1)
    {
        if (!double.IsNaN(value) && weight > 0)
        {
            _rows.Add((value, weight));
            TotalWeight += weight;
        }
    }

    /// <summary>The mean; NaN of none.</summary>
    public double Mean()
    {
        // each value is divided first: sums of large values stay finite
        double mean = 0;
        foreach ((double value, double weight) in _rows)
        {
            mean += value * (weight / TotalWeight);
        }

        return Count == 0 ? double.NaN : mean;
    }

    /// <summary>The median: half of the weight lies on either side; between two values where it does at both. NaN of none.</summary>
    public double Median()
    {
        (double Value, double Weight)[] sorted = [.. _rows.OrderBy(row => row.Value)];
        double below = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            below += sorted[i].Weight;
            if (i == sorted.Length - 1 || below > 0.5 * TotalWeight)
            {
                return sorted[i].Value;
            }

            if (below == 0.5 * TotalWeight)
            {
                return (0.5 * sorted[i].Value) + (0.5 * sorted[i + 1].Value);
            }
        }

        return double.NaN;
    }

    /// <summary>The squared standard error of the mean.</summary>
    public double SquaredError()
    {
        double mean = Mean();
        double sum = 0;
        foreach ((double value, double weight) in _rows)
        {
            double part = weight / TotalWeight * (value - mean);
            sum += part * part;
        }

        return Count < 2 ? double.NaN : sum * Count / (Count - 1.0);
    }
}

using System;
using System.Collections.Generic;

namespace GmmTools.Inference.Testing;

/// <summary>The values of a column in a sample, and how often each counts.</summary>
public sealed class WeightedValues
{
    private readonly List<double> _values = [];
    private readonly List<double> _weights = [];

    /// <summary>The values.</summary>
    public IReadOnlyList<double> Values => _values;

    /// <summary>How often each counts.</summary>
    public IReadOnlyList<double> Weights => _weights;

    /// <summary>Sum of the weights.</summary>
    public double TotalWeight { get; private set; }

    /// <summary>Adds a value; one that is missing, or counts 0 times, is left out.</summary>
    /// <param name="value">The value.</param>
    /// <param name="weight">How often it counts.</param>
    public void Add(double value, double weight = 1)
    {
        if (!double.IsNaN(value) && weight > 0)
        {
            _values.Add(value);
            _weights.Add(weight);
            TotalWeight += weight;
        }
    }

    /// <summary>The mean; NaN of none.</summary>
    public double Mean()
    {
        // each value is divided first: sums of large values stay finite
        double mean = 0;
        for (int i = 0; i < _values.Count; i++)
        {
            mean += _values[i] * (_weights[i] / TotalWeight);
        }

        return _values.Count == 0 ? double.NaN : mean;
    }

    /// <summary>The squared standard error of the mean.</summary>
    internal double SquaredError()
    {
        double mean = Mean();
        double sum = 0;
        for (int i = 0; i < _values.Count; i++)
        {
            double part = _weights[i] / TotalWeight * (_values[i] - mean);
            sum += part * part;
        }

        return sum * _values.Count / Math.Max(1, _values.Count - 1);
    }
}

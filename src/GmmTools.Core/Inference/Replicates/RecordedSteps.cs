using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Observations;

namespace GmmTools.Inference.Replicates;

/// <summary>The steps in which the columns of rows were recorded, such as 0.1 or 5, so that rows that are drawn can be recorded likewise.</summary>
internal sealed class RecordedSteps
{
    private const double MaxRounding = 1e-6;

    /// <summary>So many steps away, a number is a multiple of anything.</summary>
    private const double MaxMultiple = 1e9;
    private const int MaxDecimals = 9;

    private readonly double[] _steps;
    private readonly double[] _origins;

    /// <param name="rows">The rows.</param>
    public RecordedSteps(IObservations rows)
    {
        SortedSet<double>[] values = [.. rows.Property.Select(_ => new SortedSet<double>())];
        foreach ((double[] row, double _) in rows.EnumerateWeighted())
        {
            for (int j = 0; j < row.Length; j++)
            {
                if (!double.IsNaN(row[j]))
                {
                    values[j].Add(row[j]);
                }
            }
        }

        (double Step, double Origin)[] found = Array.ConvertAll(values, Find);
        _steps = Array.ConvertAll(found, one => one.Step);
        _origins = Array.ConvertAll(found, one => one.Origin);
    }

    /// <summary>The steps by column; 0 where there are none.</summary>
    public IReadOnlyList<double> Steps => _steps;

    /// <summary>Records rows.</summary>
    /// <param name="values">Numbers, row after row.</param>
    /// <param name="count">How many of them there are.</param>
    public void Record(double[] values, int count)
    {
        for (int i = 0; i < count; i++)
        {
            int j = i % _steps.Length;
            if (_steps[j] > 0)
            {
                values[i] = _origins[j] + (_steps[j] * Math.Round((values[i] - _origins[j]) / _steps[j]));
            }
        }
    }

    /// <summary>The least distance between two values where all others are whole multiples of it, or else the decimals that they have.</summary>
    private static (double Step, double Origin) Find(SortedSet<double> values)
    {
        if (values.Count < 2)
        {
            return (0, 0);
        }

        double origin = values.Min;
        double least = values.Zip(values.Skip(1), (one, next) => next - one).Min();
        if (AreMultiples(values, origin, least))
        {
            return (least, origin);
        }

        for (int decimals = 0; decimals <= MaxDecimals; decimals++)
        {
            double step = Math.Pow(10, -decimals);
            if (AreMultiples(values, 0, step))
            {
                return (step, 0);
            }
        }

        return (0, 0);
    }

    private static bool AreMultiples(SortedSet<double> values, double origin, double step) => values.All(value =>
    {
        double multiple = (value - origin) / step;
        return Math.Abs(multiple) < MaxMultiple && Math.Abs(multiple - Math.Round(multiple)) < MaxRounding;
    });
}

using System;

namespace GmmTools.Inference.Watching;

/// <summary>What is kept of the rows so far: for each step of each departure, the sum of likelihood ratios over all rows at which it may have begun, the largest of
/// them (the exponential of the CUSUM) and the row of which that is, and what the rows since then have.</summary>
internal sealed class WatchState
{
    /// <summary>Sums stay far from the end of the range of numbers.</summary>
    public const double LargestInterval = 1e15;

    /// <param name="count">Number of steps of all departures.</param>
    public WatchState(int count)
    {
        Evidence = new double[count];
        Cusums = new double[count];
        Starts = new long[count];
        Weights = new double[count];
        Values = new double[count];
    }

    /// <summary>Rₙ of each step.</summary>
    public double[] Evidence { get; }

    /// <summary>exp of the CUSUM of each step.</summary>
    public double[] Cusums { get; }

    /// <summary>The row, from 1, at which each CUSUM last began.</summary>
    public long[] Starts { get; }

    /// <summary>Sums since then of how much rows count.</summary>
    public double[] Weights { get; }

    /// <summary>Sums since then of how much rows count times their values.</summary>
    public double[] Values { get; }

    /// <summary>The weighted mean of the evidence.</summary>
    public double Statistic { get; set; }

    public long RowCount { get; set; }

    public long WatchedRowCount { get; set; }

    public long AlarmCount { get; set; }

    /// <summary>Forgets all evidence.</summary>
    public void BeginAnew()
    {
        foreach (Array numbers in new Array[] { Evidence, Cusums, Starts, Weights, Values })
        {
            Array.Clear(numbers, 0, numbers.Length);
        }

        Statistic = 0;
        WatchedRowCount = 0;
    }

    /// <summary>Takes the likelihood ratio of the next row, whose number is <see cref="RowCount"/>.</summary>
    public void Add(int step, double ratio, double weight, double value)
    {
        if (!(Cusums[step] > 1))
        {
            Cusums[step] = 1;
            Starts[step] = RowCount;
            Weights[step] = 0;
            Values[step] = 0;
        }

        Cusums[step] *= ratio;
        Evidence[step] = (1 + Evidence[step]) * ratio;
        Weights[step] += weight;
        Values[step] += weight * value;
    }
}

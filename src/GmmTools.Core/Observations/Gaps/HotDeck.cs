using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Numerics;

namespace GmmTools.Observations.Gaps;

/// <summary>
/// Fills the gaps of rows with cells of other rows that are near in the columns that both have (hot-deck imputation: Andridge and
/// Little, International Statistical Review 78 (2010) 40-64). Unlike a regression this keeps clusters apart and flattens none, which
/// is what a search for starts needs; it is no estimate.
/// </summary>
internal sealed class HotDeck
{
    /// <summary>Rows that cells are taken from: enough to hold a near one, few enough to be compared with every row.</summary>
    private const int MaxDonors = 300;

    private const int RowsPerCheck = 256;

    private readonly int _dimension;
    private readonly List<double[]> _rows = [];
    private readonly List<double> _weights = [];
    private double[] _scales = [];

    /// <param name="dimension">Number of columns, d.</param>
    public HotDeck(int dimension)
    {
        _dimension = dimension;
    }

    /// <summary>Takes a row, NaN where it has a gap; the row is kept and filled.</summary>
    public void Add(double[] row, double weight)
    {
        _rows.Add(row);
        _weights.Add(weight);
    }

    /// <summary>The rows, whole.</summary>
    /// <param name="property">Names of the columns.</param>
    /// <param name="weighted">Whether rows have weights.</param>
    /// <param name="fallback">d values for columns of which no row has one.</param>
    /// <param name="random">Chooses the donors.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public InMemoryObservations Build(
        IReadOnlyList<string> property, bool weighted, double[] fallback, SplitMix64 random, CancellationToken cancellationToken)
    {
        _scales = [.. Enumerable.Range(0, _dimension).Select(Scale)];
        double[][] donors = ChooseDonors(random);
        ObservationsBuilder builder = new(property, weighted);
        double[] whole = new double[_dimension];
        double[] distances = new double[donors.Length];
        for (int i = 0; i < _rows.Count; i++)
        {
            if (i % RowsPerCheck == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            Fill(_rows[i], donors, distances, fallback, whole);
            builder.Add(whole, weighted ? _weights[i] : 1);
        }

        return builder.Build();
    }

    /// <summary>Random rows, and for every column at least one that has it, where there is one. A row that came many times is one donor: rows
    /// that are repeated are filled like rows that have weights.</summary>
    private double[][] ChooseDonors(SplitMix64 random)
    {
        double[][] distinct = [.. _rows.Distinct(new SameCells())];
        double[][] shuffled = [.. random.NextPermutation(distinct.Length).Select(i => distinct[i])];
        List<double[]> donors = [.. shuffled.Take(MaxDonors)];
        for (int j = 0; j < _dimension; j++)
        {
            if (!donors.Exists(row => !double.IsNaN(row[j])) && Array.Find(shuffled, row => !double.IsNaN(row[j])) is double[] donor)
            {
                donors.Add(donor);
            }
        }

        // copies, as the rows themselves are filled one after the other
        return [.. donors.Select(row => (double[])row.Clone())];
    }

    private void Fill(double[] row, double[][] donors, double[] distances, double[] fallback, double[] whole)
    {
        Array.Copy(row, whole, _dimension);
        if (!Array.Exists(row, double.IsNaN))
        {
            return;
        }

        for (int donor = 0; donor < donors.Length; donor++)
        {
            distances[donor] = Distance(row, donors[donor]);
        }

        for (int j = 0; j < _dimension; j++)
        {
            if (double.IsNaN(row[j]))
            {
                whole[j] = Nearest(donors, distances, j) is double[] donor ? donor[j] : fallback[j];
            }
        }
    }

    private static double[]? Nearest(double[][] donors, double[] distances, int column)
    {
        int best = -1;
        for (int donor = 0; donor < donors.Length; donor++)
        {
            if (!double.IsNaN(donors[donor][column]) && (best < 0 || distances[donor] < distances[best]))
            {
                best = donor;
            }
        }

        return best < 0 ? null : donors[best];
    }

    /// <summary>Mean squared difference over the columns that both have, in standard deviations; large where they share none.</summary>
    private double Distance(double[] row, double[] donor)
    {
        double sum = 0;
        int shared = 0;
        for (int j = 0; j < _dimension; j++)
        {
            double difference = (row[j] - donor[j]) * _scales[j];
            if (!double.IsNaN(difference))
            {
                sum += difference * difference;
                shared++;
            }
        }

        return shared == 0 ? double.MaxValue : sum / shared;
    }

    /// <summary>One over the standard deviation of what is there of a column; 0 where it does not vary.</summary>
    private double Scale(int column)
    {
        double count = 0;
        double mean = 0;
        double scatter = 0;
        for (int i = 0; i < _rows.Count; i++)
        {
            double value = _rows[i][column];
            if (!double.IsNaN(value))
            {
                count += _weights[i];
                double difference = value - mean;
                mean += _weights[i] / count * difference;
                scatter += _weights[i] * difference * (value - mean);
            }
        }

        return scatter > 0 ? Math.Sqrt(count / scatter) : 0;
    }

    /// <summary>Rows are the same whose cells are, gaps included.</summary>
    private sealed class SameCells : IEqualityComparer<double[]>
    {
        public bool Equals(double[]? left, double[]? right) => left!.SequenceEqual(right!);

        public int GetHashCode(double[] row)
        {
            int hash = 17;
            foreach (double cell in row)
            {
                hash = unchecked((31 * hash) + cell.GetHashCode());
            }

            return hash;
        }
    }
}

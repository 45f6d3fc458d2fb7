using System;
using System.Collections.Generic;
using GmmTools.Mixtures;
using GmmTools.Observations.Intake;

namespace GmmTools.Scoring;

/// <summary>Points at equal distances over a line or a rectangle, in blocks; the last column runs fastest.</summary>
public sealed class DensityGrid
{
    private const int PointsPerBlock = 4096;

    /// <summary>How far a grid goes beyond the means, in standard deviations, where nothing is said.</summary>
    private const double Reach = 4;

    private readonly double[] _from;
    private readonly double[] _to;
    private readonly int[] _count;

    /// <summary>Lays out a grid.</summary>
    /// <param name="mixture">A mixture of one or two columns.</param>
    /// <param name="from">Where it begins: one number, or one per column; null for four standard deviations below the least mean.</param>
    /// <param name="to">Where it ends, included; null for four standard deviations above the largest mean.</param>
    /// <param name="count">Number of points: one number for all columns, or one per column.</param>
    /// <exception cref="InvalidMixtureException">The mixture has more columns (GridDimension), the numbers are not one or as many as
    /// columns, a range is empty or there are fewer than two points (InvalidGrid).</exception>
    public DensityGrid(GaussianMixture mixture, double[]? from, double[]? to, int[] count)
    {
        if (mixture.Dimension > 2)
        {
            throw new InvalidMixtureException(
                "GridDimension",
                FormattableString.Invariant($"The mixture has {Counted.Of(mixture.Dimension, "column")}, but a grid has one or two."),
                mixture)
            { Remedy = new Remedy("ChooseGridColumns", mixture.Property[0], mixture.Property[1]) };
        }

        _from = from is null ? Extent(mixture, -1) : Spread(from, mixture.Dimension, "From");
        _to = to is null ? Extent(mixture, 1) : Spread(to, mixture.Dimension, "To");
        _count = Spread(count, mixture.Dimension, "Count");
        for (int j = 0; j < mixture.Dimension; j++)
        {
            if (!(_from[j] < _to[j]) || double.IsInfinity(_from[j]) || double.IsInfinity(_to[j]) || _count[j] < 2)
            {
                throw new InvalidMixtureException(
                    "InvalidGrid",
                    FormattableString.Invariant($"A grid of {Counted.Of(_count[j], "point")} from {_from[j]:R} to {_to[j]:R} over '{mixture.Property[j]}' is none."),
                    mixture.Property[j])
                { Remedy = new Remedy("GiveRange") };
            }
        }
    }

    /// <summary>Number of points.</summary>
    public long Count
    {
        get
        {
            long count = 1;
            foreach (int along in _count)
            {
                count *= along;
            }

            return count;
        }
    }

    /// <summary>The points.</summary>
    /// <returns>Blocks of some thousand points.</returns>
    public IEnumerable<RowBlock> Blocks()
    {
        List<RowBlock> full = [];
        RowBlockBuilder builder = new(_count.Length, PointsPerBlock, full.Add);
        double[] point = new double[_count.Length];
        for (long i = 0; i < Count; i++)
        {
            Locate(i, point);
            builder.Add(point, i + 1);
            if (full.Count > 0)
            {
                yield return full[0];
                full.Clear();
            }
        }

        yield return builder.Take();
    }

    private void Locate(long index, double[] point)
    {
        for (int j = _count.Length - 1; j >= 0; j--)
        {
            int step = (int)(index % _count[j]);
            index /= _count[j];

            // the ends are met exactly, and no difference of far ends overflows
            double share = (double)step / (_count[j] - 1);
            point[j] = step == _count[j] - 1 ? _to[j] : (_from[j] * (1 - share)) + (_to[j] * share);
        }
    }

    private static double[] Extent(GaussianMixture mixture, int side)
    {
        double[] ends = new double[mixture.Dimension];
        for (int j = 0; j < ends.Length; j++)
        {
            ends[j] = double.NegativeInfinity;
            foreach (GaussianComponent component in mixture.Components)
            {
                ends[j] = Math.Max(ends[j], (side * component.Mean[j]) + (Reach * component.StandardDeviation[j]));
            }

            ends[j] *= side;
        }

        return ends;
    }

    private static T[] Spread<T>(T[] values, int dimension, string name)
    {
        if (values.Length == dimension)
        {
            return values;
        }

        if (values.Length != 1)
        {
            throw new InvalidMixtureException(
                "InvalidGrid",
                FormattableString.Invariant($"The grid's {name.ToLowerInvariant()} has {Counted.Of(values.Length, "number")}, but the mixture has {Counted.Of(dimension, "column")}."),
                values)
            { Remedy = new Remedy("GiveNumberPerColumn", name) };
        }

        T[] spread = new T[dimension];
        for (int j = 0; j < dimension; j++)
        {
            spread[j] = values[0];
        }

        return spread;
    }
}

using System;
using System.Collections.Generic;

namespace GmmTools.Numerics;

/// <summary>
/// What the M-step needs to know of the rows: for every component the weight nₖ = Σ w·rₖ, and the first and second moments of
/// x − μₖ about the mean that the E-step used, so that nothing cancels. Statistics of two parts add up to those of the whole.
/// </summary>
public sealed class SufficientStatistics
{
    /// <summary>All sums that add up over rows, whatever they mean.</summary>
    private readonly double[][] _sums;

    /// <summary>The log-likelihood, the entropy and the total weight.</summary>
    private readonly double[] _totals = new double[3];

    /// <summary>The weight of the background, or nothing.</summary>
    private readonly double[] _background;

    /// <summary>Creates statistics that are all zero.</summary>
    /// <param name="componentCount">Number of components, K.</param>
    /// <param name="dimension">Number of columns, d.</param>
    /// <param name="shape">Diagonal or whole scatter matrices.</param>
    public SufficientStatistics(int componentCount, int dimension, CovarianceShape shape)
        : this(componentCount, dimension, shape, FurtherSums.None)
    {
    }

    /// <summary>Creates statistics that are all zero, with sums beside the moments.</summary>
    internal SufficientStatistics(int componentCount, int dimension, CovarianceShape shape, FurtherSums further)
    {
        ComponentCount = componentCount;
        Dimension = dimension;
        Shape = shape;
        ScatterLength = shape == CovarianceShape.Full ? PackedMatrix.Length(dimension) : dimension;
        Centres = new double[componentCount * dimension];
        Weights = new double[componentCount];
        FirstMoments = new double[componentCount * dimension];
        Scatters = new double[componentCount * ScatterLength];
        Further = further;
        MomentWeights = new double[further.HasFlag(FurtherSums.MomentWeights) ? componentCount : 0];
        LogMomentWeights = new double[MomentWeights.Length];
        _background = new double[further.HasFlag(FurtherSums.BackgroundWeight) ? 1 : 0];
        _sums = [Weights, FirstMoments, Scatters, _totals, MomentWeights, LogMomentWeights, _background];
    }

    /// <summary>Number of components, K.</summary>
    public int ComponentCount { get; }

    /// <summary>Number of columns, d.</summary>
    public int Dimension { get; }

    /// <summary>Diagonal or whole scatter matrices.</summary>
    public CovarianceShape Shape { get; }

    /// <summary>Numbers per scatter matrix: d, or d(d+1)/2.</summary>
    public int ScatterLength { get; }

    /// <summary>The points μₖ that the moments are taken about, K × d: the means of the mixture that the E-step used.</summary>
    public double[] Centres { get; }

    /// <summary>nₖ = Σ w·rₖ, K numbers.</summary>
    public double[] Weights { get; }

    /// <summary>Σ w·rₖ·(x − μₖ), K × d.</summary>
    public double[] FirstMoments { get; }

    /// <summary>Σ w·rₖ·(x − μₖ)(x − μₖ)ᵀ, K matrices: diagonals, or lower triangles row by row.</summary>
    public double[] Scatters { get; }

    /// <summary>Σ w·log p(x).</summary>
    public double LogLikelihood
    {
        get => _totals[0];
        set => _totals[0] = value;
    }

    /// <summary>Entropy of the classification, −Σ w·Σₖ rₖ·log rₖ ≥ 0: what ICL adds to BIC, twice.</summary>
    public double Entropy
    {
        get => _totals[1];
        set => _totals[1] = value;
    }

    /// <summary>Σ w.</summary>
    public double TotalWeight
    {
        get => _totals[2];
        set => _totals[2] = value;
    }

    /// <summary>Which sums there are beside the moments.</summary>
    internal FurtherSums Further { get; }

    /// <summary>Σ w·rₖ·u, K numbers, where rows count for u in the moments; none where it is not asked for.</summary>
    internal double[] MomentWeights { get; }

    /// <summary>Σ w·rₖ·(log u − u), K numbers, where rows count for u in the moments, with log u as the link has it; none where it is not asked
    /// for.</summary>
    internal double[] LogMomentWeights { get; }

    /// <summary>Σ w·r₀ of the background; 0 where it is not asked for.</summary>
    internal double BackgroundWeight => _background.Length > 0 ? _background[0] : 0;

    /// <summary>Numbers in all but further sums, for the layout of the work.</summary>
    internal int Length => Weights.Length + FirstMoments.Length + Scatters.Length + _totals.Length;

    /// <summary>Sets everything to zero.</summary>
    /// <param name="centres">The points that the moments will be taken about, K × d.</param>
    public void Clear(double[] centres)
    {
        Array.Copy(centres, Centres, Centres.Length);
        foreach (double[] sums in _sums)
        {
            Array.Clear(sums, 0, sums.Length);
        }
    }

    /// <summary>A copy.</summary>
    /// <returns>The copy.</returns>
    public SufficientStatistics Clone()
    {
        SufficientStatistics copy = new(ComponentCount, Dimension, Shape, Further);
        copy.Clear(Centres);
        copy.Add(this);
        return copy;
    }

    /// <summary>Takes the moments about other points; the rows that they are of stay the same.</summary>
    /// <param name="centres">The points, K × d.</param>
    public void MoveTo(double[] centres)
    {
        double[] shift = new double[Dimension];
        for (int k = 0; k < ComponentCount; k++)
        {
            double weight = MomentWeight(k);
            int offset = k * Dimension;
            for (int i = 0; i < Dimension; i++)
            {
                shift[i] = Centres[offset + i] - centres[offset + i];
            }

            int place = k * ScatterLength;
            for (int i = 0; i < Dimension; i++)
            {
                for (int j = Shape == CovarianceShape.Full ? 0 : i; j <= i; j++)
                {
                    Scatters[place++] += (FirstMoments[offset + i] * shift[j]) + (shift[i] * FirstMoments[offset + j]) + (weight * shift[i] * shift[j]);
                }
            }

            for (int i = 0; i < Dimension; i++)
            {
                FirstMoments[offset + i] += weight * shift[i];
            }
        }

        Array.Copy(centres, Centres, Centres.Length);
    }

    /// <summary>Lets every row count for so much more.</summary>
    /// <param name="factor">The factor, at least 0.</param>
    public void Scale(double factor)
    {
        foreach (double[] sums in _sums)
        {
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] *= factor;
            }
        }
    }

    /// <summary>The same statistics with whole scatter matrices or only their diagonals.</summary>
    /// <param name="shape">Diagonal, or the shape that they have.</param>
    internal SufficientStatistics ToShape(CovarianceShape shape)
    {
        if (shape == Shape)
        {
            return this;
        }

        if (shape == CovarianceShape.Full)
        {
            throw new InvalidOperationException("Only the diagonal is known.");
        }

        SufficientStatistics diagonal = new(ComponentCount, Dimension, shape, Further);
        diagonal.Clear(Centres);
        for (int i = 0; i < _sums.Length; i++)
        {
            if (_sums[i] != Scatters)
            {
                Array.Copy(_sums[i], diagonal._sums[i], _sums[i].Length);
            }
        }

        for (int i = 0; i < diagonal.Scatters.Length; i++)
        {
            int j = i % Dimension;
            diagonal.Scatters[i] = Scatters[(i / Dimension * ScatterLength) + PackedMatrix.Index(j, j)];
        }

        return diagonal;
    }

    /// <summary>The same statistics with their components in another order.</summary>
    /// <param name="order">For each component, its place so far.</param>
    internal SufficientStatistics Arranged(IReadOnlyList<int> order)
    {
        SufficientStatistics arranged = Clone();
        for (int k = 0; k < ComponentCount; k++)
        {
            arranged.Weights[k] = Weights[order[k]];
            if (MomentWeights.Length > 0)
            {
                arranged.MomentWeights[k] = MomentWeights[order[k]];
                arranged.LogMomentWeights[k] = LogMomentWeights[order[k]];
            }

            Array.Copy(Centres, order[k] * Dimension, arranged.Centres, k * Dimension, Dimension);
            Array.Copy(FirstMoments, order[k] * Dimension, arranged.FirstMoments, k * Dimension, Dimension);
            Array.Copy(Scatters, order[k] * ScatterLength, arranged.Scatters, k * ScatterLength, ScatterLength);
        }

        return arranged;
    }

    /// <summary>Statistics of as many rows with the same means and scatters about them, all of which count as they are: those of rows that were weighed
    /// in the moments, as normal components take them.</summary>
    internal SufficientStatistics Unweighed()
    {
        if (MomentWeights.Length == 0)
        {
            return this;
        }

        SufficientStatistics moved = Clone();
        double[] means = [.. Centres];
        for (int i = 0; i < means.Length; i++)
        {
            double weight = MomentWeights[i / Dimension];
            means[i] += weight > 0 ? FirstMoments[i] / weight : 0;
        }

        moved.MoveTo(means);
        SufficientStatistics plain = new(ComponentCount, Dimension, Shape, Further & ~FurtherSums.MomentWeights);
        plain.Clear(means);
        plain.Add(moved);
        Array.Clear(plain.FirstMoments, 0, plain.FirstMoments.Length);
        plain.MoveTo(Centres);
        return plain;
    }

    /// <summary>Writes statistics, or reads those of the same size.</summary>
    internal void Exchange(StateExchange state)
    {
        state.Numbers(Centres, "a centre of the statistics");
        ExchangeSums(state);
    }

    /// <summary>Writes the sums, or reads those of statistics of the same size about the same centres.</summary>
    internal void ExchangeSums(StateExchange state)
    {
        foreach (double[] sums in _sums)
        {
            state.Numbers(sums, "a number of the statistics");
        }

        StatisticsFault? fault = state.IsReading ? StatisticsFault.Find(this) : null;
        state.Check(fault is null, $"the statistics are invalid: {fault}");
    }

    /// <summary>What the moments of a component are divided by to be means: Σ w·rₖ·u where rows count for u in them, else nₖ.</summary>
    internal double MomentWeight(int component) => MomentWeights.Length > 0 ? MomentWeights[component] : Weights[component];

    /// <summary>Adds to the weight of the background, where it is asked for.</summary>
    internal void AddBackground(double weight)
    {
        if (_background.Length > 0)
        {
            _background[0] += weight;
        }
    }

    /// <summary>Adds the statistics of other rows under the same mixture.</summary>
    /// <param name="other">Statistics of the same size about the same centres.</param>
    public void Add(SufficientStatistics other) => Add(other, 0, 1);

    /// <summary>Adds one of several slices of the statistics, so that threads can share a large sum.</summary>
    /// <param name="other">Statistics of the same size about the same centres.</param>
    /// <param name="slice">Number of the slice, from 0.</param>
    /// <param name="sliceCount">Number of slices.</param>
    internal void Add(SufficientStatistics other, int slice, int sliceCount)
    {
        if ((Further & ~other.Further) != FurtherSums.None)
        {
            throw new InvalidOperationException($"Sums of {Further} cannot be added from statistics that have {other.Further}.");
        }

        for (int i = 0; i < _sums.Length; i++)
        {
            Add(_sums[i], other._sums[i], slice, sliceCount);
        }
    }

    private static void Add(double[] target, double[] source, int slice, int sliceCount)
    {
        int end = (int)((long)target.Length * (slice + 1) / sliceCount);
        for (int i = (int)((long)target.Length * slice / sliceCount); i < end; i++)
        {
            target[i] += source[i];
        }
    }
}

using System;
using System.Collections.Generic;
using GmmTools.Estimation.Checkpoints;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation;

/// <summary>
/// What the M-step needs to know of the rows: for every component the weight nₖ = Σ w·rₖ, and the first and second moments of
/// x − μₖ about the mean that the E-step used, so that nothing cancels. Statistics of two parts add up to those of the whole.
/// </summary>
public sealed class SufficientStatistics
{
    /// <summary>Creates statistics that are all zero.</summary>
    /// <param name="componentCount">Number of components, K.</param>
    /// <param name="dimension">Number of columns, d.</param>
    /// <param name="shape">Diagonal or whole scatter matrices.</param>
    public SufficientStatistics(int componentCount, int dimension, CovarianceShape shape)
    {
        ComponentCount = componentCount;
        Dimension = dimension;
        Shape = shape;
        ScatterLength = shape == CovarianceShape.Full ? PackedMatrix.Length(dimension) : dimension;
        Centres = new double[componentCount * dimension];
        Weights = new double[componentCount];
        FirstMoments = new double[componentCount * dimension];
        Scatters = new double[componentCount * ScatterLength];
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
    public double LogLikelihood { get; set; }

    /// <summary>Entropy of the classification, −Σ w·Σₖ rₖ·log rₖ ≥ 0: what ICL adds to BIC, twice.</summary>
    public double Entropy { get; set; }

    /// <summary>Σ w.</summary>
    public double TotalWeight { get; set; }

    /// <summary>Numbers in all, for the layout of the work.</summary>
    internal int Length => Weights.Length + FirstMoments.Length + Scatters.Length + 3;

    /// <summary>Sets everything to zero.</summary>
    /// <param name="centres">The points that the moments will be taken about, K × d.</param>
    public void Clear(double[] centres)
    {
        Array.Copy(centres, Centres, Centres.Length);
        Array.Clear(Weights, 0, Weights.Length);
        Array.Clear(FirstMoments, 0, FirstMoments.Length);
        Array.Clear(Scatters, 0, Scatters.Length);
        LogLikelihood = 0;
        Entropy = 0;
        TotalWeight = 0;
    }

    /// <summary>A copy.</summary>
    /// <returns>The copy.</returns>
    public SufficientStatistics Clone()
    {
        SufficientStatistics copy = new(ComponentCount, Dimension, Shape);
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
                    Scatters[place++] += (FirstMoments[offset + i] * shift[j]) + (shift[i] * FirstMoments[offset + j]) + (Weights[k] * shift[i] * shift[j]);
                }
            }

            for (int i = 0; i < Dimension; i++)
            {
                FirstMoments[offset + i] += Weights[k] * shift[i];
            }
        }

        Array.Copy(centres, Centres, Centres.Length);
    }

    /// <summary>Lets every row count for so much more.</summary>
    /// <param name="factor">The factor, at least 0.</param>
    public void Scale(double factor)
    {
        foreach (double[] numbers in new[] { Weights, FirstMoments, Scatters })
        {
            for (int i = 0; i < numbers.Length; i++)
            {
                numbers[i] *= factor;
            }
        }

        LogLikelihood *= factor;
        Entropy *= factor;
        TotalWeight *= factor;
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
            throw new InvalidOperationException("What is off the diagonal is not known.");
        }

        SufficientStatistics diagonal = new(ComponentCount, Dimension, shape);
        diagonal.Clear(Centres);
        Array.Copy(Weights, diagonal.Weights, Weights.Length);
        Array.Copy(FirstMoments, diagonal.FirstMoments, FirstMoments.Length);
        (diagonal.LogLikelihood, diagonal.Entropy, diagonal.TotalWeight) = (LogLikelihood, Entropy, TotalWeight);
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
        SufficientStatistics arranged = new(ComponentCount, Dimension, Shape)
        {
            LogLikelihood = LogLikelihood,
            Entropy = Entropy,
            TotalWeight = TotalWeight,
        };
        for (int k = 0; k < ComponentCount; k++)
        {
            arranged.Weights[k] = Weights[order[k]];
            Array.Copy(Centres, order[k] * Dimension, arranged.Centres, k * Dimension, Dimension);
            Array.Copy(FirstMoments, order[k] * Dimension, arranged.FirstMoments, k * Dimension, Dimension);
            Array.Copy(Scatters, order[k] * ScatterLength, arranged.Scatters, k * ScatterLength, ScatterLength);
        }

        return arranged;
    }

    /// <summary>Writes statistics, or reads those of the same size.</summary>
    internal void Exchange(StateExchange state)
    {
        state.Numbers(Centres);
        state.Numbers(Weights);
        state.Numbers(FirstMoments);
        state.Numbers(Scatters);
        LogLikelihood = state.Number(LogLikelihood);
        Entropy = state.Number(Entropy);
        TotalWeight = state.Number(TotalWeight);
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
        Add(Weights, other.Weights, slice, sliceCount);
        Add(FirstMoments, other.FirstMoments, slice, sliceCount);
        Add(Scatters, other.Scatters, slice, sliceCount);
        if (slice == 0)
        {
            LogLikelihood += other.LogLikelihood;
            Entropy += other.Entropy;
            TotalWeight += other.TotalWeight;
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

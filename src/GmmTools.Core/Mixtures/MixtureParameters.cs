using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;

namespace GmmTools.Mixtures;

/// <summary>
/// The parameters of a mixture as flat arrays that the estimator overwrites in place, with the factors that scoring needs.
/// <see cref="GaussianMixture"/> is what users hold; this is what an iteration works on.
/// </summary>
public sealed class MixtureParameters
{
    private static readonly double LogTwoPi = Math.Log(2 * Math.PI);

    /// <summary>Creates parameters that are all zero.</summary>
    /// <param name="componentCount">Number of components, K.</param>
    /// <param name="dimension">Number of columns, d.</param>
    /// <param name="shape">How covariances are stored.</param>
    public MixtureParameters(int componentCount, int dimension, CovarianceShape shape)
    {
        ComponentCount = componentCount;
        Dimension = dimension;
        Shape = shape;
        CovarianceLength = shape == CovarianceShape.Full ? PackedMatrix.Length(dimension) : dimension;
        Weights = new double[componentCount];
        Means = new double[componentCount * dimension];
        Covariances = new double[componentCount * CovarianceLength];
        Terms = new LogTerms(Means, Weights, dimension, shape);
        _factor = new double[CovarianceLength];
    }

    private readonly double[] _factor;

    /// <summary>Number of components, K.</summary>
    public int ComponentCount { get; }

    /// <summary>Number of columns, d.</summary>
    public int Dimension { get; }

    /// <summary>How covariances are stored.</summary>
    public CovarianceShape Shape { get; }

    /// <summary>Numbers stored per covariance matrix: d, or d(d+1)/2.</summary>
    public int CovarianceLength { get; }

    /// <summary>K mixing weights.</summary>
    public double[] Weights { get; }

    /// <summary>Noise beside the components, whose weights then sum to 1 − <see cref="BackgroundWeight"/>; or null.</summary>
    internal UniformBackground? Background { get; set; }

    /// <summary>w₀, the weight of the noise; 0 where there is none.</summary>
    internal double BackgroundWeight { get; set; }

    /// <summary>Degrees of freedom νₖ of components of multivariate t, whose matrices Σₖ are then in <see cref="Covariances"/>; null where components
    /// are normal.</summary>
    internal double[]? DegreesOfFreedom { get; set; }

    /// <summary>Sums that statistics of rows under the mixture have beside the moments.</summary>
    internal FurtherSums FurtherSums =>
        (Background is null ? FurtherSums.None : FurtherSums.BackgroundWeight) | (DegreesOfFreedom is null ? FurtherSums.None : FurtherSums.MomentWeights);

    /// <summary>K means of d numbers, one after the other.</summary>
    public double[] Means { get; }

    /// <summary>K covariance matrices of <see cref="CovarianceLength"/> numbers: variances, or lower triangles row by row.</summary>
    public double[] Covariances { get; }

    /// <summary>K inverse Cholesky factors W, Σ⁻¹ = WᵀW, stored as the covariances are; valid after <see cref="TryFactorize()"/>.</summary>
    internal double[] PrecisionFactors => Terms.Factors;

    /// <summary>log wₖ − ½(d·log 2π + log|Σₖ|) for each component, and for t what that has in addition; valid after <see cref="TryFactorize()"/>.</summary>
    internal double[] LogNormalizers => Terms.Offsets;

    /// <summary>What scoring evaluates; valid after <see cref="TryFactorize()"/>.</summary>
    internal LogTerms Terms { get; }

    /// <summary>Computes what scoring needs from weights and covariances.</summary>
    /// <returns>−1, or the first component (from 0) whose covariance is not positive definite.</returns>
    public int TryFactorize()
    {
        double sumLogSd = 0;
        Terms.SetDegreesOfFreedom(DegreesOfFreedom);
        for (int k = 0; k < ComponentCount; k++)
        {
            if (k > 0 && HasCovarianceOf(k - 1, k))
            {
                Array.Copy(PrecisionFactors, (k - 1) * CovarianceLength, PrecisionFactors, k * CovarianceLength, CovarianceLength);
            }
            else if (!TryFactorize(k, out sumLogSd))
            {
                return k;
            }

            SetLogNormalizer(k, sumLogSd);
        }

        FillBackground();
        return -1;
    }

    /// <summary>Takes over all numbers of another set of the same size.</summary>
    /// <param name="other">The set to copy.</param>
    public void CopyFrom(MixtureParameters other)
    {
        Array.Copy(other.Weights, Weights, Weights.Length);
        Array.Copy(other.Means, Means, Means.Length);
        Array.Copy(other.Covariances, Covariances, Covariances.Length);
        CopyBackground(other);
        CopyTails(other);
        Terms.CopyFrom(other.Terms);
    }

    /// <summary>Takes over the degrees of freedom of another set of as many components.</summary>
    internal void CopyTails(MixtureParameters other)
    {
        if (other.DegreesOfFreedom is null)
        {
            DegreesOfFreedom = null;
            return;
        }

        DegreesOfFreedom ??= new double[ComponentCount];
        Array.Copy(other.DegreesOfFreedom, DegreesOfFreedom, ComponentCount);
    }

    /// <summary>Gives a mixture without noise some, for which all components give up the same share.</summary>
    internal void AddBackground(UniformBackground background, double weight)
    {
        Background = background;
        BackgroundWeight = weight;
        for (int k = 0; k < ComponentCount; k++)
        {
            Weights[k] *= 1 - weight;
        }
    }

    /// <summary>Takes over the noise of another set, and its weight.</summary>
    internal void CopyBackground(MixtureParameters other)
    {
        Background = other.Background;
        BackgroundWeight = other.BackgroundWeight;
    }

    /// <summary>Computes what scoring needs of the noise.</summary>
    internal void FillBackground() =>
        Terms.Background = Background is null ? double.NegativeInfinity : Math.Log(BackgroundWeight) + Background.LogDensity;

    /// <summary>A copy.</summary>
    /// <returns>The copy.</returns>
    public MixtureParameters Clone()
    {
        MixtureParameters copy = new(ComponentCount, Dimension, Shape);
        copy.CopyFrom(this);
        return copy;
    }

    /// <summary>Writes a mixture, or reads one, which is then factorised if it can be.</summary>
    internal static MixtureParameters Exchange(StateExchange state, MixtureParameters? mixture)
    {
        int componentCount = state.Count(mixture?.ComponentCount ?? 0, "the number of components", min: 1);
        int dimension = state.Count(mixture?.Dimension ?? 0, "the number of columns", min: 1);
        bool isFull = state.Flag(mixture?.Shape == CovarianceShape.Full);
        long numbers = 1 + dimension + (isFull ? dimension * (dimension + 1L) / 2 : dimension);
        state.Check(numbers <= state.Room / componentCount, $"{componentCount} components of {dimension} columns are more than there can be");
        mixture ??= new MixtureParameters(componentCount, dimension, isFull ? CovarianceShape.Full : CovarianceShape.Diagonal);
        mixture.Exchange(state);
        mixture.Check(state);
        return mixture;
    }

    /// <summary>Writes the numbers, or reads those of a mixture of the same size, which is then factorised if it can be.</summary>
    internal void Exchange(StateExchange state)
    {
        state.Numbers(Weights, "a mixing weight");
        state.Numbers(Means, "a mean");
        state.Numbers(Covariances, "a covariance");
        if (state.Flag(Background is not null))
        {
            Background = UniformBackground.Exchange(state, Background, Dimension);
            BackgroundWeight = state.Finite(BackgroundWeight, "the weight of the background");
        }

        if (state.Flag(DegreesOfFreedom is not null))
        {
            state.Numbers(DegreesOfFreedom ??= new double[ComponentCount], "degrees of freedom");
        }

        if (state.IsReading)
        {
            TryFactorize();
        }
    }

    /// <summary>Refuses numbers that were read and are not those of a mixture.</summary>
    internal void Check(StateExchange state)
    {
        if (!state.IsReading)
        {
            return;
        }

        double sum = BackgroundWeight;
        state.Check(sum >= 0, $"the weight of the background is {sum}");
        foreach (double number in DegreesOfFreedom ?? [])
        {
            state.Check(MixtureValidation.AreDegreesOfFreedom(number), $"degrees of freedom are {number}");
        }

        foreach (double weight in Weights)
        {
            state.Check(weight >= 0, $"a mixing weight is {weight}");
            sum += weight;
        }

        state.Check(Math.Abs(sum - 1) <= MixtureValidation.WeightSumTolerance, $"the mixing weights sum to {sum}");
        int failed = TryFactorize();
        state.Check(failed < 0, $"the covariance matrix of component {failed + 1} is not positive definite");
    }

    /// <summary>The same mixture with covariances stored in another shape; going to Diagonal drops what is off the diagonal.</summary>
    /// <param name="shape">The shape wanted.</param>
    /// <returns>A copy, not factorised.</returns>
    public MixtureParameters ToShape(CovarianceShape shape)
    {
        MixtureParameters copy = new(ComponentCount, Dimension, shape);
        Array.Copy(Weights, copy.Weights, Weights.Length);
        Array.Copy(Means, copy.Means, Means.Length);
        copy.CopyBackground(this);
        copy.CopyTails(this);
        for (int k = 0; k < ComponentCount; k++)
        {
            for (int i = 0; i < Dimension; i++)
            {
                for (int j = shape == CovarianceShape.Full ? 0 : i; j <= i; j++)
                {
                    copy.Covariances[copy.CovarianceIndex(k, i, j)] = Covariance(k, i, j);
                }
            }
        }

        return copy;
    }

    /// <summary>Components of the mixture in another order, some of them, or some several times; the weights are as they were.</summary>
    /// <param name="order">For each place the component that it gets, from 0.</param>
    /// <returns>A copy, not factorised.</returns>
    internal MixtureParameters InOrder(IReadOnlyList<int> order)
    {
        MixtureParameters ordered = new(order.Count, Dimension, Shape);
        ordered.CopyBackground(this);
        ordered.DegreesOfFreedom = DegreesOfFreedom is double[] degrees ? [.. order.Select(k => degrees[k])] : null;
        for (int k = 0; k < order.Count; k++)
        {
            ordered.Weights[k] = Weights[order[k]];
            Array.Copy(Means, order[k] * Dimension, ordered.Means, k * Dimension, Dimension);
            Array.Copy(Covariances, order[k] * CovarianceLength, ordered.Covariances, k * CovarianceLength, CovarianceLength);
        }

        return ordered;
    }

    /// <summary>Entry (i, j) of a component's covariance matrix.</summary>
    /// <param name="component">The component, from 0.</param>
    /// <param name="row">i, from 0.</param>
    /// <param name="column">j, from 0.</param>
    /// <returns>The entry; zero off the diagonal of a diagonal matrix.</returns>
    public double Covariance(int component, int row, int column) =>
        Shape == CovarianceShape.Diagonal && row != column
            ? 0
            : Covariances[CovarianceIndex(component, Math.Max(row, column), Math.Min(row, column))];

    /// <summary>Whether two components have the same covariance, number by number, so that what is found of one holds for the other.</summary>
    internal bool HasCovarianceOf(int component, int other)
    {
        for (int i = 0; i < CovarianceLength; i++)
        {
            if (Covariances[(component * CovarianceLength) + i] != Covariances[(other * CovarianceLength) + i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Adds Σ wₖΣₖ, the covariance within the components, to sums that are laid out as <see cref="Covariances"/> of one component.</summary>
    /// <param name="sums">The sums.</param>
    internal void AddAverageCovariance(double[] sums)
    {
        for (int k = 0; k < ComponentCount; k++)
        {
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += Weights[k] * Covariances[(k * sums.Length) + i];
            }
        }
    }

    /// <summary>A component's covariance matrix, d × d.</summary>
    internal double[,] CovarianceMatrix(int component)
    {
        if (Shape == CovarianceShape.Full)
        {
            return PackedMatrix.Unpack(Covariances, component * CovarianceLength, Dimension);
        }

        double[,] matrix = new double[Dimension, Dimension];
        for (int j = 0; j < Dimension; j++)
        {
            matrix[j, j] = Covariances[(component * CovarianceLength) + j];
        }

        return matrix;
    }

    /// <summary>log |Σₖ|; valid after <see cref="TryFactorize()"/>.</summary>
    internal double LogDeterminant(int component)
    {
        double sum = 0;
        for (int j = 0; j < Dimension; j++)
        {
            sum -= Math.Log(PrecisionFactors[CovarianceIndex(component, j, j)]);
        }

        return 2 * sum;
    }

    internal int CovarianceIndex(int component, int row, int column) =>
        (component * CovarianceLength) + (Shape == CovarianceShape.Full ? PackedMatrix.Index(row, column) : row);

    internal bool TryFactorize(int component)
    {
        bool succeeds = TryFactorize(component, out double sumLogSd);
        if (succeeds)
        {
            SetLogNormalizer(component, sumLogSd);
        }

        return succeeds;
    }

    private void SetLogNormalizer(int component, double sumLogSd) =>
        LogNormalizers[component] = Math.Log(Weights[component]) - (0.5 * Dimension * LogTwoPi) - sumLogSd
            + (DegreesOfFreedom is null ? 0 : StudentDensity.LogRatio(DegreesOfFreedom[component], Dimension));

    private bool TryFactorize(int component, out double sumLogSd)
    {
        int offset = component * CovarianceLength;
        if (Shape == CovarianceShape.Full)
        {
            sumLogSd = double.NaN;
            if (!PackedMatrix.TryCholesky(Covariances, offset, _factor, 0, Dimension))
            {
                return false;
            }

            PackedMatrix.InvertLower(_factor, 0, PrecisionFactors, offset, Dimension);
            sumLogSd = PackedMatrix.SumLogDiagonal(_factor, 0, Dimension);
            return true;
        }

        return TryFactorizeDiagonal(offset, out sumLogSd);
    }

    private bool TryFactorizeDiagonal(int offset, out double sumLogSd)
    {
        sumLogSd = 0;
        for (int j = 0; j < Dimension; j++)
        {
            double variance = Covariances[offset + j];
            if (!(variance > 0) || double.IsInfinity(variance))
            {
                return false;
            }

            double sd = Math.Sqrt(variance);
            PrecisionFactors[offset + j] = 1 / sd;
            sumLogSd += Math.Log(sd);
        }

        return true;
    }
}

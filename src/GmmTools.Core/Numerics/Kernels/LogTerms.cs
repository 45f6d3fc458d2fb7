using System;
using System.Linq;

namespace GmmTools.Numerics.Kernels;

/// <summary>
/// What the E-step evaluates, whatever model filled it in: log p(x) = log Σₖ exp(lₖ(x)), where lₖ follows from an offset and the squared
/// distance |Wₖ(x − cₖ)|², and at most one further term is the same for all rows.
/// </summary>
internal sealed class LogTerms
{
    /// <param name="centres">K centres cₖ of d numbers; the caller's array, which changes with it.</param>
    /// <param name="shares">The weights of the components, K numbers; the caller's array too.</param>
    /// <param name="dimension">Number of columns, d.</param>
    /// <param name="shape">Whether factors are triangles or diagonals.</param>
    public LogTerms(double[] centres, double[] shares, int dimension, CovarianceShape shape)
    {
        ComponentCount = shares.Length;
        Dimension = dimension;
        Shape = shape;
        FactorLength = shape == CovarianceShape.Full ? PackedMatrix.Length(dimension) : dimension;
        Centres = centres;
        Shares = shares;
        Offsets = new double[ComponentCount];
        Factors = new double[ComponentCount * FactorLength];
    }

    /// <summary>Number of components, K.</summary>
    public int ComponentCount { get; }

    /// <summary>Number of columns, d.</summary>
    public int Dimension { get; }

    /// <summary>Whether factors are triangles or diagonals.</summary>
    public CovarianceShape Shape { get; }

    /// <summary>Numbers per factor: d, or d(d+1)/2.</summary>
    public int FactorLength { get; }

    /// <summary>K centres of d numbers, one after the other.</summary>
    public double[] Centres { get; }

    /// <summary>The weights of the components: those of weight 0 have no density.</summary>
    public double[] Shares { get; }

    /// <summary>lₖ at its centre, K numbers.</summary>
    public double[] Offsets { get; }

    /// <summary>K factors W of <see cref="FactorLength"/> numbers: diagonals, or lower triangles row by row.</summary>
    public double[] Factors { get; }

    /// <summary>What turns squared distances into log-densities; normal components unless a model says otherwise.</summary>
    public LinkKind Link { get; set; } = LinkKind.Normal;

    /// <summary>Degrees of freedom νₖ of components of multivariate t; none where the link has no such numbers.</summary>
    public double[] DegreesOfFreedom { get; private set; } = [];

    /// <summary>What the link of multivariate t has for the logarithm of a row's weight at the centre of each component: ψ(½(ν + d)) − log ½ν.</summary>
    public double[] LogWeightsAtCentre { get; private set; } = [];

    /// <summary>log-density of the one further term, weight and all, which is the same for all rows; −∞ where there is none.</summary>
    public double Background { get; set; } = double.NegativeInfinity;

    /// <summary>What a label adds to lₖ of its row, the logarithm of the probability of that label in component k, as K numbers for each label in turn; null
    /// where the label of a row is its component, and it can belong to no other.</summary>
    public double[]? LabelTerms { get; set; }

    /// <summary>Whether there is a further term.</summary>
    public bool HasBackground => Background > double.NegativeInfinity;

    /// <summary>Components, from 0, that have a density: those of weight 0 have none.</summary>
    public int[] Present() => [.. Enumerable.Range(0, ComponentCount).Where(k => Shares[k] > 0)];

    /// <summary>Makes the components those of multivariate t, or normal again. Offsets are the caller's business.</summary>
    /// <param name="degreesOfFreedom">K numbers, which are copied; null for normal components.</param>
    public void SetDegreesOfFreedom(double[]? degreesOfFreedom)
    {
        if (degreesOfFreedom is null)
        {
            Link = Link == LinkKind.Student ? LinkKind.Normal : Link;
            return;
        }

        Link = LinkKind.Student;
        if (DegreesOfFreedom.Length == 0)
        {
            DegreesOfFreedom = new double[ComponentCount];
            LogWeightsAtCentre = new double[ComponentCount];
        }

        for (int k = 0; k < ComponentCount; k++)
        {
            DegreesOfFreedom[k] = degreesOfFreedom[k];
            LogWeightsAtCentre[k] = StudentDensity.LogWeightAtCentre(degreesOfFreedom[k], Dimension);
        }
    }

    /// <summary>Takes over the offsets, factors, link and background of terms of the same size; the centres are the caller's.</summary>
    public void CopyFrom(LogTerms other)
    {
        SetDegreesOfFreedom(other.Link == LinkKind.Student ? other.DegreesOfFreedom : null);
        Link = other.Link;
        Background = other.Background;
        LabelTerms = other.LabelTerms;
        Array.Copy(other.Offsets, Offsets, Offsets.Length);
        Array.Copy(other.Factors, Factors, Factors.Length);
    }

    /// <summary>What the label of a row adds to lₖ of component k.</summary>
    /// <param name="label">The label, from 0.</param>
    /// <param name="component">k, from 0.</param>
    public double LabelTerm(int label, int component) =>
        LabelTerms is not null ? LabelTerms[(label * ComponentCount) + component] : label == component ? 0 : double.NegativeInfinity;

    /// <summary>Entry (i, j) of a factor, j up to i; a diagonal has only j = i.</summary>
    public double Factor(int component, int row, int column) =>
        Factors[(component * FactorLength) + (Shape == CovarianceShape.Full ? PackedMatrix.Index(row, column) : row)];
}

using System;
#if NET
using GmmTools.Numerics.Vectors;
#endif

namespace GmmTools.Numerics.Kernels;

/// <summary>Normal components: l = c − ½·q, and every row counts as it is.</summary>
internal readonly struct NormalLink : ILink
{
    /// <summary>−½: what a log-density loses per unit of squared distance.</summary>
    public const double Slope = -0.5;

    /// <inheritdoc/>
    public bool WeighsRows => false;

    /// <inheritdoc/>
    public void Take(LogTerms terms, int component)
    {
    }

    /// <inheritdoc/>
    public double LogDensity(double offset, double squaredDistance) => offset + (Slope * squaredDistance);

    /// <inheritdoc/>
    public double Weight(double squaredDistance, out double logWeight)
    {
        logWeight = 0;
        return 1;
    }

#if NET
    /// <inheritdoc/>
    public TVector LogDensity<TOps, TVector>(TVector offset, TVector squaredDistance, out TVector weight, out TVector logWeight)
        where TOps : struct, IVectorOperations<TVector>
        where TVector : struct
    {
        weight = TOps.Create(1);
        logWeight = TOps.Create(0);
        return TOps.MultiplyAdd(squaredDistance, TOps.Create(Slope), offset);
    }
#endif

    /// <summary>Σ w·rₖ·lₖ of one component, which follows from its weight and its scatter S about the centre: n·c − ½·tr(W·S·Wᵀ).</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="component">The component, from 0.</param>
    /// <param name="weight">n.</param>
    /// <param name="scatters">Scatters, stored as the factors are.</param>
    /// <param name="offset">Where the scatter of these rows begins among them.</param>
    public static double ExpectedSum(LogTerms terms, int component, double weight, double[] scatters, int offset) =>
        (weight * terms.Offsets[component]) + (Slope * Trace(terms, component, scatters, offset));

    /// <summary>tr(W·S·Wᵀ).</summary>
    internal static double Trace(LogTerms terms, int component, double[] scatters, int offset)
    {
        double sum = 0;
        for (int i = 0; i < terms.Dimension; i++)
        {
            if (terms.Shape == CovarianceShape.Diagonal)
            {
                double factor = terms.Factor(component, i, i);
                sum += factor * factor * scatters[offset + i];
                continue;
            }

            for (int a = 0; a <= i; a++)
            {
                for (int b = 0; b <= i; b++)
                {
                    sum += terms.Factor(component, i, a) * terms.Factor(component, i, b)
                        * scatters[offset + PackedMatrix.Index(Math.Max(a, b), Math.Min(a, b))];
                }
            }
        }

        return sum;
    }
}

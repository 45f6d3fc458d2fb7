using System;
#if NET
using GmmTools.Numerics.Vectors;
#endif

namespace GmmTools.Numerics.Kernels;

/// <summary>
/// Components of multivariate t with ν degrees of freedom: l = c − ½(ν + d)·log(1 + q/ν), and a row counts for u = (ν + d)/(ν + q), the less the
/// farther out it is. Given the row, the scale that it is taken to have is distributed as gamma with shape ½(ν + d) and mean u, and its logarithm
/// has the mean ψ(½(ν + d)) − log ½(ν + q), which is what the row adds to the logarithms: Peel and McLachlan, Statistics and Computing 10 (2000)
/// 339-348.
/// </summary>
internal struct StudentLink : ILink
{
    private double _degreesOfFreedom;

    /// <summary>½(ν + d).</summary>
    private double _exponent;

    /// <summary>ψ(½(ν + d)) − log ½ν.</summary>
    private double _logWeightAtCentre;

    /// <inheritdoc/>
    public readonly bool WeighsRows => true;

    /// <inheritdoc/>
    public void Take(LogTerms terms, int component)
    {
        _degreesOfFreedom = terms.DegreesOfFreedom[component];
        _exponent = StudentDensity.Exponent(_degreesOfFreedom, terms.Dimension);
        _logWeightAtCentre = terms.LogWeightsAtCentre[component];
    }

    /// <inheritdoc/>
    public readonly double LogDensity(double offset, double squaredDistance) => offset - (_exponent * LogOfOnePlus(squaredDistance / _degreesOfFreedom));

    /// <inheritdoc/>
    public readonly double Weight(double squaredDistance, out double logWeight)
    {
        logWeight = _logWeightAtCentre - LogOfOnePlus(squaredDistance / _degreesOfFreedom);
        return 2 * _exponent / (_degreesOfFreedom + squaredDistance);
    }

#if NET
    /// <inheritdoc/>
    public readonly TVector LogDensity<TOps, TVector>(TVector offset, TVector squaredDistance, out TVector weight, out TVector logWeight)
        where TOps : struct, IVectorOperations<TVector>
        where TVector : struct
    {
        TVector one = TOps.Create(1);
        TVector share = TOps.Multiply(squaredDistance, TOps.Create(1 / _degreesOfFreedom));
        TVector sum = TOps.Add(one, share);
        TVector reciprocal = TOps.Divide(one, sum);

        // what rounding took from the sum is put back, as in LogOfOnePlus
        TVector lost = TOps.Subtract(share, TOps.Subtract(sum, one));
        TVector log = TOps.MultiplyAdd(lost, reciprocal, TOps.Log(sum));
        weight = TOps.Multiply(TOps.Create(2 * _exponent / _degreesOfFreedom), reciprocal);
        logWeight = TOps.Subtract(TOps.Create(_logWeightAtCentre), log);
        return TOps.MultiplyAdd(log, TOps.Create(-_exponent), offset);
    }
#endif

    /// <summary>
    /// The expected log-likelihood of the rows of one component and of their scales, but for what does not depend on the terms. It follows from the sums
    /// of the rows: their weight n, their scatter about the centre, and Σ w·r·(log u − u).
    /// </summary>
    /// <param name="terms">The terms.</param>
    /// <param name="component">The component, from 0.</param>
    /// <param name="statistics">Sums of rows about the centre of the component.</param>
    /// <param name="place">Which of the statistics are those of the rows, from 0.</param>
    public static double ExpectedSum(LogTerms terms, int component, SufficientStatistics statistics, int place)
    {
        double degreesOfFreedom = terms.DegreesOfFreedom[component];
        double weight = statistics.Weights[place];

        // large numbers that nearly cancel, and that are the same as long as the degrees of freedom are
        double scales = (weight * StudentDensity.LogScaleFactor(degreesOfFreedom)) + (0.5 * degreesOfFreedom * statistics.LogMomentWeights[place]);
        double offset = terms.Offsets[component] - StudentDensity.LogRatio(degreesOfFreedom, terms.Dimension);
        return scales + (weight * offset)
            + (NormalLink.Slope * NormalLink.Trace(terms, component, statistics.Scatters, place * statistics.ScatterLength));
    }

    /// <summary>log(1 + x) for x ≥ 0, with the digits that 1 + x loses.</summary>
    private static double LogOfOnePlus(double x)
    {
        double sum = 1 + x;
        return double.IsInfinity(sum) ? sum : Math.Log(sum) + ((x - (sum - 1)) / sum);
    }
}

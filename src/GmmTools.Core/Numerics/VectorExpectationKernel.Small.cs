#if NET
using System.Runtime.CompilerServices;
using GmmTools.Estimation;
using GmmTools.Mixtures;

namespace GmmTools.Numerics;

/// <content>Diagonal covariances, and the plane, where everything fits into registers.</content>
internal sealed unsafe partial class VectorExpectationKernel<TOps, TVector>
{
    /// <summary>l = c − ½·Σⱼ ((xⱼ − μⱼ)/σⱼ)².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DiagonalLogDensity(MixtureParameters mixture, int component, int vectors, double* target)
    {
        int offset = component * _dimension;
        TVector normalizer = TOps.Create(mixture.LogNormalizers[component]);
        TVector minusHalf = TOps.Create(-0.5);
        for (int v = 0; v < vectors; v++)
        {
            double* column = _columns.Pointer + (v * TOps.Count);
            TVector distance = TOps.Create(0);
            for (int j = 0; j < _dimension; j++, column += _blockRows)
            {
                TVector difference = TOps.Subtract(TOps.Load(column), TOps.Create(mixture.Means[offset + j]));
                TVector z = TOps.Multiply(difference, TOps.Create(mixture.PrecisionFactors[offset + j]));
                distance = TOps.MultiplyAdd(z, z, distance);
            }

            TOps.Store(TOps.MultiplyAdd(distance, minusHalf, normalizer), target + (v * TOps.Count));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddDiagonalMoments(
        MixtureParameters mixture, int component, int vectors, double* responsibilities, SufficientStatistics statistics)
    {
        int offset = component * _dimension;
        TVector weight = TOps.Create(0);
        for (int v = 0; v < vectors; v++)
        {
            weight = TOps.Add(weight, TOps.Load(responsibilities + (v * TOps.Count)));
        }

        statistics.Weights[component] += TOps.Sum(weight);
        for (int j = 0; j < _dimension; j++)
        {
            double* column = _columns.Pointer + (j * _blockRows);
            TVector mean = TOps.Create(mixture.Means[offset + j]);
            TVector first = TOps.Create(0);
            TVector second = TOps.Create(0);
            for (int v = 0; v < vectors; v++)
            {
                int i = v * TOps.Count;
                TVector difference = TOps.Subtract(TOps.Load(column + i), mean);
                TVector weighted = TOps.Multiply(TOps.Load(responsibilities + i), difference);
                first = TOps.Add(first, weighted);
                second = TOps.MultiplyAdd(weighted, difference, second);
            }

            statistics.FirstMoments[offset + j] += TOps.Sum(first);
            statistics.Scatters[offset + j] += TOps.Sum(second);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PlanarLogDensity(MixtureParameters mixture, int component, int vectors, double* target)
    {
        double* x = _columns.Pointer;
        double* y = x + _blockRows;
        int factor = component * 3;
        TVector meanX = TOps.Create(mixture.Means[component * 2]);
        TVector meanY = TOps.Create(mixture.Means[(component * 2) + 1]);
        TVector w00 = TOps.Create(mixture.PrecisionFactors[factor]);
        TVector w10 = TOps.Create(mixture.PrecisionFactors[factor + 1]);
        TVector w11 = TOps.Create(mixture.PrecisionFactors[factor + 2]);
        TVector normalizer = TOps.Create(mixture.LogNormalizers[component]);
        TVector minusHalf = TOps.Create(-0.5);
        for (int v = 0; v < vectors; v++)
        {
            int i = v * TOps.Count;
            TVector dx = TOps.Subtract(TOps.Load(x + i), meanX);
            TVector dy = TOps.Subtract(TOps.Load(y + i), meanY);
            TVector z0 = TOps.Multiply(w00, dx);
            TVector z1 = TOps.MultiplyAdd(w11, dy, TOps.Multiply(w10, dx));
            TVector distance = TOps.MultiplyAdd(z1, z1, TOps.Multiply(z0, z0));
            TOps.Store(TOps.MultiplyAdd(distance, minusHalf, normalizer), target + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddPlanarMoments(
        MixtureParameters mixture, int component, int vectors, double* responsibilities, SufficientStatistics statistics)
    {
        double* x = _columns.Pointer;
        double* y = x + _blockRows;
        TVector meanX = TOps.Create(mixture.Means[component * 2]);
        TVector meanY = TOps.Create(mixture.Means[(component * 2) + 1]);
        TVector weight = TOps.Create(0);
        TVector firstX = weight;
        TVector firstY = weight;
        TVector xx = weight;
        TVector xy = weight;
        TVector yy = weight;
        for (int v = 0; v < vectors; v++)
        {
            int i = v * TOps.Count;
            TVector r = TOps.Load(responsibilities + i);
            TVector dx = TOps.Subtract(TOps.Load(x + i), meanX);
            TVector dy = TOps.Subtract(TOps.Load(y + i), meanY);
            TVector rx = TOps.Multiply(r, dx);
            TVector ry = TOps.Multiply(r, dy);
            weight = TOps.Add(weight, r);
            firstX = TOps.Add(firstX, rx);
            firstY = TOps.Add(firstY, ry);
            xx = TOps.MultiplyAdd(rx, dx, xx);
            xy = TOps.MultiplyAdd(rx, dy, xy);
            yy = TOps.MultiplyAdd(ry, dy, yy);
        }

        statistics.Weights[component] += TOps.Sum(weight);
        statistics.FirstMoments[component * 2] += TOps.Sum(firstX);
        statistics.FirstMoments[(component * 2) + 1] += TOps.Sum(firstY);
        statistics.Scatters[component * 3] += TOps.Sum(xx);
        statistics.Scatters[(component * 3) + 1] += TOps.Sum(xy);
        statistics.Scatters[(component * 3) + 2] += TOps.Sum(yy);
    }
}
#endif

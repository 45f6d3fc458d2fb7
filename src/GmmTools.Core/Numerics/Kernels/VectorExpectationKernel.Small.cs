#if NET
using System.Runtime.CompilerServices;

namespace GmmTools.Numerics.Kernels;

/// <content>Diagonal covariances, and the plane, where everything fits into registers.</content>
internal sealed unsafe partial class VectorExpectationKernel<TOps, TVector, TLink>
{
    /// <summary>l = c − ½·Σⱼ ((xⱼ − μⱼ)/σⱼ)².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DiagonalLogDensity(LogTerms terms, int component, int vectors, double* target)
    {
        int offset = component * _dimension;
        TVector atCentre = TOps.Create(terms.Offsets[component]);
        TVector slope = TOps.Create(NormalLink.Slope);
        fixed (double* means = terms.Centres, factors = terms.Factors)
        {
            for (int v = 0; v < vectors; v += Group)
            {
                int i = v * TOps.Count;
                double* column = _columns.Pointer + i;
                TVector a = TOps.Create(0);
                TVector b = a, c = a, d = a;
                for (int j = offset; j < offset + _dimension; j++, column += _stride)
                {
                    TVector mean = TOps.Create(means[j]);
                    TVector factor = TOps.Create(factors[j]);
                    a = AddSquare(column, mean, factor, a);
                    b = AddSquare(column + TOps.Count, mean, factor, b);
                    c = AddSquare(column + (2 * TOps.Count), mean, factor, c);
                    d = AddSquare(column + (3 * TOps.Count), mean, factor, d);
                }

                StoreLogDensity(a, atCentre, slope, component, target, i);
                StoreLogDensity(b, atCentre, slope, component, target, i + TOps.Count);
                StoreLogDensity(c, atCentre, slope, component, target, i + (2 * TOps.Count));
                StoreLogDensity(d, atCentre, slope, component, target, i + (3 * TOps.Count));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AddSquare(double* column, TVector mean, TVector factor, TVector sum)
    {
        TVector z = TOps.Multiply(TOps.Subtract(TOps.Load(column), mean), factor);
        return TOps.MultiplyAdd(z, z, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddDiagonalMoments(
        LogTerms terms, int component, int vectors, double* responsibilities, SufficientStatistics statistics)
    {
        int offset = component * _dimension;
        WeightSums(statistics)[component] += SumOf(responsibilities, vectors);
        for (int j = 0; j < _dimension; j++)
        {
            double* column = _columns.Pointer + (j * _stride);
            TVector mean = TOps.Create(terms.Centres[offset + j]);
            TVector a1 = TOps.Create(0);
            TVector b1 = a1, c1 = a1, d1 = a1;
            TVector a2 = a1, b2 = a1, c2 = a1, d2 = a1;
            for (int i = 0; i < vectors * TOps.Count; i += Group * TOps.Count)
            {
                AddWeighted(column + i, responsibilities + i, mean, ref a1, ref a2);
                AddWeighted(column + i + TOps.Count, responsibilities + i + TOps.Count, mean, ref b1, ref b2);
                AddWeighted(column + i + (2 * TOps.Count), responsibilities + i + (2 * TOps.Count), mean, ref c1, ref c2);
                AddWeighted(column + i + (3 * TOps.Count), responsibilities + i + (3 * TOps.Count), mean, ref d1, ref d2);
            }

            statistics.FirstMoments[offset + j] += TOps.Sum(TOps.Add(TOps.Add(a1, b1), TOps.Add(c1, d1)));
            statistics.Scatters[offset + j] += TOps.Sum(TOps.Add(TOps.Add(a2, b2), TOps.Add(c2, d2)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddWeighted(double* column, double* responsibility, TVector mean, ref TVector first, ref TVector second)
    {
        TVector difference = TOps.Subtract(TOps.Load(column), mean);
        TVector weighted = TOps.Multiply(TOps.Load(responsibility), difference);
        first = TOps.Add(first, weighted);
        second = TOps.MultiplyAdd(weighted, difference, second);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumOf(double* values, int vectors)
    {
        TVector a = TOps.Create(0);
        TVector b = a, c = a, d = a;
        for (int i = 0; i < vectors * TOps.Count; i += Group * TOps.Count)
        {
            a = TOps.Add(a, TOps.Load(values + i));
            b = TOps.Add(b, TOps.Load(values + i + TOps.Count));
            c = TOps.Add(c, TOps.Load(values + i + (2 * TOps.Count)));
            d = TOps.Add(d, TOps.Load(values + i + (3 * TOps.Count)));
        }

        return TOps.Sum(TOps.Add(TOps.Add(a, b), TOps.Add(c, d)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PlanarLogDensity(LogTerms terms, int component, int vectors, double* target)
    {
        double* x = _columns.Pointer;
        double* y = x + _stride;
        int factor = component * 3;
        TVector meanX = TOps.Create(terms.Centres[component * 2]);
        TVector meanY = TOps.Create(terms.Centres[(component * 2) + 1]);
        TVector w00 = TOps.Create(terms.Factors[factor]);
        TVector w10 = TOps.Create(terms.Factors[factor + 1]);
        TVector w11 = TOps.Create(terms.Factors[factor + 2]);
        TVector atCentre = TOps.Create(terms.Offsets[component]);
        TVector slope = TOps.Create(NormalLink.Slope);
        for (int v = 0; v < vectors; v++)
        {
            int i = v * TOps.Count;
            TVector dx = TOps.Subtract(TOps.Load(x + i), meanX);
            TVector dy = TOps.Subtract(TOps.Load(y + i), meanY);
            TVector z0 = TOps.Multiply(w00, dx);
            TVector z1 = TOps.MultiplyAdd(w11, dy, TOps.Multiply(w10, dx));
            TVector distance = TOps.MultiplyAdd(z1, z1, TOps.Multiply(z0, z0));
            StoreLogDensity(distance, atCentre, slope, component, target, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddPlanarMoments(
        LogTerms terms, int component, int vectors, double* responsibilities, SufficientStatistics statistics)
    {
        double* x = _columns.Pointer;
        double* y = x + _stride;
        TVector meanX = TOps.Create(terms.Centres[component * 2]);
        TVector meanY = TOps.Create(terms.Centres[(component * 2) + 1]);
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

        WeightSums(statistics)[component] += TOps.Sum(weight);
        statistics.FirstMoments[component * 2] += TOps.Sum(firstX);
        statistics.FirstMoments[(component * 2) + 1] += TOps.Sum(firstY);
        statistics.Scatters[component * 3] += TOps.Sum(xx);
        statistics.Scatters[(component * 3) + 1] += TOps.Sum(xy);
        statistics.Scatters[(component * 3) + 2] += TOps.Sum(yy);
    }
}
#endif

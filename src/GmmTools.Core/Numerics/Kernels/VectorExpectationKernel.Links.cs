#if NET
using System.Runtime.CompilerServices;

namespace GmmTools.Numerics.Kernels;

/// <content>Links under which rows count for anything but 1: none of this is compiled for normal components.</content>
internal sealed unsafe partial class VectorExpectationKernel<TOps, TVector, TLink>
{
    /// <summary>Squared distances from a component become log-densities, and what the rows count for is kept, with its logarithm behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Link(LogTerms terms, int component, int vectors, double* target)
    {
        TLink link = default;
        link.Take(terms, component);
        TVector offset = TOps.Create(terms.Offsets[component]);
        double* weights = _rowWeights.Pointer + (component * _stride);
        double* logWeights = weights + (_componentCount * _stride);
        for (int i = 0; i < vectors * TOps.Count; i += TOps.Count)
        {
            TVector value = link.LogDensity<TOps, TVector>(offset, TOps.Load(target + i), out TVector weight, out TVector logWeight);
            TOps.Store(weight, weights + i);
            TOps.Store(logWeight, logWeights + i);
            StoreLogDensity(value, component, target, i);
        }
    }

    /// <summary>Multiplies responsibilities by what the rows count for; returns the sum of the logarithms of that, each less that itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double WeighRows(int component, int vectors, double* responsibilities)
    {
        double* weights = _rowWeights.Pointer + (component * _stride);
        double* logWeights = weights + (_componentCount * _stride);
        TVector sum = TOps.Create(0);
        for (int i = 0; i < vectors * TOps.Count; i += TOps.Count)
        {
            TVector responsibility = TOps.Load(responsibilities + i);
            TVector weight = TOps.Load(weights + i);
            sum = TOps.MultiplyAdd(responsibility, TOps.Subtract(TOps.Load(logWeights + i), weight), sum);
            TOps.Store(TOps.Multiply(responsibility, weight), responsibilities + i);
        }

        return TOps.Sum(sum);
    }
}
#endif

#if NET
using GmmTools.Numerics.Vectors;
#endif

namespace GmmTools.Numerics.Kernels;

/// <summary>
/// What turns the squared distance q of a row from a centre into a log-density l, and into what the row counts for in the component's moments,
/// u = −2·dl/dq. A struct that implements it is a type parameter of the kernels and compiled into them. Where rows count as they are, l falls
/// by ½ for each unit of q.
/// </summary>
internal interface ILink
{
    /// <summary>Whether rows count for anything but 1 in the moments.</summary>
    bool WeighsRows { get; }

    /// <summary>Takes from the terms what the link needs to know of a component, before it is asked about rows.</summary>
    void Take(LogTerms terms, int component);

    /// <summary>l at a squared distance; the offset c is part of it.</summary>
    double LogDensity(double offset, double squaredDistance);

    /// <summary>What a row at a squared distance counts for, beside its responsibility.</summary>
    /// <param name="squaredDistance">q.</param>
    /// <param name="logWeight">What the row adds, per unit of responsibility, to the sum of the logarithms of such weights.</param>
    double Weight(double squaredDistance, out double logWeight);

#if NET
    /// <summary>The same for a vector of rows: l, and what they count for.</summary>
    TVector LogDensity<TOps, TVector>(TVector offset, TVector squaredDistance, out TVector weight, out TVector logWeight)
        where TOps : struct, IVectorOperations<TVector>
        where TVector : struct;
#endif
}

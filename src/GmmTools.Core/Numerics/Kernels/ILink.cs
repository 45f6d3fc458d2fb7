#if NET
using GmmTools.Numerics.Vectors;
#endif

namespace GmmTools.Numerics.Kernels;

/// <summary>
/// What turns the squared distance q of a row from a centre into a log-density, and into what the row counts for in the component's moments.
/// A struct that implements it is a type parameter of the kernels and compiled into them.
/// </summary>
internal interface ILink
{
    /// <summary>Whether rows count for anything but 1 in the moments.</summary>
    bool WeighsRows { get; }

    /// <summary>l at a squared distance; the offset c is part of it.</summary>
    double LogDensity(double offset, double squaredDistance);

    /// <summary>What a row at a squared distance counts for, beside its responsibility.</summary>
    double Weight(double squaredDistance);

#if NET
    /// <summary>A constant of the link that loops keep in a register.</summary>
    static abstract TVector Constant<TOps, TVector>()
        where TOps : struct, IVectorOperations<TVector>
        where TVector : struct;

    /// <summary>l for a vector of rows.</summary>
    static abstract TVector LogDensity<TOps, TVector>(TVector offset, TVector squaredDistance, TVector constant)
        where TOps : struct, IVectorOperations<TVector>
        where TVector : struct;

    /// <summary>What a vector of rows counts for.</summary>
    static abstract TVector Weight<TOps, TVector>(TVector squaredDistance)
        where TOps : struct, IVectorOperations<TVector>
        where TVector : struct;
#endif
}

#if NET
using System.Runtime.CompilerServices;

namespace GmmTools.Numerics.Vectors;

/// <summary>
/// exp(x) for x ≤ 0, within 1 unit in the last place, and zero where it is no normal number (x below −708.4). x = n·log 2 + r with
/// |r| ≤ ½·log 2, and exp(r) by a polynomial of degree 11 (Chebyshev interpolation of (exp(r) − 1 − r)/r²; relative error 1.6e-17).
/// .NET's own vector exponential serves all of its arguments and falls back to one lane at a time when one underflows, which in
/// a mixture is the usual case.
/// </summary>
internal static class VectorExponential<TOps, TVector>
    where TOps : struct, IVectorOperations<TVector>
    where TVector : struct
{
    /// <summary>log of the least normal number, rounded up.</summary>
    public const double MinArgument = -708.396;

    private const double Log2E = 1.4426950408889634;

    // log 2 in two parts; the first has so few bits that its product with n is exact
    private const double Log2High = 0.6931471803691238;
    private const double Log2Low = 1.9082149292705877e-10;

    /// <summary>1.5·2⁵²: adding it rounds to a whole number and leaves that in the lowest bits.</summary>
    private const double Rounder = 6755399441055744.0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector OfNonPositive(TVector argument)
    {
        TVector bound = TOps.Create(MinArgument);
        TVector x = TOps.Max(argument, bound);
        TVector rounder = TOps.Create(Rounder);
        TVector shifted = TOps.MultiplyAdd(x, TOps.Create(Log2E), rounder);
        TVector n = TOps.Subtract(shifted, rounder);
        TVector r = TOps.MultiplyAdd(n, TOps.Create(-Log2High), x);
        r = TOps.MultiplyAdd(n, TOps.Create(-Log2Low), r);
        return TOps.ZeroBelow(TOps.AddToExponent(Polynomial(r), shifted), argument, bound);
    }

    /// <summary>Terms in pairs, so that the multiply-adds do not all wait for each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Polynomial(TVector r)
    {
        TVector r2 = TOps.Multiply(r, r);
        TVector r4 = TOps.Multiply(r2, r2);
        TVector p01 = TOps.Add(r, TOps.Create(1));
        TVector p23 = TOps.MultiplyAdd(r, TOps.Create(0.16666666666666669), TOps.Create(0.5000000000000001));
        TVector p45 = TOps.MultiplyAdd(r, TOps.Create(0.008333333333330062), TOps.Create(0.04166666666662413));
        TVector p67 = TOps.MultiplyAdd(r, TOps.Create(0.00019841269863053618), TOps.Create(0.0013888888917213717));
        TVector p89 = TOps.MultiplyAdd(r, TOps.Create(2.7557268459997064e-06), TOps.Create(2.4801521295954376e-05));
        TVector p1011 = TOps.MultiplyAdd(r, TOps.Create(2.510038549551032e-08), TOps.Create(2.7620088445409746e-07));
        TVector p8To11 = TOps.MultiplyAdd(r2, p1011, p89);
        TVector p4To7 = TOps.MultiplyAdd(r2, p67, p45);
        TVector p4To11 = TOps.MultiplyAdd(r4, p8To11, p4To7);
        TVector p2To11 = TOps.MultiplyAdd(r2, p4To11, p23);
        return TOps.MultiplyAdd(r2, p2To11, p01);
    }
}
#endif

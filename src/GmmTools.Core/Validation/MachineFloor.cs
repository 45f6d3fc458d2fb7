using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
#if NET
using System.Runtime.Intrinsics;
#endif

namespace GmmTools.Validation;

/// <summary>What one core can do at best: multiply-adds and exponentials per second, measured on data in the first-level cache. Where there are no vectors,
/// one number at a time.</summary>
internal static class MachineFloor
{
    private const int Repeats = 9;
    private static readonly TimeSpan LeastTime = TimeSpan.FromSeconds(0.3);

    /// <summary>Floating-point operations per second of independent multiply-adds, two each.</summary>
    public static double MultiplyAddRate()
    {
        const int Steps = 2_000_000;
        double best = Best(() => MultiplyAdds(Steps));
        return Steps * 12.0 * 2 * LaneCount / best;
    }

    /// <summary>Exponentials per second of .NET's vectors.</summary>
    public static double ExponentialRate()
    {
        const int Steps = 400_000;
        double best = Best(() => Exponentials(Steps));
        return Steps * 4.0 * LaneCount / best;
    }

    /// <summary>How many numbers are computed at a time.</summary>
    private static int LaneCount =>
#if NET
        Vector512.IsHardwareAccelerated ? 8 : 4;
#else
        1;
#endif

    /// <summary>The best of some repeats, for as long as the runtime may take to compile what is called at its best.</summary>
    private static double Best(Action action)
    {
        double best = double.PositiveInfinity;
        Stopwatch all = Stopwatch.StartNew();
        for (int i = 0; i < Repeats || all.Elapsed < LeastTime; i++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            action();
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }

        return best;
    }

#if NET
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double MultiplyAdds(int steps) =>
        Vector512.IsHardwareAccelerated ? MultiplyAdds512(steps) : MultiplyAdds256(steps);

    private static double MultiplyAdds512(int steps)
    {
        Vector512<double> a = Vector512.Create(0.999999), b = Vector512.Create(1e-9);
        Vector512<double> s0 = a, s1 = a, s2 = a, s3 = a, s4 = a, s5 = a, s6 = a, s7 = a, s8 = a, s9 = a, s10 = a, s11 = a;
        for (int i = 0; i < steps; i++)
        {
            s0 = Vector512.FusedMultiplyAdd(s0, a, b);
            s1 = Vector512.FusedMultiplyAdd(s1, a, b);
            s2 = Vector512.FusedMultiplyAdd(s2, a, b);
            s3 = Vector512.FusedMultiplyAdd(s3, a, b);
            s4 = Vector512.FusedMultiplyAdd(s4, a, b);
            s5 = Vector512.FusedMultiplyAdd(s5, a, b);
            s6 = Vector512.FusedMultiplyAdd(s6, a, b);
            s7 = Vector512.FusedMultiplyAdd(s7, a, b);
            s8 = Vector512.FusedMultiplyAdd(s8, a, b);
            s9 = Vector512.FusedMultiplyAdd(s9, a, b);
            s10 = Vector512.FusedMultiplyAdd(s10, a, b);
            s11 = Vector512.FusedMultiplyAdd(s11, a, b);
        }

        return Vector512.Sum(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11);
    }

    private static double MultiplyAdds256(int steps)
    {
        Vector256<double> a = Vector256.Create(0.999999), b = Vector256.Create(1e-9);
        Vector256<double> s0 = a, s1 = a, s2 = a, s3 = a, s4 = a, s5 = a, s6 = a, s7 = a, s8 = a, s9 = a, s10 = a, s11 = a;
        for (int i = 0; i < steps; i++)
        {
            s0 = Vector256.FusedMultiplyAdd(s0, a, b);
            s1 = Vector256.FusedMultiplyAdd(s1, a, b);
            s2 = Vector256.FusedMultiplyAdd(s2, a, b);
            s3 = Vector256.FusedMultiplyAdd(s3, a, b);
            s4 = Vector256.FusedMultiplyAdd(s4, a, b);
            s5 = Vector256.FusedMultiplyAdd(s5, a, b);
            s6 = Vector256.FusedMultiplyAdd(s6, a, b);
            s7 = Vector256.FusedMultiplyAdd(s7, a, b);
            s8 = Vector256.FusedMultiplyAdd(s8, a, b);
            s9 = Vector256.FusedMultiplyAdd(s9, a, b);
            s10 = Vector256.FusedMultiplyAdd(s10, a, b);
            s11 = Vector256.FusedMultiplyAdd(s11, a, b);
        }

        return Vector256.Sum(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Exponentials(int steps) =>
        Vector512.IsHardwareAccelerated ? Exponentials512(steps) : Exponentials256(steps);

    private static double Exponentials512(int steps)
    {
        Vector512<double> sum = Vector512<double>.Zero;
        Vector512<double> x = Vector512.Create(-1.0);
        for (int i = 0; i < steps; i++)
        {
            sum += Vector512.Exp(x) + Vector512.Exp(x * 1.1) + Vector512.Exp(x * 1.2) + Vector512.Exp(x * 1.3);
            x -= Vector512.Create(1e-5);
        }

        return Vector512.Sum(sum);
    }

    private static double Exponentials256(int steps)
    {
        Vector256<double> sum = Vector256<double>.Zero;
        Vector256<double> x = Vector256.Create(-1.0);
        for (int i = 0; i < steps; i++)
        {
            sum += Vector256.Exp(x) + Vector256.Exp(x * 1.1) + Vector256.Exp(x * 1.2) + Vector256.Exp(x * 1.3);
            x -= Vector256.Create(1e-5);
        }

        return Vector256.Sum(sum);
    }
#else
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double MultiplyAdds(int steps)
    {
        double a = 0.999999, b = 1e-9;
        double s0 = a, s1 = a, s2 = a, s3 = a, s4 = a, s5 = a, s6 = a, s7 = a, s8 = a, s9 = a, s10 = a, s11 = a;
        for (int i = 0; i < steps; i++)
        {
            s0 = (s0 * a) + b;
            s1 = (s1 * a) + b;
            s2 = (s2 * a) + b;
            s3 = (s3 * a) + b;
            s4 = (s4 * a) + b;
            s5 = (s5 * a) + b;
            s6 = (s6 * a) + b;
            s7 = (s7 * a) + b;
            s8 = (s8 * a) + b;
            s9 = (s9 * a) + b;
            s10 = (s10 * a) + b;
            s11 = (s11 * a) + b;
        }

        return s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Exponentials(int steps)
    {
        double sum = 0;
        double x = -1;
        for (int i = 0; i < steps; i++)
        {
            sum += Math.Exp(x) + Math.Exp(x * 1.1) + Math.Exp(x * 1.2) + Math.Exp(x * 1.3);
            x -= 1e-5;
        }

        return sum;
    }
#endif
}

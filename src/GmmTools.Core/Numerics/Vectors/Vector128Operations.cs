#if NET
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GmmTools.Numerics.Vectors;

/// <summary>Vectors of 2 doubles: ARM's AdvSimd, which has 32 registers, and old x64.</summary>
internal readonly unsafe struct Vector128Operations : IVectorOperations<Vector128<double>>
{
    public static int Count => 2;

    public static bool HasManyRegisters => System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Create(double value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Load(double* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<double> vector, double* target) => vector.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Add(Vector128<double> left, Vector128<double> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Subtract(Vector128<double> left, Vector128<double> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Multiply(Vector128<double> left, Vector128<double> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Divide(Vector128<double> left, Vector128<double> right) => left / right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> MultiplyAdd(Vector128<double> left, Vector128<double> right, Vector128<double> addend) =>
        Vector128.MultiplyAddEstimate(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Max(Vector128<double> left, Vector128<double> right) => Vector128.MaxNative(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> AddToExponent(Vector128<double> vector, Vector128<double> shifted) =>
        (vector.AsInt64() + (shifted.AsInt64() << 52)).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> OneWhereAtLeast(Vector128<double> vector, Vector128<double> argument, Vector128<double> bound) =>
        Vector128.ConditionalSelect(Vector128.GreaterThanOrEqual(argument, bound), Vector128<double>.One, vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> ZeroBelow(Vector128<double> vector, Vector128<double> argument, Vector128<double> bound) =>
        Vector128.ConditionalSelect(Vector128.GreaterThanOrEqual(argument, bound), vector, Vector128<double>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> WhereLess(
        Vector128<double> left, Vector128<double> right, Vector128<double> less, Vector128<double> otherwise) =>
        Vector128.ConditionalSelect(Vector128.LessThan(left, right), less, otherwise);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint LanesLess(Vector128<double> left, Vector128<double> right) =>
        Vector128.LessThan(left, right).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Log(Vector128<double> vector) => Vector128.Log(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Vector128<double> vector) => Vector128.Sum(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSums(
        Vector128<double> v0, Vector128<double> v1, Vector128<double> v2, Vector128<double> v3, double* target)
    {
        AddPairSums(v0, v1, target);
        AddPairSums(v2, v3, target + 2);
    }

    /// <summary>Adds the sums of two vectors to two numbers in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddPairSums(Vector128<double> v0, Vector128<double> v1, double* target)
    {
        Vector128<double> low = Vector128.Create(v0.GetElement(0), v1.GetElement(0));
        Vector128<double> high = Vector128.Create(v0.GetElement(1), v1.GetElement(1));
        (Vector128.Load(target) + (low + high)).Store(target);
    }
}
#endif

#if NET
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GmmTools.Numerics.Vectors;

/// <summary>Vectors of 8 doubles: AVX-512.</summary>
internal readonly unsafe struct Vector512Operations : IVectorOperations<Vector512<double>>
{
    public static int Count => 8;

    public static bool HasManyRegisters => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Create(double value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Load(double* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<double> vector, double* target) => vector.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Add(Vector512<double> left, Vector512<double> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Subtract(Vector512<double> left, Vector512<double> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Multiply(Vector512<double> left, Vector512<double> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Divide(Vector512<double> left, Vector512<double> right) => left / right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> MultiplyAdd(Vector512<double> left, Vector512<double> right, Vector512<double> addend) =>
        Vector512.MultiplyAddEstimate(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Max(Vector512<double> left, Vector512<double> right) => Vector512.MaxNative(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> AddToExponent(Vector512<double> vector, Vector512<double> shifted) =>
        (vector.AsInt64() + (shifted.AsInt64() << 52)).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> OneWhereAtLeast(Vector512<double> vector, Vector512<double> argument, Vector512<double> bound) =>
        Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(argument, bound), Vector512<double>.One, vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ZeroBelow(Vector512<double> vector, Vector512<double> argument, Vector512<double> bound) =>
        Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(argument, bound), vector, Vector512<double>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> WhereLess(
        Vector512<double> left, Vector512<double> right, Vector512<double> less, Vector512<double> otherwise) =>
        Vector512.ConditionalSelect(Vector512.LessThan(left, right), less, otherwise);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint LanesLess(Vector512<double> left, Vector512<double> right) =>
        (uint)Vector512.LessThan(left, right).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log(Vector512<double> vector) => Vector512.Log(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Vector512<double> vector) => Vector512.Sum(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSums(
        Vector512<double> v0, Vector512<double> v1, Vector512<double> v2, Vector512<double> v3, double* target) =>
        Vector256Operations.AddSums(
            v0.GetLower() + v0.GetUpper(),
            v1.GetLower() + v1.GetUpper(),
            v2.GetLower() + v2.GetUpper(),
            v3.GetLower() + v3.GetUpper(),
            target);
}
#endif

#if NET
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GmmTools.Numerics.Vectors;

/// <summary>Vectors of 4 doubles: AVX2 with FMA.</summary>
internal readonly unsafe struct Vector256Operations : IVectorOperations<Vector256<double>>
{
    public static int Count => 4;

    public static bool HasManyRegisters => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Create(double value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Load(double* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<double> vector, double* target) => vector.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Add(Vector256<double> left, Vector256<double> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Subtract(Vector256<double> left, Vector256<double> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Multiply(Vector256<double> left, Vector256<double> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Divide(Vector256<double> left, Vector256<double> right) => left / right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> MultiplyAdd(Vector256<double> left, Vector256<double> right, Vector256<double> addend) =>
        Vector256.MultiplyAddEstimate(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Max(Vector256<double> left, Vector256<double> right) => Vector256.MaxNative(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> AddToExponent(Vector256<double> vector, Vector256<double> shifted) =>
        (vector.AsInt64() + (shifted.AsInt64() << 52)).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> OneWhereAtLeast(Vector256<double> vector, Vector256<double> argument, Vector256<double> bound) =>
        Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(argument, bound), Vector256<double>.One, vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ZeroBelow(Vector256<double> vector, Vector256<double> argument, Vector256<double> bound) =>
        Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(argument, bound), vector, Vector256<double>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> WhereLess(
        Vector256<double> left, Vector256<double> right, Vector256<double> less, Vector256<double> otherwise) =>
        Vector256.ConditionalSelect(Vector256.LessThan(left, right), less, otherwise);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint LanesLess(Vector256<double> left, Vector256<double> right) =>
        Vector256.LessThan(left, right).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Log(Vector256<double> vector) => Vector256.Log(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Vector256<double> vector) => Vector256.Sum(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSums(
        Vector256<double> v0, Vector256<double> v1, Vector256<double> v2, Vector256<double> v3, double* target)
    {
        Vector128Operations.AddPairSums(v0.GetLower() + v0.GetUpper(), v1.GetLower() + v1.GetUpper(), target);
        Vector128Operations.AddPairSums(v2.GetLower() + v2.GetUpper(), v3.GetLower() + v3.GetUpper(), target + 2);
    }
}
#endif

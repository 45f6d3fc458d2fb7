using System;
using System.Globalization;
using System.Threading.Tasks;
using CsCheck;
using GmmTools.Numerics;

namespace GmmTools.Core.Tests.Support;

/// <summary>
/// Properties that hold for all cases of a generator. The cases are the same in every run, so that a test that passed passes again; another
/// number in GMMTOOLS_PROPERTY_SEED gives others, to look for what these do not show.
/// </summary>
internal static class Property
{
    private static readonly ulong Seed =
        ulong.TryParse(Environment.GetEnvironmentVariable("GMMTOOLS_PROPERTY_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed) ? seed : 1;

    public static void Holds<T>(this Gen<T> cases, Action<T> assert, int iter = 100) => Parallel.For(0, iter, (number, state) =>
    {
        PCG random = new((uint)number, SplitMix64.Derive(Seed, (ulong)number));
        string start = random.ToString();
        T value = cases.Generate(random, null, out _);
        try
        {
            assert(value);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            state.Stop();

            // once more, for a message with the case and the seed that gives it
            cases.Sample(assert, seed: start, iter: 1);
            throw;
        }
    });

    public static void Holds<T1, T2>(this Gen<(T1, T2)> cases, Action<T1, T2> assert, int iter = 100) =>
        cases.Holds(value => assert(value.Item1, value.Item2), iter);

    public static void Holds<T1, T2, T3>(this Gen<(T1, T2, T3)> cases, Action<T1, T2, T3> assert, int iter = 100) =>
        cases.Holds(value => assert(value.Item1, value.Item2, value.Item3), iter);

    public static void Holds<T1, T2, T3, T4>(this Gen<(T1, T2, T3, T4)> cases, Action<T1, T2, T3, T4> assert, int iter = 100) =>
        cases.Holds(value => assert(value.Item1, value.Item2, value.Item3, value.Item4), iter);

    public static void Holds<T1, T2, T3, T4, T5>(this Gen<(T1, T2, T3, T4, T5)> cases, Action<T1, T2, T3, T4, T5> assert, int iter = 100) =>
        cases.Holds(value => assert(value.Item1, value.Item2, value.Item3, value.Item4, value.Item5), iter);
}

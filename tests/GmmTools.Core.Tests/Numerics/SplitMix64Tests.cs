using System;
using System.Linq;
using GmmTools.Numerics;
using Xunit;

namespace GmmTools.Core.Tests.Numerics;

public sealed class SplitMix64Tests
{
    /// <summary>
    /// The published numbers for the raw states 0 (java.util.SplittableRandom and Vigna's splitmix64.c) and 1234567 (Rosetta Code);
    /// this library hashes the seed first, so they are made from the hash and the increment.
    /// </summary>
    [Theory]
    [InlineData(0UL, new[] { 0xE220A8397B1DCDAFUL, 0x6E789E6AA1B965F4UL, 0x06C45D188009454FUL, 0xF88BB8A8724C81ECUL })]
    [InlineData(1234567UL, new[] { 6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL, 4593380528125082431UL, 16408922859458223821UL })]
    public void The_published_numbers_are_reproduced(ulong state, ulong[] expected) =>
        Assert.Equal(expected, expected.Select((_, i) => SplitMix64.Mix(unchecked(state + (((ulong)i + 1) * SplitMix64.Increment)))));

    [Fact]
    public void A_stream_is_the_hash_of_its_places()
    {
        SplitMix64 random = new(42);
        ulong start = SplitMix64.StreamStart(42);
        for (ulong n = 1; n <= 100; n++)
        {
            Assert.Equal(SplitMix64.Mix(unchecked(start + (n * SplitMix64.Increment))), random.NextBits());
        }
    }

    [Fact]
    public void Numbers_are_uniform_in_0_to_1()
    {
        SplitMix64 random = new(1);
        double[] numbers = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextDouble())];
        Assert.All(numbers, number => Assert.InRange(number, 0, 1 - 1e-17));
        Assert.InRange(numbers.Average(), 0.5 - (5 * 0.2887 / 316), 0.5 + (5 * 0.2887 / 316));
        int[] bins = new int[10];
        foreach (double number in numbers)
        {
            bins[(int)(10 * number)]++;
        }

        // chi-squared with 9 degrees of freedom; 30 is exceeded once in two thousand
        Assert.InRange(bins.Sum(bin => Math.Pow(bin - 10_000, 2) / 10_000), 0.5, 30);
    }

    [Fact]
    public void The_ends_of_the_unit_interval_are_0_and_just_below_1()
    {
        Assert.Equal(0, SplitMix64.ToUnitInterval(0));
        Assert.Equal(1 - Math.Pow(2, -53), SplitMix64.ToUnitInterval(ulong.MaxValue));
    }

    [Fact]
    public void Permutations_hold_every_number_once_and_come_equally_often()
    {
        SplitMix64 random = new(2);
        int[] counts = new int[1000];
        for (int i = 0; i < 6000; i++)
        {
            int[] order = random.NextPermutation(3);
            Assert.Equal([0, 1, 2], order.Order());
            counts[(100 * order[0]) + (10 * order[1]) + order[2]]++;
        }

        int[] seen = [.. counts.Where(count => count > 0)];
        Assert.Equal(6, seen.Length);
        Assert.All(seen, count => Assert.InRange(count, 1000 - (5 * 29), 1000 + (5 * 29)));
    }

    [Fact]
    public void Neighbouring_seeds_and_parts_give_other_numbers()
    {
        ulong[] derived = [.. Enumerable.Range(0, 100).SelectMany(seed => Enumerable.Range(0, 100).Select(part => SplitMix64.Derive((ulong)seed, (ulong)part)))];
        Assert.Equal(derived.Length, derived.Distinct().Count());
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(seed => new SplitMix64((ulong)seed).NextBits()).Distinct().Count());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(64, 1)]
    [InlineData(33, 3)]
    [InlineData(1000, 2)]
    public void Vectorised_normals_are_those_of_the_plain_formula(int rowCount, int pairsPerRow)
    {
        ulong state = SplitMix64.StreamStart(3);
        int drawsPerRow = 1 + (2 * pairsPerRow);
        double[] normals = new double[2 * rowCount * pairsPerRow];
        NormalKernel.Fill(normals, rowCount, pairsPerRow, state, drawsPerRow);
        for (int i = 0; i < rowCount; i++)
        {
            for (int p = 0; p < pairsPerRow; p++)
            {
                double first = Uniform(state, (i * drawsPerRow) + 2 + (2 * p));
                double angle = 2 * Math.PI * Uniform(state, (i * drawsPerRow) + 3 + (2 * p));
                double radius = Math.Sqrt(-2 * Math.Log(1 - first));
                int place = 2 * ((i * pairsPerRow) + p);
                Assert.Equal(radius * Math.Cos(angle), normals[place], 1e-12 * (1 + radius));
                Assert.Equal(radius * Math.Sin(angle), normals[place + 1], 1e-12 * (1 + radius));
            }
        }
    }

    private static double Uniform(ulong state, int index) =>
        SplitMix64.ToUnitInterval(SplitMix64.Mix(unchecked(state + ((ulong)index * SplitMix64.Increment))));
}

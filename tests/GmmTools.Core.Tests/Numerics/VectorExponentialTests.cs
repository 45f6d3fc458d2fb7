using System;
using System.Runtime.Intrinsics;
using GmmTools.Numerics.Vectors;
using Xunit;

namespace GmmTools.Core.Tests.Numerics;

public sealed class VectorExponentialTests
{
    [Fact]
    public void Exponentials_are_within_two_units_in_the_last_place_over_the_whole_range()
    {
        for (int i = 0; i <= 2_000_000; i++)
        {
            double x = -708.0 * i / 2_000_000;
            double expected = Math.Exp(x);
            double actual = Exp(x);
            Assert.True(Math.Abs(actual - expected) <= 2 * Math.BitIncrement(expected) - (2 * expected), $"exp({x:R}) = {actual:R}, expected {expected:R}");
        }
    }

    [Fact]
    public void The_exponential_of_zero_is_one() => Assert.Equal(1, Exp(0));

    [Theory]
    [InlineData(-708.4)]
    [InlineData(-745.2)]
    [InlineData(-10_000)]
    [InlineData(-1e300)]
    public void Underflow_is_zero(double x) => Assert.Equal(0, Exp(x));

    [Fact]
    public void Lanes_do_not_disturb_each_other()
    {
        Vector512<double> x = Vector512.Create(0, -1e5, -1, -700, -708.3, -1e-300, -20, -745);
        Vector512<double> y = VectorExponential<Vector512Operations, Vector512<double>>.OfNonPositive(x);
        for (int lane = 0; lane < 8; lane++)
        {
            Assert.Equal(Exp(x[lane]), y[lane]);
        }
    }

    private static double Exp(double x) =>
        VectorExponential<Vector256Operations, Vector256<double>>.OfNonPositive(Vector256.Create(x))[0];
}

using System;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation.Iteration;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

public sealed class ConvergenceMonitorTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.99)]
    public void What_remains_of_a_geometric_series_is_known(double ratio)
    {
        ConvergenceMonitor monitor = new(1e-30, 1);
        for (int i = 0; i < 12; i++)
        {
            double remainder = 5 * Math.Pow(ratio, i);
            Assert.False(monitor.Observe(-remainder, plain: true));
            if (i >= 3)
            {
                Close.Relative(remainder, monitor.EstimatedRemainder, 1e-6, "remainder");
            }
        }
    }

    /// <summary>A slow series beneath a fast one, as on a flat optimum: the last two gains alone say a hundredth of what is left.</summary>
    [Theory]
    [InlineData(0.3, 0.999)]
    [InlineData(0.5, 0.9999)]
    [InlineData(0.8, 0.99)]
    public void What_remains_of_a_slow_series_beneath_a_fast_one_is_known(double fast, double slow)
    {
        ConvergenceMonitor monitor = new(1e-30, 1);
        for (int i = 0; i < 9; i++)
        {
            double remainder = (0.1 * Math.Pow(fast, i)) + Math.Pow(slow, i);
            Assert.False(monitor.Observe(-remainder, plain: true));
            if (i >= 5)
            {
                Close.Relative(remainder, monitor.EstimatedRemainder, 0.01, "remainder");
            }
        }
    }

    /// <summary>Three series: the ratio of the slowest is not known yet, but that the ratios grow is.</summary>
    [Fact]
    public void What_remains_of_several_series_is_not_held_for_little()
    {
        ConvergenceMonitor monitor = new(1e-30, 1);
        for (int i = 0; i < 9; i++)
        {
            double remainder = (2 * Math.Pow(0.3, i)) + (2 * Math.Pow(0.7, i)) + Math.Pow(0.998, i);
            monitor.Observe(-remainder, plain: true);
            if (i >= 7)
            {
                Assert.InRange(monitor.EstimatedRemainder, remainder / 10, 10 * remainder);
            }
        }
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.95)]
    public void It_stops_when_little_remains_and_not_when_little_is_gained(double ratio)
    {
        const double Threshold = 1e-6 * 200;
        ConvergenceMonitor monitor = new(1e-6, 200);
        int i = 0;
        while (!monitor.Observe(-1000 - Math.Pow(ratio, i), plain: true))
        {
            i++;
        }

        // twice running, so the sum is below the threshold at the last step and the one before
        Assert.True(Math.Pow(ratio, i - 1) <= Threshold * (1 + 1e-6));
        Assert.True(Math.Pow(ratio, i - 2) > Threshold * (1 - 1e-6));
    }

    [Fact]
    public void A_tolerance_of_0_never_stops()
    {
        ConvergenceMonitor monitor = new(0, 100);
        for (int i = 0; i < 100; i++)
        {
            Assert.False(monitor.Observe(-1000, plain: true));
        }
    }

    [Fact]
    public void Extrapolated_steps_do_not_stop_a_run()
    {
        ConvergenceMonitor monitor = new(1e-6, 100);
        for (int i = 0; i < 20; i++)
        {
            Assert.False(monitor.Observe(-1000 + (1e-9 * i), plain: false));
        }

        Assert.True(monitor.IsQuiet);
    }

    [Fact]
    public void No_gain_at_all_twice_is_convergence()
    {
        ConvergenceMonitor monitor = new(1e-8, 100);
        Assert.False(monitor.Observe(-1000, plain: true));
        Assert.False(monitor.Observe(-1000, plain: true));
        Assert.True(monitor.Observe(-1000, plain: true));
        Assert.Equal(0, monitor.EstimatedRemainder);
    }

    [Fact]
    public void After_a_reset_nothing_is_known()
    {
        ConvergenceMonitor monitor = new(1e-8, 100);
        monitor.Observe(-3, plain: true);
        monitor.Observe(-2, plain: true);
        monitor.Observe(-1.5, plain: true);
        monitor.Reset();
        Assert.True(double.IsNaN(monitor.EstimatedRemainder));
        Assert.True(double.IsNaN(monitor.LastGain));
        Assert.False(monitor.Observe(-9, plain: true));
        Assert.True(double.IsNaN(monitor.LastGain));
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Plots;
using GmmTools.Plots.Figures;
using Xunit;

namespace GmmTools.Core.Tests.Plots;

public sealed class AxisTicksTests
{
    [Theory]
    [InlineData(0, 10, 5, "0 2 4 6 8 10")]
    [InlineData(0.1, 0.93, 5, "0.2 0.4 0.6 0.8")]
    [InlineData(-3, 3, 6, "-3 -2 -1 0 1 2 3")]
    [InlineData(0, 2.5e-9, 5, "0 0.5e-9 1.0e-9 1.5e-9 2.0e-9 2.5e-9")]
    [InlineData(0, 4e7, 4, "0 1e7 2e7 3e7 4e7")]
    [InlineData(1700000000, 1700000010, 5, "1.700000000e9 1.700000002e9 1.700000004e9 1.700000006e9 1.700000008e9 1.700000010e9")]
    public void Linear_axes_are_marked_at_round_values(double first, double last, int most, string labels) =>
        Assert.Equal(labels, Labels(new Axis("x", first, last), most));

    [Fact]
    public void Whole_numbers_stay_whole() => Assert.Equal("1 2 3", Labels(new Axis("K", 0.7, 3.3) { IsWhole = true }, 12));

    [Theory]
    [InlineData(1, 1000, 5, "1 10 100 1000")]
    [InlineData(1, 100, 8, "1 2 5 10 20 50 100")]
    [InlineData(1e-8, 1e8, 6, "1e-6 0.001 1 1000 1e6")]
    [InlineData(20, 30, 5, "20 22 24 26 28 30")]
    public void Logarithmic_axes_are_marked_at_decades(double first, double last, int most, string labels) =>
        Assert.Equal(labels, Labels(new Axis("x", first, last, AxisScale.Logarithmic), most));

    [Theory]
    [InlineData("2026-03-01", "2026-03-29", 5, "2026-03-02 2026-03-09 2026-03-16 2026-03-23")]
    [InlineData("2026-03-01 08:10", "2026-03-01 11:50", 5, "09:00 10:00 11:00")]
    [InlineData("2020-01-01", "2026-01-01", 7, "2020 2021 2022 2023 2024 2025 2026")]
    [InlineData("2025-11-15", "2026-05-15", 7, "2025-12 2026-01 2026-02 2026-03 2026-04 2026-05")]
    public void Dates_are_marked_at_calendar_units_whatever_number_they_are(string first, string last, int most, string labels)
    {
        DateTime from = DateTime.Parse(first, System.Globalization.CultureInfo.InvariantCulture);
        DateTime to = DateTime.Parse(last, System.Globalization.CultureInfo.InvariantCulture);
        DateTime epoch = new(1970, 1, 1);
        foreach (Func<DateTime, double> convert in new Func<DateTime, double>[]
        {
            date => date.ToOADate(), date => (date - epoch).TotalSeconds, date => (date - epoch).TotalMilliseconds, date => date.Ticks, date => date.ToFileTimeUtc(),
        })
        {
            IReadOnlyList<Tick> ticks = AxisTicks.Choose(new Axis("t", convert(from), convert(to), AxisScale.Date), most);
            Assert.Equal(labels, string.Join(' ', ticks.Select(tick => tick.Label)));
        }
    }

    [Fact]
    public void Numbers_that_are_no_dates_are_said() =>
        Assert.Equal("NotADate", Assert.Throws<PlotException>(() => AxisTicks.Choose(new Axis("t", 1, 2, AxisScale.Date), 5)).ErrorId);

    [Theory]
    [InlineData(5, 5)]
    [InlineData(0, 0)]
    [InlineData(1e300, 1e300)]
    public void An_axis_has_an_extent(double first, double last)
    {
        Axis axis = new("x", first, last);

        Assert.True(axis.Last > axis.First);
        Assert.NotEmpty(AxisTicks.Choose(axis, 5));
    }

    private static string Labels(Axis axis, int most) => string.Join(' ', AxisTicks.Choose(axis, most).Select(tick => tick.Label));
}

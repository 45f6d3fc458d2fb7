using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

public sealed class GetMixtureDensityTests(ModuleSession session) : HostTest(session)
{
    private const string Normal = "$m = New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1; ";

    [Fact]
    public void One_column_has_a_distribution_function()
    {
        PSObject row = Session.RunOne(Normal + "0 | Get-MixtureDensity $m");
        Assert.Equal(["x1", "Density", "LogDensity", "Cdf"], Names(row));
        AssertClose(1 / Math.Sqrt(2 * Math.PI), ModuleSession.Number(row, "Density"), 1e-16);
        AssertClose(-0.5 * Math.Log(2 * Math.PI), ModuleSession.Number(row, "LogDensity"), 1e-16);
        Assert.Equal(0.5, ModuleSession.Value(row, "Cdf"));
    }

    [Theory]
    [InlineData("Get-MixtureDensity $m -From -1 -To 1 -Count 5")]
    [InlineData("$m | Get-MixtureDensity -From -1 -To 1 -Count 5")]
    public void A_line_of_points(string script)
    {
        IReadOnlyList<PSObject> rows = Session.Run(Normal + script);
        Assert.Equal([-1.0, -0.5, 0, 0.5, 1], rows.Select(row => ModuleSession.Number(row, "x1")));
        AssertClose(0.8413447460685429, ModuleSession.Number(rows[4], "Cdf"), 1e-15);
    }

    [Fact]
    public void A_rectangle_of_points_and_what_it_is_by_default()
    {
        const string Plane = "$m = New-GaussianMixture -Weight 1 -Mean @(0, 0) -Covariance @(1, 0, 0, 1) -Property a, b; ";
        IReadOnlyList<PSObject> rows = Session.Run(Plane + "Get-MixtureDensity $m -From 0 -To 1, 2 -Count 2 -Prefix My");
        Assert.Equal(["a", "b", "MyDensity", "MyLogDensity"], Names(rows[0]));
        Assert.Equal([0.0, 2, 0, 2], rows.Select(row => ModuleSession.Number(row, "b")));
        Assert.Equal(51 * 51, Session.Run(Plane + "$m | Get-MixtureDensity -From -4").Count);
        Assert.Equal(101, Session.Run(Normal + "Get-MixtureDensity $m -To 4").Count);
    }

    [Fact]
    public void Quantiles()
    {
        IReadOnlyList<PSObject> rows = Session.Run(Normal + "$m | Get-MixtureDensity -Probability 0.5, 0.975, 1");
        Assert.Equal(["Probability", "x1"], Names(rows[0]));
        AssertClose(0, ModuleSession.Number(rows[0], "x1"), 1e-15);
        AssertClose(1.959963984540054, ModuleSession.Number(rows[1], "x1"), 1e-14);
        Assert.Equal(double.PositiveInfinity, ModuleSession.Value(rows[2], "x1"));
    }

    [Theory]
    [InlineData("GridDimension", "Get-MixtureMarginal", "Get-MixtureDensity (New-GaussianMixture -Random -ComponentCount 1 -Dimension 3 -Seed 1) -Count 3")]
    [InlineData("InvalidGrid", "-From less than -To", "Get-MixtureDensity $m -From 2 -To 1 -Count 3")]
    [InlineData("InvalidGrid", "-Count has 2 numbers", "Get-MixtureDensity $m -Count 3, 4")]
    [InlineData("NotUnivariate", "Get-MixtureMarginal", "Get-MixtureDensity (New-GaussianMixture -Random -ComponentCount 1 -Dimension 2 -Seed 1) -Probability 0.5")]
    [InlineData("InvalidProbability", "from 0 to 1", "Get-MixtureDensity $m -Probability 2")]
    [InlineData("ColumnNameClash", "'Probability'", "Get-MixtureDensity (New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1 -Property probability) -Probability 0.5")]
    [InlineData("ColumnNameClash", "'Density'", "Get-MixtureDensity (New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1 -Property density) -Count 5")]
    [InlineData("NoModel", "-Model is empty", "Get-MixtureDensity $nothing -Count 5")]
    public void Wrong_calls_are_named(string errorId, string part, string script) => Session.AssertFails(errorId, [part], Normal + script);
}

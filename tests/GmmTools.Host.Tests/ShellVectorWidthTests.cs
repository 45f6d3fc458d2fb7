using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>A machine with narrower vectors, which the runtime feigns, comes to the same fit.</summary>
public sealed class ShellVectorWidthTests
{
    private const double Tolerance = 1e-12;

    private static readonly string Fit = $"""
        foreach ($model in 'VVV', 'EEE', 'VVI', 'VII') {"{"}
            $fit = Import-Csv {ShellProcess.Quote(ModuleFiles.Data("iris.csv"))} |
                Invoke-EmFit -Property Sepal*, Petal* -ComponentCount 3 -CovarianceModel $model -Seed 1
            $fit.LogLikelihood.ToString('R', [cultureinfo]::InvariantCulture)
        {"}"}
        """;

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task Narrower_vectors_give_the_same_log_likelihoods(string switchedOff)
    {
        double[] full = Numbers(await ShellProcess.RunWithAsync(Fit));
        double[] narrow = Numbers(await ShellProcess.RunWithAsync(Fit, (switchedOff, "0")));
        Assert.Equal(4, full.Length);
        Assert.All(full.Zip(narrow), pair => Assert.InRange(Math.Abs((pair.First - pair.Second) / pair.First), 0, Tolerance));
    }

    private static double[] Numbers(ShellResult result) =>
        [.. result.AssertClean().Lines.Where(line => line.Length > 0).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
}

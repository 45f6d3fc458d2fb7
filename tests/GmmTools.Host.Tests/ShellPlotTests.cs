using System.Threading.Tasks;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>What a session of its own pays for pictures: nothing before the first.</summary>
public sealed class ShellPlotTests
{
    private const string Count =
        "@([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -match 'ScottPlot|Skia|HarfBuzz|GmmTools.Plots' }).Count; ";

    [Fact]
    public async Task Nothing_of_pictures_is_loaded_before_the_first()
    {
        ShellResult result = await ShellProcess.RunAsync(
            "-Command",
            "$m = New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1; " + Count
            + "$null = Show-MixturePlot -Model $m; " + Count
            + "$m | Export-MixturePlot (Join-Path ([IO.Path]::GetTempPath()) \"$([guid]::NewGuid()).png\") -PassThru | Remove-Item; (" + Count.TrimEnd(' ', ';') + ") -gt 2");

        Assert.Equal(["0", "1", "True"], result.AssertClean().Lines);
    }
}

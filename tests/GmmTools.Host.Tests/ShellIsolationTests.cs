using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>A session that has loaded another version of a library that we bring keeps its own, and we ours.</summary>
public sealed class ShellIsolationTests
{
    private static readonly string OldNumerics = OldPackage("MathNet.Numerics", "4.15.0");
    private static readonly string OldSkia = OldPackage("SkiaSharp", "2.88.9");

    private static readonly string Work = $$"""
        $fit = Import-Csv {{ShellProcess.Quote(ModuleFiles.Data("faithful.csv"))}} | Invoke-EmFit -ComponentCount 2
        '{0:F3}' -f $fit.LogLikelihood
        $null = Import-Csv {{ShellProcess.Quote(ModuleFiles.Data("faithful.csv"))}} | Find-MixtureOutlier $fit

        """;

    private static readonly string LoadOld = $"$null = [Reflection.Assembly]::LoadFrom({ShellProcess.Quote(OldNumerics)})\n";

    private const string UseOld = """
        [MathNet.Numerics.SpecialFunctions].Assembly.GetName().Version.ToString(3)
        '{0:F0}' -f [MathNet.Numerics.SpecialFunctions]::Gamma(5)
        '{0:F0}' -f [MathNet.Numerics.LinearAlgebra.Matrix[double]]::Build.DenseIdentity(3).Determinant()

        """;

    private const string TellVersions =
        "([AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName() } | Where-Object Name -eq 'MathNet.Numerics' | ForEach-Object { $_.Version.ToString(3) } | Sort-Object) -join ' '\n";

    [Fact]
    public async Task An_older_MathNet_that_was_there_first_stays()
    {
        string[] lines = await RunAsync(LoadOld + UseOld + Work + UseOld + TellVersions);

        Assert.Equal(["4.15.0", "24", "1", "-1130.264", "4.15.0", "24", "1", "4.15.0 5.0.0"], lines);
    }

    [Fact]
    public async Task An_older_MathNet_that_comes_later_is_found()
    {
        string[] lines = await RunAsync(Work + LoadOld + UseOld + Work + TellVersions);

        Assert.Equal(["-1130.264", "4.15.0", "24", "1", "-1130.264", "4.15.0 5.0.0"], lines);
    }

    [Fact]
    public async Task Pictures_are_drawn_beside_an_older_SkiaSharp()
    {
        using ShellFolder folder = new();
        string[] lines = await RunAsync(
            $"$null = [Reflection.Assembly]::LoadFrom({ShellProcess.Quote(OldSkia)})\n"
            + "[SkiaSharp.SKColor].Assembly.GetName().Version.ToString(2)\n"
            + Work
            + $"$null = $fit | Export-MixturePlot -Path {ShellProcess.Quote(folder.Locate("fit.png"))}\n"
            + "[SkiaSharp.SKColor]::new(1, 2, 3).Red\n");

        Assert.Equal(["2.88", "-1130.264", "1"], lines);
        Assert.True(new FileInfo(folder.Locate("fit.png")).Length > 1000);
    }

    private static async Task<string[]> RunAsync(string script) =>
        [.. (await ShellProcess.RunAsync("-Command", "$ErrorActionPreference = 'Stop'\n" + script)).AssertClean().Lines.Where(line => line.Length > 0)];

    private static string OldPackage(string name, string version)
    {
        string packages = typeof(ShellIsolationTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Packages").Value!;
        return Path.Combine(packages, name.ToLowerInvariant(), version, "lib", "netstandard2.0", name + ".dll");
    }
}

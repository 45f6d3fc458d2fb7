using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

public sealed class ExportMixturePlotTests(ModuleSession session) : HostTest(session), IDisposable
{
    private const string TwoColumns =
        "$m = New-GaussianMixture -Weight 0.6, 0.4 -Mean (0, 0), (5, 5) -Covariance @((1, 0), (0, 1)), @((1, 0.5), (0.5, 1)) -Property a, b; ";

    private readonly string _folder = Directory.CreateTempSubdirectory("GmmTools-plots-").FullName;

    private static bool IsSupported => ModuleFiles.Engine == "net10.0";

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void Elsewhere_a_clear_error_says_what_does()
    {
        if (!IsSupported)
        {
            ErrorRecord error = Session.AssertFails(
                "PicturesNotSupported", ["PowerShell 7.6", "Show-MixturePlot"], TwoColumns + "$m | Export-MixturePlot x.png");
            Assert.Equal(ErrorCategory.NotImplemented, error.CategoryInfo.Category);
        }
    }

    [Theory]
    [InlineData("$rows | Export-MixturePlot $p -Model $fit", "Classification: VVV, 2 components", "1: 64.4 %", "eruptions", "waiting")]
    [InlineData("$fit | Export-MixturePlot $p", "Density: VVV, 2 components", "50 %", "90 %", "99 %", "Density")]
    [InlineData("Export-MixturePlot $p -Model $fit", "Density: VVV, 2 components")]
    [InlineData("$fit.Mixture | Export-MixturePlot $p -Property wait*", "mixture", "Density", "waiting")]
    [InlineData("Export-MixturePlot $p -Model $fit -DataPath $csv -Property waiting", "rows", "mixture")]
    [InlineData("$fit | Export-MixturePlot $p -Kind Trace", "Iteration", "Log-likelihood")]
    [InlineData("$rows | Invoke-EmFit -ComponentCount (1..3) -CovarianceModel EEE, VVV | Export-MixturePlot $p -Criterion Icl", "ICL (smaller is better)", "EEE", "VVV", "best")]
    [InlineData("$rows | Export-MixturePlot $p -Model $fit -Kind Uncertainty -Title ''", "Uncertainty")]
    [InlineData("$rows | Export-MixturePlot $p -Model $fit -Kind Outlier -FalseAlarmRate 0.02", "threshold", "other rows")]
    [InlineData("$rows | Export-MixturePlot $p -Model $fit -Kind Pairs -Title Geyser", "Geyser", "eruptions", "waiting")]
    [InlineData("$rows | Export-MixturePlot $p -Model $fit -ReferenceModel $fit", "reference", "estimate")]
    [InlineData("$rows | Export-MixturePlot $p -Model $fit -Property waiting -LogAxis waiting", "50", "waiting")]
    public void Each_kind_shows_what_it_is_about(string script, params string[] texts)
    {
        if (!IsSupported)
        {
            return;
        }

        string file = Path.Combine(_folder, "picture.svg");
        Assert.Empty(Session.Run("param($rows, $fit, $p, $csv) " + script, Arguments(file)));

        string[] shown = Texts(file);
        Assert.All(texts, text => Assert.Contains(text, shown));
    }

    [Fact]
    public void A_png_has_its_size_and_resolution()
    {
        if (!IsSupported)
        {
            return;
        }

        string file = Path.Combine(_folder, "picture.PNG");
        PSObject written = Session.RunOne(
            "param($rows, $fit, $p, $csv) $fit | Export-MixturePlot $p -Width 640 -Height 480 -Dpi 192 -PassThru", Arguments(file));

        Assert.Equal(file, ((FileInfo)written.BaseObject).FullName);
        byte[] bytes = File.ReadAllBytes(file);
        Assert.Equal("PNG", Encoding.ASCII.GetString(bytes, 1, 3));
        Assert.Equal([0, 0, 2, 128, 0, 0, 1, 224], bytes[16..24]);
        Assert.Equal("pHYs", Encoding.ASCII.GetString(bytes, 37, 4));
        Assert.Equal([0, 0, 0x1D, 0x87], bytes[41..45]);
    }

    [Fact]
    public void A_copy_from_a_file_or_a_job_is_drawn_like_the_fit()
    {
        if (!IsSupported)
        {
            return;
        }

        string first = Path.Combine(_folder, "1.svg");
        string second = Path.Combine(_folder, "2.svg");
        PSObject fit = FitFaithful();
        object copy = PSSerializer.Deserialize(PSSerializer.Serialize(fit));
        foreach (string kind in new[] { "Density", "Trace", "Criterion" })
        {
            Session.Run("param($fit, $p, $kind) $fit | Export-MixturePlot $p -Kind $kind -Force", ("fit", fit), ("p", first), ("kind", kind));
            Session.Run("param($fit, $p, $kind) $fit | Export-MixturePlot $p -Kind $kind -Force", ("fit", copy), ("p", second), ("kind", kind));
            Assert.Equal(File.ReadAllText(first), File.ReadAllText(second));
        }
    }

    [Fact]
    public void An_existing_file_needs_force_and_whatif_writes_nothing()
    {
        if (!IsSupported)
        {
            return;
        }

        string file = Path.Combine(_folder, "picture.svg");
        Session.Run("param($p) " + TwoColumns + "$m | Export-MixturePlot $p -WhatIf", ("p", file));
        Assert.False(File.Exists(file));
        File.WriteAllText(file, "mine");
        Session.AssertFails("FileExists", ["Add -Force"], "param($p) " + TwoColumns + "$m | Export-MixturePlot $p", ("p", file));
        Assert.Equal("mine", File.ReadAllText(file));
        Session.Run("param($p) " + TwoColumns + "$m | Export-MixturePlot $p -Force", ("p", file));
        Assert.Contains("<title>Density", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Equal([file], Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("UnknownPictureFormat", "'x.gif'", "$m | Export-MixturePlot x.gif")]
    [InlineData("NoModel", "nothing to draw", "Export-MixturePlot x.png")]
    [InlineData("NoModel", "-Model is empty", "1 | Export-MixturePlot x.png -Model $nothing")]
    [InlineData("NotAFit", "is not a fit", "$m | Export-MixturePlot x.png -Kind Trace")]
    [InlineData("NotAFit", "is not a fit", "$m, $m | Export-MixturePlot x.png")]
    [InlineData("SeveralModels", "2 were given", "$m, $m | Export-MixturePlot x.png -Kind Density")]
    [InlineData("UnknownProperty", "'c'", "$m | Export-MixturePlot x.png -Property c")]
    [InlineData("UnknownProperty", "'b'", "@{ a = 1; c = 2 } | Export-MixturePlot x.png -Model $m")]
    [InlineData("UnknownAxis", "It has a, b", "$m | Export-MixturePlot x.png -LogAxis c")]
    [InlineData("NotADate", "ToOADate", "$m | Export-MixturePlot x.png -DateProperty a")]
    [InlineData("NoRows", "There are no rows", "@() | Export-MixturePlot x.png -Model $m")]
    [InlineData("MissingValue", "Row 2, column 'b'", "@{ a = 1; b = 1 }, @{ a = 1; b = '' } | Export-MixturePlot x.png -Model $m")]
    [InlineData("NoReference", "-ReferenceModel", "$m | Export-MixturePlot x.png -Kind Comparison")]
    [InlineData("PathNotFound", "nowhere", "$m | Export-MixturePlot /nowhere/at/all/x.png")]
    public void Wrong_calls_are_named(string errorId, string part, string script)
    {
        if (IsSupported)
        {
            Session.AssertFails(errorId, [part], TwoColumns + script);
        }
    }

    [Fact]
    public void Gaps_and_other_cultures_are_no_obstacle()
    {
        if (!IsSupported)
        {
            return;
        }

        string file = Path.Combine(_folder, "picture.svg");
        string script = "param($p) " + TwoColumns + """
            $rows = @{ a = '0,5'; b = '1' }, @{ a = 'NA'; b = '4,5' }, @{ a = '5'; b = '' } | ForEach-Object { [pscustomobject]$_ }
            foreach ($policy in 'Omit', 'Marginalize') {
                $rows | Export-MixturePlot $p -Model $m -Culture de-DE -MissingValue $policy -Force 3>$null
                $rows | Export-MixturePlot $p -Model $m -Culture de-DE -MissingValue $policy -Property a -Force 3>$null
            }
            """;
        System.Globalization.CultureInfo before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new("de-DE");
            Session.Run(script, ("p", file));
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }

        Assert.Contains("Density", Texts(file));
    }

    [Fact]
    public void Libraries_for_pictures_are_loaded_by_the_first_picture_into_a_context_of_their_own()
    {
        if (!IsSupported)
        {
            return;
        }

        Session.Run("param($p) " + TwoColumns + "$m | Export-MixturePlot $p", ("p", Path.Combine(_folder, "picture.png")));

        foreach (string name in new[] { "ScottPlot", "SkiaSharp" })
        {
            Assembly assembly = AppDomain.CurrentDomain.GetAssemblies().Single(loaded => loaded.GetName().Name == name);
            Assert.Equal("GmmTools", AssemblyLoadContext.GetLoadContext(assembly)!.Name);
        }
    }

    private static string[] Texts(string file) =>
        [.. System.Xml.Linq.XDocument.Load(file).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value.Trim())];

    private (string Name, object? Value)[] Arguments(string file) =>
        [("rows", Faithful), ("fit", FitFaithful()), ("p", file), ("csv", ModuleFiles.Data("faithful.csv"))];
}

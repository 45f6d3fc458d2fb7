using System;
using System.IO;
using System.Text;
using System.Threading;
using GmmTools.Plots;
using GmmTools.Plots.Figures;
using GmmTools.Plots.Kinds;
using GmmTools.Plots.Pictures;
using GmmTools.Selection;
using Xunit;

namespace GmmTools.Core.Tests.Plots;

/// <summary>
/// Each kind of picture is made of what it was made of when somebody last looked at it and found it good. After a change that is meant,
/// GMMTOOLS_WRITE_GOLDEN=1 writes the files anew: look at the pictures before they are kept.
/// </summary>
public sealed class PictureGoldenTests
{
    private const string Folder = "Plots/Golden";

    [Theory]
    [InlineData("density-1", PlotKind.Density, "waiting")]
    [InlineData("density-2", PlotKind.Density)]
    [InlineData("classification-1", PlotKind.Classification, "eruptions")]
    [InlineData("classification-2", PlotKind.Classification)]
    [InlineData("uncertainty-1", PlotKind.Uncertainty, "waiting")]
    [InlineData("uncertainty-2", PlotKind.Uncertainty)]
    [InlineData("pairs", PlotKind.Pairs)]
    [InlineData("outlier-1", PlotKind.Outlier, "waiting")]
    [InlineData("outlier-2", PlotKind.Outlier)]
    [InlineData("comparison-1", PlotKind.Comparison, "waiting")]
    [InlineData("comparison-2", PlotKind.Comparison)]
    public void Pictures_of_mixtures(string name, PlotKind kind, params string[] property) => Check(name, PlotRequests.Create(kind, property));

    [Fact]
    public void The_picture_of_traces() => Check("trace", new PlotRequest { Kind = PlotKind.Trace, Traces = PlotRequests.Traces });

    [Fact]
    public void The_picture_of_a_criterion() =>
        Check("criterion", new PlotRequest { Kind = PlotKind.Criterion, Fits = PlotRequests.Fits, Criterion = SelectionCriterion.Bic });

    [Fact]
    public void The_picture_of_differences() => Check("difference", new PlotRequest { Kind = PlotKind.Difference, Differences = PlotRequests.Differences });

    [Fact]
    public void The_picture_of_intervals() => Check("interval", new PlotRequest { Kind = PlotKind.Interval, Intervals = PlotRequests.Intervals });

    [Fact]
    public void A_picture_without_rows()
    {
        PlotRequest request = PlotRequests.Create(PlotKind.Auto);
        request.Rows = null;
        Check("density-2-alone", request);
    }

    /// <summary>Compares with the file of a name, or writes it.</summary>
    internal static void Check(string name, string content)
    {
        if (Environment.GetEnvironmentVariable("GMMTOOLS_WRITE_GOLDEN") == "1")
        {
            File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "../../../", Folder, name + ".txt"), content, new UTF8Encoding(false));
            return;
        }

        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, Folder, name + ".txt")).ReplaceLineEndings("\n"), content);
    }

    private static void Check(string name, PlotRequest request)
    {
        Figure figure = FigureBuilder.Build(request, 120, CancellationToken.None);
        Check(name, SvgSummary.Of(PictureRenderer.ToSvg(figure, 900, 650, 96)));
    }
}

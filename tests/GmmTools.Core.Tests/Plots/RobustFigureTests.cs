using System;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Plots;
using GmmTools.Plots.Figures;
using GmmTools.Plots.Kinds;
using Xunit;

namespace GmmTools.Core.Tests.Plots;

/// <summary>What pictures say of tails, noise and trimming.</summary>
public sealed class RobustFigureTests
{
    [Theory]
    [InlineData(PlotKind.Classification, "Ellipses: one and two scales of t.")]
    [InlineData(PlotKind.Uncertainty, "Ellipses: one and two scales of t.")]
    [InlineData(PlotKind.Density, "Contours enclose 50, 90 and 99 % of the mass.")]
    [InlineData(PlotKind.Pairs, "Below the diagonal ellipses of one and two scales of t, above it")]
    [InlineData(PlotKind.Outlier, "at a false-alarm rate of 2 %.")]
    public void Pictures_of_t_say_so(PlotKind kind, string sentence)
    {
        Figure figure = Build(kind, With([4, 59.74]));
        Assert.EndsWith(", 2 components of t", figure.Title, StringComparison.Ordinal);
        Assert.Contains("Degrees of freedom: 4, 59.7.", figure.Caption, StringComparison.Ordinal);
        Assert.Contains(sentence, figure.Caption, StringComparison.Ordinal);
        Assert.Contains("Degrees of freedom: 4.", Build(kind, With([4, 4])).Caption, StringComparison.Ordinal);
        Figure normal = Build(kind, PlotRequests.Faithful);
        Assert.EndsWith(", 2 components", normal.Title, StringComparison.Ordinal);
        Assert.DoesNotContain("freedom", normal.Caption, StringComparison.Ordinal);
        Assert.DoesNotContain("scales of t", normal.Caption, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bar_of_t_is_one_of_scales() => Assert.Contains(
        "Bars: one and two scales of t around the mean.", Build(PlotKind.Classification, With([4, 4]), "waiting").Caption, StringComparison.Ordinal);

    [Fact]
    public void A_comparison_tells_which_of_the_two_has_tails()
    {
        PlotRequest request = PlotRequests.Create(PlotKind.Comparison);
        request.Mixture = With([4, 4]);
        string caption = FigureBuilder.Build(request, 40, CancellationToken.None).Caption;
        Assert.Contains(
            "Ellipses: one and two standard deviations of the reference. Ellipses: one and two scales of t of the estimate.", caption, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PlotKind.Classification, "Grey crosses: rows of noise.", "Grey crosses: trimmed rows.")]
    [InlineData(PlotKind.Pairs, "Grey crosses: rows of noise.", "Grey crosses: trimmed rows.")]
    [InlineData(PlotKind.Outlier, "Rows are judged by the components, without the noise (10 %).", "Rows are judged by the components, to which all rows count.")]
    public void Pictures_say_which_rows_belong_to_no_component(PlotKind kind, string ofNoise, string ofTrimming)
    {
        GaussianMixture whole = PlotRequests.Faithful;
        MixtureParameters parameters = whole.ToParameters();
        parameters.AddBackground(UniformBackground.OfBox([1, 40], [6, 100]), 0.1);
        Figure noisy = Build(kind, new GaussianMixture(parameters, whole.Property));
        Assert.EndsWith(", 2 components and noise", noisy.Title, StringComparison.Ordinal);
        Assert.Contains(ofNoise, noisy.Caption, StringComparison.Ordinal);
        Figure trimmed = Build(kind, new GaussianMixture(whole.ToParameters(), whole.Property, trimming: new MixtureTrimming(0.1, -6)));
        Assert.EndsWith(", 2 components, trimmed", trimmed.Title, StringComparison.Ordinal);
        Assert.Contains(ofTrimming, trimmed.Caption, StringComparison.Ordinal);
    }

    private static Figure Build(PlotKind kind, GaussianMixture mixture, params string[] property)
    {
        PlotRequest request = PlotRequests.Create(kind, property);
        request.Mixture = mixture;
        return FigureBuilder.Build(request, 40, CancellationToken.None);
    }

    private static GaussianMixture With(double[] degreesOfFreedom)
    {
        MixtureParameters parameters = PlotRequests.Faithful.ToParameters();
        parameters.DegreesOfFreedom = degreesOfFreedom;
        return new GaussianMixture(parameters, PlotRequests.Faithful.Property);
    }
}

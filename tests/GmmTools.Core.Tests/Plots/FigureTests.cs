using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using GmmTools.Plots;
using GmmTools.Plots.Figures;
using GmmTools.Plots.Kinds;
using Xunit;

namespace GmmTools.Core.Tests.Plots;

/// <summary>What pictures show, before anything draws it.</summary>
public sealed class FigureTests
{
    private static readonly GaussianMixture Standard = GaussianMixture.Create([1], [[0, 0]], [new double[,] { { 1, 0.6 }, { 0.6, 1 } }]);

    [Fact]
    public void Levels_enclose_their_mass()
    {
        double[] exact = DensityLevels.Of(Standard, new Axis("x", -4, 4), new Axis("y", -4, 4), CancellationToken.None);
        GaussianMixture twice = GaussianMixture.Create([0.5, 0.5], [[0, 0], [0, 0]], [new double[,] { { 1, 0.6 }, { 0.6, 1 } }, new double[,] { { 1, 0.6 }, { 0.6, 1 } }]);
        double[] sampled = DensityLevels.Of(twice, new Axis("x", -4, 4), new Axis("y", -4, 4), CancellationToken.None);

        // in the plane a normal distribution has the mass 1 − exp(−r²/2) within the distance r
        double peak = -Math.Log(2 * Math.PI) - (0.5 * Math.Log(1 - 0.36));
        for (int i = 0; i < exact.Length; i++)
        {
            Assert.Equal(DensityLevels.Masses[i], 1 - Math.Exp(exact[i] - peak), 1e-9);
            Assert.Equal(DensityLevels.Masses[i], 1 - Math.Exp(sampled[i] - peak), 0.01);
        }
    }

    [Fact]
    public void A_contour_of_a_normal_distribution_is_an_ellipse()
    {
        Axis axis = new("x", -4, 4);
        DensityGrid grid = DensityGrid.Score(Standard, axis, axis, 161, CancellationToken.None);
        double level = -Math.Log(2 * Math.PI) - (0.5 * Math.Log(0.64)) - 2;

        (double[] x, double[] y) = Assert.Single(Contours.Trace(grid.X, grid.Y, grid.LogDensity, level));

        Assert.Equal((x[0], y[0]), (x[^1], y[^1]));
        Assert.All(x.Zip(y), point => Assert.Equal(4, ((point.First * point.First) - (1.2 * point.First * point.Second) + (point.Second * point.Second)) / 0.64, 0.01));
    }

    [Fact]
    public void Contours_of_two_peaks_part_below_the_saddle_and_end_at_the_border()
    {
        double[] places = [.. Enumerable.Range(0, 41).Select(i => (i - 20) / 10.0)];
        double[,] values = new double[41, 41];
        for (int i = 0; i < 41; i++)
        {
            for (int j = 0; j < 41; j++)
            {
                values[i, j] = (places[j] * places[j]) - (places[i] * places[i]);
            }
        }

        Assert.Equal(2, Contours.Trace(places, places, values, 1.003).Count);
        Assert.Equal(2, Contours.Trace(places, places, values, -1.003).Count);
        Assert.Empty(Contours.Trace(places, places, values, 5));
    }

    [Fact]
    public void Ellipses_lie_at_their_distance()
    {
        Axis axis = new("x", -4, 4);
        (double[] x, double[] y) = Ellipse.Trace(Standard.Components[0], 2, axis, axis);

        Assert.All(x.Zip(y), point => Assert.Equal(4, ((point.First * point.First) - (1.2 * point.First * point.Second) + (point.Second * point.Second)) / 0.64, 10));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_histogram_is_a_density(bool logarithmic)
    {
        AxisScale scale = logarithmic ? AxisScale.Logarithmic : AxisScale.Linear;
        GaussianMixture mixture = GaussianMixture.Create([0.5, 0.5], [[10], [20]], [new double[,] { { 1 } }, new double[,] { { 4 } }]);
        InMemoryObservations rows = PlotRequests.Draw(mixture, 5000);
        Axis axis = new("x1", 2, 40, scale);

        Histogram histogram = Histogram.Count(rows, 0, axis, mixture, CancellationToken.None);

        double area = histogram.Heights.Select((height, b) => height * (histogram.Edges[b + 1] - histogram.Edges[b])).Sum();
        Assert.Equal(1, area, 9);
        Assert.InRange(histogram.Heights.Length, 10, 200);
    }

    [Fact]
    public void A_histogram_counts_weights_and_leaves_gaps_out()
    {
        RowCollector collector = new(["x1"], weighted: true, MissingValuePolicy.Omit);
        collector.Add([1.0], 3);
        collector.Add([double.NaN], 5);
        collector.Add([9.0], 1);
        GaussianMixture mixture = GaussianMixture.Create([1], [[5]], [new double[,] { { 4 } }]);

        Histogram histogram = Histogram.Count(collector.Build(), 0, new Axis("x1", 0, 10), mixture, CancellationToken.None);

        double[] counts = [.. histogram.Heights.Select((height, b) => height * (histogram.Edges[b + 1] - histogram.Edges[b])).Where(count => count > 0)];
        Assert.Equal([0.75, 0.25], counts.Select(count => Math.Round(count, 12)));
    }

    [Fact]
    public void Curves_of_components_add_up_to_the_density_and_miss_no_peak()
    {
        GaussianMixture mixture = GaussianMixture.Create([0.7, 0.3], [[0], [50.123]], [new double[,] { { 100 } }, new double[,] { { 1e-6 } }]);

        DensityCurve curve = DensityCurve.Score(mixture, new Axis("x1", -50, 100), 100);

        Assert.Equal(0.3 / (1e-3 * Math.Sqrt(2 * Math.PI)), curve.Density.Max(), 1e-3);
        Assert.All(Enumerable.Range(0, curve.Places.Length), i => Assert.Equal(curve.Density[i], curve.Parts.Sum(part => part[i]), 1e-9));
    }

    [Fact]
    public void Points_are_classified_by_all_columns_of_the_mixture()
    {
        PlotRequest request = PlotRequests.Create(PlotKind.Classification);
        Panel panel = FigureBuilder.Build(request, 50, CancellationToken.None).Panels[0];
        Panel single = FigureBuilder.Build(PlotRequests.Create(PlotKind.Classification, "waiting"), 50, CancellationToken.None).Panels[0];

        Assert.Equal([175, 97], Counts(panel).Where(count => count > 1));
        Assert.Equal([175, 97], Counts(single).Where(count => count > 1));
        Assert.Equal(("eruptions", "waiting"), (panel.X.Title, panel.Y.Title));
        Assert.Equal(["1: 64 %", "2: 36 %"], panel.Layers.Select(layer => layer.Legend).OfType<string>());
    }

    [Fact]
    public void Many_rows_are_sampled_and_the_caption_says_so()
    {
        PlotRequest request = PlotRequests.Create(PlotKind.Classification);
        request.Rows = PlotRequests.Draw(PlotRequests.Faithful, 50000);

        Figure figure = FigureBuilder.Build(request, 50, CancellationToken.None);

        Assert.StartsWith("20,000 of 50,000 rows, drawn at random.", figure.Caption, StringComparison.Ordinal);
        Assert.Equal(20000, Counts(figure.Panels[0]).Where(count => count > 1).Sum());
    }

    [Fact]
    public void Outliers_are_counted_among_all_rows()
    {
        PlotRequest request = PlotRequests.Create(PlotKind.Outlier);
        request.Rows = PlotRequests.Draw(PlotRequests.Faithful, 50000);

        Figure figure = FigureBuilder.Build(request, 50, CancellationToken.None);

        string legend = figure.Panels[0].Layers.Select(layer => layer.Legend).OfType<string>().Single(text => text.StartsWith("outliers: ", StringComparison.Ordinal));
        double count = double.Parse(legend["outliers: ".Length..], System.Globalization.CultureInfo.InvariantCulture);

        // binomial, and the level is that of 20000 draws: about 6 standard deviations
        Assert.InRange(count, 650, 1350);
    }

    [Fact]
    public void Rows_with_gaps_are_drawn_and_judged_by_what_they_have()
    {
        RowCollector collector = new(["eruptions", "waiting"], policy: MissingValuePolicy.Marginalize);
        collector.Add([4.3, 80]);
        collector.Add([double.NaN, 80]);
        collector.Add([double.NaN, 300]);
        collector.Add([2, double.NaN]);
        IObservations rows = collector.Build();
        foreach (PlotKind kind in new[] { PlotKind.Density, PlotKind.Classification, PlotKind.Uncertainty, PlotKind.Outlier, PlotKind.Pairs })
        {
            PlotRequest request = new() { Kind = kind, Mixture = PlotRequests.Faithful, Rows = rows, FalseAlarmRate = 0.01 };
            Figure figure = FigureBuilder.Build(request, 20, CancellationToken.None);
            if (kind == PlotKind.Outlier)
            {
                Assert.StartsWith("1 of 4 rows (25 %) is an outlier", figure.Caption, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void The_best_fit_is_sound_and_marked()
    {
        Figure figure = FigureBuilder.Build(new PlotRequest { Kind = PlotKind.Criterion, Fits = PlotRequests.Fits }, 50, CancellationToken.None);

        Assert.Equal("Best: EEE with 4 components, BIC 2442.3. 1 of 12 combinations could not be fitted.", figure.Caption);
        Assert.Equal(["EEE", "VVV", "VII", "spurious", "best"], figure.Panels[0].Layers.Select(layer => layer.Legend).OfType<string>().OrderBy(Order));

        static int Order(string legend) => Array.IndexOf(["EEE", "VVV", "VII", "spurious", "best"], legend);
    }

    [Theory]
    [InlineData(1, 1, PlotKind.Auto)]
    [InlineData(1, 2, PlotKind.Auto)]
    [InlineData(1, 4, PlotKind.Auto)]
    [InlineData(500, 1, PlotKind.Density)]
    [InlineData(500, 2, PlotKind.Density)]
    [InlineData(500, 1, PlotKind.Classification)]
    [InlineData(500, 2, PlotKind.Classification)]
    [InlineData(500, 2, PlotKind.Uncertainty)]
    [InlineData(500, 3, PlotKind.Pairs)]
    [InlineData(500, 2, PlotKind.Outlier)]
    public void One_and_many_components(int componentCount, int dimension, PlotKind kind)
    {
        GaussianMixture mixture = PlotRequests.Random(componentCount, dimension);
        PlotRequest request = new() { Kind = kind, Mixture = mixture, Rows = PlotRequests.Draw(mixture, 300) };

        Figure figure = FigureBuilder.Build(request, 40, CancellationToken.None);

        Assert.NotEmpty(figure.Panels);
        Assert.True(figure.Panels.Sum(panel => panel.Layers.Count(layer => layer.Legend is not null)) <= 20);
    }

    [Theory]
    [InlineData(1e-9, 0)]
    [InlineData(1e9, 0)]
    [InlineData(1, 1.7e9)]
    public void Scales_and_offsets_change_the_axes_only(double factor, double offset)
    {
        GaussianMixture mixture = GaussianMixture.Create([0.5, 0.5], [[offset], [offset + (10 * factor)]], [new double[,] { { factor * factor } }, new double[,] { { factor * factor } }]);
        PlotRequest request = new() { Mixture = mixture, Rows = PlotRequests.Draw(mixture, 300) };

        Panel panel = FigureBuilder.Build(request, 40, CancellationToken.None).Panels[0];

        IReadOnlyList<Tick> ticks = AxisTicks.Choose(panel.X, 8);
        Assert.InRange(ticks.Count, 3, 9);
        Assert.Equal(ticks.Count, ticks.Select(tick => tick.Label).Distinct().Count());
        Assert.Contains(panel.Layers.OfType<BarsLayer>(), bars => bars.Heights.Length is > 5 and < 200);
    }

    [Theory]
    [InlineData("TooManyColumns", PlotKind.Density, 3)]
    [InlineData("TooManyColumns", PlotKind.Pairs, 9)]
    [InlineData("NoReference", PlotKind.Comparison, 2)]
    [InlineData("NoRows", PlotKind.Outlier, 2)]
    [InlineData("NoFits", PlotKind.Trace, 2)]
    [InlineData("NoFits", PlotKind.Criterion, 2)]
    public void What_cannot_be_drawn_is_said(string errorId, PlotKind kind, int dimension)
    {
        PlotRequest request = new() { Kind = kind, Mixture = PlotRequests.Random(2, dimension) };

        PlotException error = Assert.Throws<PlotException>(() => FigureBuilder.Build(request, 20, CancellationToken.None));

        Assert.Equal(errorId, error.ErrorId);
    }

    [Fact]
    public void Logarithmic_axes_leave_out_what_has_no_logarithm_and_say_so()
    {
        GaussianMixture mixture = GaussianMixture.Create([1], [[3]], [new double[,] { { 4 } }]);
        PlotRequest request = new() { Mixture = mixture, Rows = TestData.Observations(TestData.Column(-1, 0, 1, 10, 5)), LogAxes = ["X1", "density"] };

        Figure figure = FigureBuilder.Build(request, 40, CancellationToken.None);

        Assert.Equal(AxisScale.Logarithmic, figure.Panels[0].X.Scale);
        Assert.Equal(AxisScale.Logarithmic, figure.Panels[0].Y.Scale);
        Assert.StartsWith("2 rows without a positive x1 cannot be drawn.", figure.Caption, StringComparison.Ordinal);
        Assert.True(figure.Panels[0].X.First > -0.3);
        request.Rows = TestData.Observations(TestData.Column(-1, 1, 10, 5));
        Assert.StartsWith("1 row without a positive x1 cannot be drawn.", FigureBuilder.Build(request, 40, CancellationToken.None).Caption, StringComparison.Ordinal);
        request.LogAxes = ["x2"];
        Assert.Equal("UnknownAxis", Assert.Throws<PlotException>(() => FigureBuilder.Build(request, 40, CancellationToken.None)).ErrorId);
    }

    [Fact]
    public void On_a_logarithmic_axis_equal_areas_are_equal_shares()
    {
        GaussianMixture mixture = GaussianMixture.Create([0.953, 0.047], [[10], [3000]], [new double[,] { { 4 } }, new double[,] { { 90000 } }]);
        double[] values = [.. Enumerable.Range(0, 953).Select(i => 8 + (i / 238.0)), .. Enumerable.Range(0, 47).Select(i => 2700.0 + (13 * i))];
        PlotRequest request = new() { Mixture = mixture, Rows = TestData.Observations(TestData.Column(values)), LogAxes = ["x1"] };

        Figure figure = FigureBuilder.Build(request, 400, CancellationToken.None);

        Panel panel = figure.Panels[0];
        CurveLayer[] curves = [.. panel.Layers.OfType<CurveLayer>()];
        Assert.Equal(3, curves.Length);
        Assert.Equal(0.953, Area(curves[0].X, curves[0].Y), 0.01);
        Assert.Equal(0.047, Area(curves[1].X, curves[1].Y), 0.001);
        Assert.Equal(1, Area(curves[2].X, curves[2].Y), 0.01);
        BarsLayer bars = Assert.Single(panel.Layers.OfType<BarsLayer>());
        double[] shares = [.. bars.Heights.Select((height, b) => height * (bars.Edges[b + 1] - bars.Edges[b]))];
        Assert.Equal(1, shares.Sum(), 1e-12);
        Assert.Equal(0.047, shares.Where((_, b) => bars.Edges[b] > 2).Sum(), 1e-12);
        Assert.Contains("The density is per decade of x1.", figure.Caption, StringComparison.Ordinal);
    }

    [Fact]
    public void Contours_on_a_logarithmic_axis_enclose_their_mass()
    {
        Axis x = new("x", 1, 1000, AxisScale.Logarithmic);
        Axis y = new("y", -5, 5);
        GaussianMixture mixture = GaussianMixture.Create([1], [[100, 0]], [new double[,] { { 400, 0 }, { 0, 1 } }]);
        DensityGrid grid = DensityGrid.Score(mixture, x, y, 401, CancellationToken.None).PerPlace(x, y);
        double cell = (x.Last - x.First) * (y.Last - y.First) / (400 * 400);

        double[] levels = DensityLevels.Of(mixture, x, y, CancellationToken.None);

        for (int i = 0; i < levels.Length; i++)
        {
            double mass = grid.LogDensity.Cast<double>().Where(score => score >= levels[i]).Sum(Math.Exp) * cell;
            Assert.Equal(DensityLevels.Masses[i], mass, 0.01);
        }
    }

    private static double Area(double[] x, double[] y) => Enumerable.Range(1, x.Length - 1).Sum(i => (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2);

    private static int[] Counts(Panel panel) => [.. panel.Layers.OfType<PointsLayer>().Select(points => points.X.Length)];
}

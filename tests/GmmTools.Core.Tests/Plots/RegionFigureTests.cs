using System.Linq;
using System.Threading;
using GmmTools.Classification;
using GmmTools.Core.Tests.Support;
using GmmTools.Mixtures;
using GmmTools.Observations.Intake;
using GmmTools.Plots;
using GmmTools.Plots.Figures;
using GmmTools.Plots.Kinds;
using Xunit;

namespace GmmTools.Core.Tests.Plots;

public class RegionFigureTests
{
    private static readonly MixtureClassifier Classifier =
        new ClassifierEstimator(new ClassifierOptions { ComponentCounts = [2], Models = [CovarianceModel.EEE] }).Fit(ClassData.IrisRows());

    [Fact]
    public void Each_place_has_the_colour_of_its_most_probable_class()
    {
        Figure figure = Build(new PlotRequest { Property = ["x3", "x4"] });
        Panel panel = figure.Panels.Single();
        HeatLayer heat = panel.Layers.OfType<HeatLayer>().Single();
        MixtureClassifier two = new(
            Classifier.Method,
            Classifier.Classes.Select(one => new MixtureClass(one.Name, one.Prior, one.RowCount, one.TotalWeight, one.Mixture.Marginal([2, 3]))),
            false);
        ClassScorer scorer = new(two);
        double[] x = panel.X.Places(30);
        double[] y = panel.Y.Places(30);

        Assert.Equal("Regions of 3 classes", figure.Title);
        for (int i = 0; i < 30; i++)
        {
            for (int j = 0; j < 30; j++)
            {
                ClassScores scores = scorer.Score(RowBlock.FromRow([x[j], y[i]], 1));
                double probability = scores.Probabilities[scores.Places[0]];
                Close.Absolute((2 * scores.Places[0]) + ((probability - (1 / 3.0)) * 1.5), heat.Values[i, j], 1e-9);
            }
        }

        Assert.Equal(["setosa", "versicolor", "virginica"], panel.Layers.OfType<PointsLayer>().Select(layer => layer.Legend));
    }

    [Fact]
    public void Rows_are_drawn_by_the_class_that_all_columns_tell()
    {
        Panel panel = Build(new PlotRequest { Property = ["x3", "x4"], Rows = TestData.Observations(ClassData.Iris) }).Panels.Single();
        ClassScores scores = new ClassScorer(Classifier).Score(RowBlock.FromRows([.. ClassData.Iris.Cast<double>()], 150, 4));
        int[] counts = [.. panel.Layers.OfType<PointsLayer>().Select(layer => layer.X.Length)];
        Assert.Equal([.. Enumerable.Range(0, 3).Select(c => scores.Places.Count(place => place == c))], counts);
    }

    [Fact]
    public void One_column_has_a_curve_for_each_class_that_together_are_its_density()
    {
        Panel panel = Build(new PlotRequest { Property = ["x3"] }).Panels.Single();
        CurveLayer[] curves = [.. panel.Layers.OfType<CurveLayer>()];
        Assert.Equal(["setosa", "versicolor", "virginica"], curves.Select(curve => curve.Legend));

        // areas under the curves are the prior probabilities
        foreach ((CurveLayer curve, MixtureClass one) in curves.Zip(Classifier.Classes))
        {
            double area = Enumerable.Range(1, curve.X.Length - 1).Sum(i => (curve.X[i] - curve.X[i - 1]) * (curve.Y[i] + curve.Y[i - 1]) / 2);
            Close.Absolute(one.Prior, area, 0.01);
        }
    }

    [Fact]
    public void Tints_of_classes_do_not_run_into_each_other()
    {
        ColorMap tints = ColorMap.Tints(3);
        int[] colors = [.. Enumerable.Range(0, 6).Select(stop => tints.Color(stop / 5.0))];
        Assert.Equal(6, colors.Distinct().Count());
    }

    [Fact]
    public void Regions_are_those_of_a_classifier_and_nothing_else_is()
    {
        PlotException without = Assert.Throws<PlotException>(() => FigureBuilder.Build(
            new PlotRequest { Mixture = Classifier.Classes[0].Mixture, Kind = PlotKind.Region }, 30, CancellationToken.None));
        Assert.Equal(("RegionOfClassifier", "GiveClassifier"), (without.ErrorId, without.Remedy!.Name));
        PlotException other = Assert.Throws<PlotException>(() => Build(new PlotRequest { Kind = PlotKind.Density, Property = ["x1"] }));
        Assert.Equal(("RegionOfClassifier", "DrawRegion"), (other.ErrorId, other.Remedy!.Name));
        Assert.Equal("TooManyColumns", Assert.Throws<PlotException>(() => Build(new PlotRequest())).ErrorId);
    }

    private static Figure Build(PlotRequest request)
    {
        request.Classifier = Classifier;
        request.Mixture = Classifier.ToMixture(out _);
        return FigureBuilder.Build(request, 30, CancellationToken.None);
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Estimation.Known;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using GmmTools.Selection;
using GmmTools.Serialization;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>Fits where the class of some rows is known: published values, closed forms, and component numbers that stay those of the classes.</summary>
public class KnownComponentTests
{
    private static readonly string[] Species = [.. Enumerable.Range(0, 150).Select(i => i < 50 ? "setosa" : i < 100 ? "versicolor" : "virginica")];

    /// <summary>Labels of every tenth row of iris.</summary>
    private static readonly string?[] Some = [.. Species.Select((name, i) => i % 10 == 0 ? name : null)];

    /// <summary>From where mclust ends, EM ends at its values, which are 4e-6 short of the optimum for two of the models; the search finds a mixture that is at
    /// least as likely and classifies no worse.</summary>
    [Theory]
    [InlineData(CovarianceModel.VVV, -190.9212562)]
    [InlineData(CovarianceModel.EEE, -258.0028001)]
    [InlineData(CovarianceModel.VEV, -198.324269)]
    public void Iris_with_fifteen_labels_has_the_optimum_of_mclust(CovarianceModel model, double expected)
    {
        EmOptions options = Options(Some, model, 3);
        options.InitialMixture = ReferenceMixture(model);
        options.Tolerance = 1e-13;
        EmFit fit = new EmEstimator(options).Fit(TestData.Observations(TestData.Iris));

        Close.Absolute(expected, fit.LogLikelihood, model == CovarianceModel.VVV ? 1e-7 : 1e-5, "log-likelihood");
        Assert.Equal(["setosa", "versicolor", "virginica"], fit.Mixture.ComponentClasses);
        if (model == CovarianceModel.VVV)
        {
            Near([.3333027288, .4203626257, .2463346455], fit.Mixture.Parameters.Weights, 1e-7, "weights");
        }

        EmFit best = Fit(TestData.Iris, Some, model, 3);
        Assert.True(best.LogLikelihood >= fit.LogLikelihood - 1e-5, $"The search ended at {best.LogLikelihood}.");
        Assert.InRange(Errors(best), 0, Errors(fit));
    }

    [Fact]
    public void With_all_labels_known_each_component_has_the_moments_of_its_class()
    {
        EmFit fit = Fit(TestData.Iris, Species, CovarianceModel.VVV, 3);

        for (int k = 0; k < 3; k++)
        {
            double[] column = [.. Enumerable.Range(50 * k, 50).Select(i => TestData.Iris[i, 2])];
            GaussianComponent component = fit.Mixture.Components[k];
            Close.Relative(1 / 3.0, component.Weight, 1e-12, "weight");
            Close.Relative(column.Average(), component.Mean[2], 1e-12, "mean");
            Close.Relative(column.Select(x => Math.Pow(x - column.Average(), 2)).Average(), component.Covariance[2, 2], 1e-10, "variance");
        }

        Assert.Single(fit.Starts);
    }

    [Fact]
    public void Without_any_label_the_fit_is_that_of_the_rows_alone()
    {
        EmFit expected = new EmEstimator(new EmOptions { ComponentCount = 3 }).Fit(TestData.Observations(TestData.Iris));
        EmFit actual = Fit(TestData.Iris, new string?[150], CovarianceModel.VVV, 3);

        Assert.Equal(MixtureJsonWriter.Write(expected.Mixture), MixtureJsonWriter.Write(actual.Mixture));
        Assert.Equal(expected.LogLikelihoodTrace, actual.LogLikelihoodTrace);
    }

    /// <summary>Two classes of two clusters each, which no start without labels tells apart in this way.</summary>
    [Fact]
    public void Classes_have_as_many_components_as_are_asked_for_and_rows_of_a_class_stay_in_it()
    {
        double[,] rows = Clusters([0, 10, 5, 15], 0);
        string?[] labels = [.. Enumerable.Range(0, 400).Select(i => i % 8 == 0 ? i / 100 < 2 ? "odd" : "even" : null)];
        EmFit fit = Fit(rows, labels, CovarianceModel.VVV, 4, componentsPerClass: 2);

        Assert.Equal(["even", "even", "odd", "odd"], fit.Mixture.ComponentClasses);
        Near([5, 15], [.. fit.Mixture.Components.Take(2).Select(component => component.Mean[0]).Order()], 0.3, "means of even");
        Near([0, 10], [.. fit.Mixture.Components.Skip(2).Select(component => component.Mean[0]).Order()], 0.3, "means of odd");
    }

    [Fact]
    public void A_component_of_no_class_takes_rows_that_belong_to_none()
    {
        double[,] rows = Clusters([0, 10, 30, 40], 1);
        string?[] labels = [.. Enumerable.Range(0, 400).Select(i => i % 8 == 0 && i < 200 ? i < 100 ? "b" : "a" : null)];
        EmFit fit = Fit(rows, labels, CovarianceModel.VVV, 4);

        Assert.Equal(["a", "b", null, null], fit.Mixture.ComponentClasses);
        Near([10, 0], [.. fit.Mixture.Components.Take(2).Select(component => component.Mean[0])], 0.5, "means of the classes");
        Near([30, 40], [.. fit.Mixture.Components.Skip(2).Select(component => component.Mean[0]).Order()], 0.5, "means of the others");
    }

    /// <summary>One label in ten is wrong: where that is allowed for, the log-likelihood of rows and labels is what its formula says.</summary>
    [Fact]
    public void Wrong_labels_are_outvoted_where_they_are_allowed_for()
    {
        double[,] rows = Clusters([0, 10], 2);
        string[] labels = [.. Enumerable.Range(0, 200).Select(i => i < 100 ^ i % 10 == 0 ? "low" : "high")];
        EmFit strict = Fit(rows, labels, CovarianceModel.VVV, 2);
        EmFit fit = Fit(rows, labels, CovarianceModel.VVV, 2, errorRate: 0.1);

        Assert.Equal(["high", "low"], fit.Mixture.ComponentClasses);
        Close.Absolute(10, fit.Mixture.Components[0].Mean[0], 0.3, "mean of high");
        Assert.InRange(strict.Mixture.Components[0].StandardDeviation[0], 2.5, 4);
        Assert.InRange(fit.Mixture.Components[0].StandardDeviation[0], 0.8, 1.2);
        double expected = Enumerable.Range(0, 200).Sum(i => Math.Log(fit.Mixture.Components.Sum(component =>
            (labels[i] == component.Class ? 0.9 : 0.1) * component.Weight * Normal(rows[i, 0], component))));
        Close.Relative(expected, fit.LogLikelihood, 1e-9, "log-likelihood");
    }

    [Fact]
    public void Labels_hold_among_gaps_weights_and_in_files_and_the_bits_do_not_depend_on_threads()
    {
        double[,] values = Gaps.Punch(TestData.Iris, 0.1, 3);
        EmFit gappy = Fit(values, Some, CovarianceModel.VVV, 3);
        EmFit oneThread = Fit(values, Some, CovarianceModel.VVV, 3, threadCount: 1);
        Assert.Equal(gappy.Mixture.Parameters.Covariances, oneThread.Mixture.Parameters.Covariances);
        Close.Absolute(5.006, gappy.Mixture.Components[0].Mean[0], 0.05, "mean of setosa");

        // a row of weight 2 is two rows
        double[,] twice = new double[300, 4];
        for (int i = 0; i < 1200; i++)
        {
            twice[i / 4, i % 4] = TestData.Iris[i / 8, i % 4];
        }

        EmFit doubled = Fit(twice, [.. Enumerable.Range(0, 300).Select(i => Some[i / 2])], CovarianceModel.VVV, 3);
        ObservationsBuilder weighted = new([.. TestData.Observations(TestData.Iris).Property], weighted: true);
        for (int i = 0; i < 150; i++)
        {
            weighted.Add(TestData.Row(TestData.Iris, i), 2);
        }

        EmFit fit = new EmEstimator(Options(Some, CovarianceModel.VVV, 3)).Fit(weighted.Build());
        Close.Relative(doubled.LogLikelihood, fit.LogLikelihood, 1e-9, "log-likelihood");
    }

    /// <summary>Thirty labels among 60 000 rows are not lost in the sample that starts are found in.</summary>
    [Fact]
    public void A_few_labels_among_many_rows_decide_which_component_is_which()
    {
        double[,] rows = new double[60_000, 1];
        Random random = new(5);
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i, 0] = (i % 3 * 6) + Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        }

        string?[] labels = [.. Enumerable.Range(0, 60_000).Select(i => i % 2000 == 0 ? "cab"[i % 3].ToString() : null)];
        EmFit fit = Fit(rows, labels, CovarianceModel.VVV, 3);

        Assert.Equal(["a", "b", "c"], fit.Mixture.ComponentClasses);
        Near([6, 12, 0], [.. fit.Mixture.Components.Select(component => component.Mean[0])], 0.1, "means");
    }

    [Fact]
    public void Labels_that_are_numbers_of_components_are_theirs()
    {
        double[,] rows = Clusters([0, 10, 20], 3);
        string?[] labels = [.. Enumerable.Range(0, 300).Select(i => i % 5 > 0 ? null : i < 100 ? "3" : i < 200 ? "1" : null)];
        EmFit fit = Fit(rows, labels, CovarianceModel.VVV, 3);

        Assert.Equal(["1", null, "3"], fit.Mixture.ComponentClasses);
        Near([10, 20, 0], [.. fit.Mixture.Components.Select(component => component.Mean[0])], 0.5, "means");
    }

    [Fact]
    public void A_search_over_models_and_a_fit_that_goes_on_keep_the_classes()
    {
        IReadOnlyList<IFitOutcome> outcomes = new ModelSearch(Options(Some, CovarianceModel.VVV, 3)).Fit(
            TestData.Observations(TestData.Iris), new SearchAxes([3, 4], [CovarianceModel.EEE, CovarianceModel.VVV]), CancellationToken.None);
        EmFit[] fits = [.. outcomes.Cast<EmFit>()];
        Assert.All(fits, fit => Assert.Equal(["setosa", "versicolor", "virginica"], fit.Mixture.ComponentClasses!.Take(3)));
        Close.Absolute(-258.0028001, fits.Single(fit => fit.ComponentCount == 3 && fit.CovarianceModel == CovarianceModel.EEE).LogLikelihood, 1e-5, "log-likelihood");

        EmFit first = fits[0];
        EmFit read = (EmFit)MixtureJsonReader.Read(Encoding.UTF8.GetBytes(MixtureJsonWriter.Write(first)));
        Assert.Equal(first.Mixture.ComponentClasses, read.Mixture.ComponentClasses);
        Assert.Equal(first.Mixture.Parameters.Weights, read.Mixture.Parameters.Weights);
        EmFit next = new EmEstimator(new EmOptions { ComponentCount = first.ComponentCount, InitialMixture = read.Mixture, CovarianceModel = first.CovarianceModel })
            .Fit(TestData.Observations(TestData.Iris));
        Assert.Equal(first.Mixture.ComponentClasses, next.Mixture.ComponentClasses);
    }

    [Fact]
    public void A_start_with_components_in_another_order_is_put_in_that_of_the_classes()
    {
        EmFit fit = Fit(TestData.Iris, Some, CovarianceModel.VVV, 3);
        EmOptions options = Options(Some, CovarianceModel.VVV, 3);
        options.InitialMixture = new GaussianMixture(fit.Mixture.Parameters.InOrder([2, 0, 1]), null, CovarianceModel.VVV);
        EmFit again = new EmEstimator(options).Fit(TestData.Observations(TestData.Iris));

        Close.Absolute(fit.LogLikelihood, again.LogLikelihood, 1e-5, "log-likelihood");
        Assert.Equal(fit.Mixture.ComponentClasses, again.Mixture.ComponentClasses);
    }

    [Fact]
    public void A_checkpoint_goes_on_to_the_bit_and_is_refused_for_other_labels()
    {
        string path = Path.Combine(Path.GetTempPath(), $"known-{Guid.NewGuid():N}.checkpoint");
        try
        {
            EmOptions options = Options(Some, CovarianceModel.VVV, 3);
            EmFit whole = new EmEstimator(options).Fit(TestData.Observations(TestData.Iris));
            options.Checkpoint = new CheckpointOptions(path) { Interval = TimeSpan.Zero };
            options.MaxIteration = 10_000;
            using CancellationTokenSource source = new();
            int iterations = 0;
            Assert.ThrowsAny<OperationCanceledException>(() => new EmEstimator(options, _ =>
            {
                if (++iterations == 40)
                {
                    source.Cancel();
                }
            }).Fit(TestData.Observations(TestData.Iris), source.Token));
            EmOptions others = Options([.. Some.Select((label, i) => i == 0 ? "virginica" : label)], CovarianceModel.VVV, 3);
            others.Checkpoint = options.Checkpoint;
            Assert.Throws<GmmTools.Estimation.Checkpoints.CheckpointException>(() => new EmEstimator(others).Fit(TestData.Observations(TestData.Iris)));
            EmFit resumed = new EmEstimator(options).Fit(TestData.Observations(TestData.Iris));
            Assert.Equal(whole.Mixture.Parameters.Covariances, resumed.Mixture.Parameters.Covariances);
            Assert.Equal(whole.Statistics!.Scatters, resumed.Statistics!.Scatters);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void What_does_not_go_together_is_told()
    {
        InMemoryObservations rows = TestData.Observations(TestData.Iris);
        Assert.Equal("TooFewComponents", Error(options => options.ComponentCount = 2));
        Assert.Equal("KnownComponentNotSupported", Error(options => options.Noise = true));
        Assert.Equal("KnownComponentNotSupported", Error(options => options.TrimFraction = 0.1));
        Assert.Equal("KnownComponentNotSupported", Error(options => options.CollapsePolicy = CollapsePolicy.Drop));
        Assert.Equal("InvalidLabelErrorRate", Error(options => options.KnownComponents!.LabelErrorRate = 1));
        EmOptions few = Options([.. Some.Take(149)], CovarianceModel.VVV, 3);
        Assert.Equal("LabelCountMismatch", Assert.Throws<EstimationException>(() => new EmEstimator(few).Fit(rows)).ErrorId);

        string Error(Action<EmOptions> change)
        {
            EmOptions options = Options(Some, CovarianceModel.VVV, 3);
            change(options);
            return Assert.Throws<EstimationException>(() => new EmEstimator(options).Fit(rows)).ErrorId;
        }
    }

    private static EmFit Fit(
        double[,] rows,
        IReadOnlyList<string?> labels,
        CovarianceModel model,
        int componentCount,
        int componentsPerClass = 1,
        double errorRate = 0,
        int? threadCount = null)
    {
        EmOptions options = Options(labels, model, componentCount, componentsPerClass, errorRate);
        options.ThreadCount = threadCount ?? options.ThreadCount;
        RowCollector collector = new([.. Enumerable.Range(1, rows.GetLength(1)).Select(j => $"x{j}")], weighted: false, MissingValuePolicy.Marginalize);
        for (int i = 0; i < rows.GetLength(0); i++)
        {
            collector.Add(TestData.Row(rows, i));
        }

        return new EmEstimator(options).Fit(collector.Build());
    }

    private static EmOptions Options(IReadOnlyList<string?> labels, CovarianceModel model, int componentCount, int componentsPerClass = 1, double errorRate = 0)
    {
        KnownComponentsBuilder builder = new();
        foreach (string? label in labels)
        {
            builder.Add(label);
        }

        KnownComponents known = builder.Build(componentCount, componentsPerClass);
        known.LabelErrorRate = errorRate;
        return new EmOptions { ComponentCount = componentCount, CovarianceModel = model, KnownComponents = known };
    }

    /// <summary>A hundred rows about each centre, one after the other.</summary>
    private static double[,] Clusters(double[] centres, ulong seed)
    {
        Random random = new((int)seed);
        return TestData.Column(
        [
            .. centres.SelectMany(centre => Enumerable.Range(0, 100).Select(_ =>
                centre + (Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))),
        ]);
    }

    private static GaussianMixture ReferenceMixture(CovarianceModel model)
    {
        using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "known-components.json")));
        string text = json.RootElement.EnumerateArray().Single(one => one.GetProperty("covariance_model").GetString() == model.ToString()).GetRawText();
        return (GaussianMixture)MixtureJsonReader.Read(Encoding.UTF8.GetBytes(text));
    }

    private static int Errors(EmFit fit) => Enumerable.Range(0, 150).Count(i =>
    {
        GmmTools.Numerics.Kernels.SingleRowScorer scorer = fit.Mixture.Parameters.Terms.Link.CreateRowScorer(fit.Mixture.Parameters.Terms);
        scorer.Score(TestData.Row(TestData.Iris, i));
        return fit.Mixture.ComponentClasses![Array.IndexOf(scorer.Responsibilities, scorer.Responsibilities.Max())] != Species[i];
    });

    private static void Near(double[] expected, double[] actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Close.Absolute(expected[i], actual[i], tolerance, what);
        }
    }

    private static double Normal(double x, GaussianComponent component) =>
        Math.Exp(-0.5 * Math.Pow((x - component.Mean[0]) / component.StandardDeviation[0], 2)) / (component.StandardDeviation[0] * Math.Sqrt(2 * Math.PI));
}

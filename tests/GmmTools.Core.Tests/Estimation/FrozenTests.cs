using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Estimation.Known;
using GmmTools.Inference;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Scoring;
using GmmTools.Serialization;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>Mixtures of which a part is known: what is kept stays to the bit, what is free is its best, and parameters are counted accordingly.</summary>
public class FrozenTests
{
    private static readonly InMemoryObservations Faithful = TestData.Observations(TestData.Faithful);

    [Fact]
    public void Where_everything_is_kept_a_fit_is_a_score()
    {
        EmFit start = new EmEstimator(new EmOptions { ComponentCount = 2 }).Fit(Faithful);
        GaussianMixture shifted = GaussianMixture.Create(
            [0.7, 0.3],
            [[4.2, 81], [2.1, 54]],
            [.. start.Mixture.Components.Select(component => component.Covariance)]);
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 2, InitialMixture = shifted, Frozen = Kept(FrozenPart.All, FrozenPart.All) }).Fit(Faithful);

        Assert.Equal(shifted.Parameters.Weights, fit.Mixture.Parameters.Weights);
        Assert.Equal(shifted.Parameters.Means, fit.Mixture.Parameters.Means);
        Assert.Equal(shifted.Parameters.Covariances, fit.Mixture.Parameters.Covariances);
        Close.Relative(LikelihoodSummary.Measure(shifted, Faithful, 2, CancellationToken.None).LogLikelihood, fit.LogLikelihood, 1e-12, "log-likelihood");
        Assert.Equal(0, fit.ParameterCount);
    }

    /// <summary>One part at a time: the log-likelihood never falls, what is kept is kept, and the rest ends where its equations hold.</summary>
    [Theory]
    [InlineData(FrozenPart.Mean, CovarianceModel.VVV, 11 - 4)]
    [InlineData(FrozenPart.Covariance, CovarianceModel.VVV, 11 - 6)]
    [InlineData(FrozenPart.Weight, CovarianceModel.VVV, 11 - 1)]
    [InlineData(FrozenPart.Mean | FrozenPart.Weight, CovarianceModel.EEE, 8 - 4 - 1)]
    [InlineData(FrozenPart.Covariance, CovarianceModel.EEE, 8 - 3)]
    [InlineData(FrozenPart.Covariance, CovarianceModel.VII, 7 - 2)]
    public void A_part_of_all_components_is_kept(FrozenPart part, CovarianceModel model, int parameterCount)
    {
        GaussianMixture start = Start(model);
        EmFit fit = new EmEstimator(
            new EmOptions { ComponentCount = 2, CovarianceModel = model, InitialMixture = start, Frozen = Kept(part, part), Tolerance = 1e-12 }).Fit(Faithful);

        Check(FrozenPart.Mean, start.Parameters.Means, fit.Mixture.Parameters.Means);
        Check(FrozenPart.Covariance, start.Parameters.Covariances, fit.Mixture.Parameters.Covariances);
        Check(FrozenPart.Weight, start.Parameters.Weights, fit.Mixture.Parameters.Weights);
        Assert.Equal(parameterCount, fit.ParameterCount);
        Assert.All(fit.LogLikelihoodTrace.Zip(fit.LogLikelihoodTrace.Skip(1)), pair => Assert.True(pair.Second >= pair.First - 1e-8));

        void Check(FrozenPart one, double[] expected, double[] actual)
        {
            if ((part & one) != 0)
            {
                Assert.Equal(expected, actual);
            }
            else
            {
                Assert.NotEqual(expected, actual);
            }
        }
    }

    /// <summary>One column, the first component kept: beside it the second is that of an EM written down here once more.</summary>
    [Fact]
    public void A_component_beside_one_that_is_kept_is_that_of_the_plain_equations()
    {
        double[] x = [.. Enumerable.Range(0, 272).Select(i => TestData.Faithful[i, 1])];
        GaussianMixture start = GaussianMixture.Create([0.6, 0.4], [[80], [50]], [new[,] { { 36.0 } }, new[,] { { 25.0 } }]);
        EmOptions options = new()
        {
            ComponentCount = 2,
            InitialMixture = start,
            Frozen = Kept(FrozenPart.Mean | FrozenPart.Covariance, FrozenPart.None),
            Tolerance = 1e-13,
        };
        EmFit fit = new EmEstimator(options).Fit(TestData.Observations(TestData.Column(x)));

        (double weight, double mean, double variance) = (0.4, 50, 25);
        for (int step = 0; step < 5000; step++)
        {
            double[] r = [.. x.Select(value => Share(weight * Normal(value, mean, variance), (1 - weight) * Normal(value, 80, 36)))];
            double n = r.Sum();
            weight = n / x.Length;
            mean = r.Zip(x, (share, value) => share * value).Sum() / n;
            variance = r.Zip(x, (share, value) => share * (value - mean) * (value - mean)).Sum() / n;
        }

        GaussianComponent free = fit.Mixture.Components[1];
        Close.Relative(weight, free.Weight, 1e-6, "weight");
        Close.Relative(mean, free.Mean[0], 1e-6, "mean");
        Close.Relative(variance, free.Covariance[0, 0], 1e-6, "variance");
        Assert.Equal(80, fit.Mixture.Components[0].Mean[0]);
        Assert.Equal(3, fit.ParameterCount);
        Assert.Equal(["1", "2"], fit.Mixture.ComponentClasses);
    }

    /// <summary>A baseline of two components and 10 % of new rows elsewhere: the third component is theirs, the baseline stays.</summary>
    [Theory]
    [InlineData(CovarianceModel.VVV)]
    [InlineData(CovarianceModel.VVI)]
    public void A_component_is_added_to_a_baseline_that_stays(CovarianceModel model)
    {
        GaussianMixture baseline = GaussianMixture.Create([0.7, 0.3], [[0, 0], [8, 0]], [new[,] { { 1.0, 0 }, { 0, 1 } }, new[,] { { 2.0, 0 }, { 0, 0.5 } }]);
        baseline = new GaussianMixture(baseline.Parameters.ToShape(model.Shape()), null, model);
        double[,] rows = new double[2200, 2];
        double[,] old = new GmmTools.Sampling.MixtureSampler(baseline, 7).DrawMatrix(2000);
        Array.Copy(old, rows, old.Length);
        Random random = new(11);
        for (int i = 2000; i < 2200; i++)
        {
            rows[i, 0] = 4 + (0.3 * Gauss(random));
            rows[i, 1] = 3 + (0.3 * Gauss(random));
        }

        EmOptions options = new()
        {
            ComponentCount = 3,
            AdditionalComponentCount = 1,
            CovarianceModel = model,
            InitialMixture = baseline,
            Frozen = Kept(FrozenPart.All, FrozenPart.All),
        };
        EmFit fit = new EmEstimator(options).Fit(TestData.Observations(rows));

        GaussianComponent found = fit.Mixture.Components[2];
        Close.Absolute(200 / 2200.0, found.Weight, 0.01, "weight");
        Close.Absolute(4, found.Mean[0], 0.1, "mean");
        Close.Absolute(3, found.Mean[1], 0.1, "mean");
        Assert.Equal(baseline.Parameters.Means, fit.Mixture.Parameters.Means.Take(4));
        Assert.Equal(["1", "2", null], fit.Mixture.ComponentClasses);
        Close.Relative(0.7 / 0.3, fit.Mixture.Components[0].Weight / fit.Mixture.Components[1].Weight, 1e-12, "proportion of the baseline");
        Assert.Equal(model == CovarianceModel.VVV ? 6 : 5, fit.ParameterCount);

        // what goes on from the fit keeps the same parts, also from a file
        EmFit read = (EmFit)MixtureJsonReader.Read(Encoding.UTF8.GetBytes(MixtureJsonWriter.Write(fit)));
        Assert.Equal(fit.Options.Frozen!.Parts, read.Options.Frozen!.Parts);
        Assert.Equal(1, read.Options.AdditionalComponentCount);
        EmFit next = new EmEstimator(read.Options.ContinueFrom(read.Mixture)).Fit(TestData.Observations(rows));
        Assert.Equal(baseline.Parameters.Means, next.Mixture.Parameters.Means.Take(4));
        Assert.Equal(fit.ParameterCount, next.ParameterCount);
        Close.Relative(0.7 / 0.3, next.Mixture.Components[0].Weight / next.Mixture.Components[1].Weight, 1e-12, "proportion of the baseline");
        UncertaintyReport report = new MixtureUncertainty(new UncertaintyOptions { ReplicateCount = 30 }).Measure(fit.Mixture, fit.Options, TestData.Observations(rows));
        Assert.Equal(0, report.Parameters.Single(parameter => parameter.Parameter == "Mean" && parameter.Component == 1 && parameter.Column == "x1").StandardError);
        Assert.InRange(report.Parameters.Single(parameter => parameter.Parameter == "Mean" && parameter.Component == 3 && parameter.Column == "x1").StandardError, 0.005, 0.1);
    }

    /// <summary>A narrow component of a baseline that few of the new rows belong to is no fault of the fit.</summary>
    [Fact]
    public void A_component_whose_covariance_is_kept_is_not_spurious()
    {
        GaussianMixture start = GaussianMixture.Create([0.97, 0.03], [[3.5, 71], [2, 51]], [new[,] { { 1.3, 0 }, { 0, 180 } }, new[,] { { 1, 0 }, { 0, 1e-4 } }]);
        EmOptions options = new() { ComponentCount = 2, InitialMixture = start, Frozen = Kept(FrozenPart.Mean, FrozenPart.Mean | FrozenPart.Covariance) };
        EmFit fit = new EmEstimator(options).Fit(Faithful);
        GaussianMixture again = GaussianMixture.Create(
            fit.Mixture.Parameters.Weights, [[3.5, 71], [2, 51]], [.. fit.Mixture.Components.Select(component => component.Covariance)]);
        options = new EmOptions { ComponentCount = 2, InitialMixture = again, Frozen = Kept(FrozenPart.Mean, FrozenPart.Weight), MaxIteration = 1 };

        Assert.Empty(fit.SpuriousComponents);
        Assert.NotEmpty(new EmEstimator(options).Fit(Faithful).SpuriousComponents);
    }

    [Fact]
    public void Components_are_added_to_a_mixture_of_which_nothing_is_kept()
    {
        double[,] rows = TestData.Draw(3000, 4, 2, 3);
        EmFit two = new EmEstimator(new EmOptions { ComponentCount = 2 }).Fit(TestData.Observations(rows));
        EmFit four = new EmEstimator(new EmOptions { ComponentCount = 4, AdditionalComponentCount = 2, InitialMixture = two.Mixture }).Fit(TestData.Observations(rows));
        EmFit free = new EmEstimator(new EmOptions { ComponentCount = 4 }).Fit(TestData.Observations(rows));

        Close.Absolute(free.LogLikelihood, four.LogLikelihood, 0.1, "log-likelihood");
    }

    [Fact]
    public void Gaps_weights_and_threads_change_nothing_of_what_is_kept()
    {
        double[,] rows = Gaps.Punch(TestData.Faithful, 0.1, 3);
        GmmTools.Observations.Intake.RowCollector collector = new(["x1", "x2"], weighted: true, GmmTools.Observations.Intake.MissingValuePolicy.Marginalize);
        for (int i = 0; i < 272; i++)
        {
            collector.Add(TestData.Row(rows, i), 1 + (i % 3));
        }

        IObservations observations = collector.Build();
        GaussianMixture start = Start(CovarianceModel.VVV);
        EmFit[] fits = [.. new[] { 1, 2 }.Select(threads => new EmEstimator(new EmOptions
        {
            ComponentCount = 2, InitialMixture = start, Frozen = Kept(FrozenPart.All, FrozenPart.None), ThreadCount = threads,
        }).Fit(observations))];
        Assert.Equal(start.Parameters.Means.Take(2), fits[0].Mixture.Parameters.Means.Take(2));
        Assert.Equal(start.Parameters.Covariances.Take(3), fits[0].Mixture.Parameters.Covariances.Take(3));
        Assert.Equal(fits[0].Mixture.Parameters.Covariances, fits[1].Mixture.Parameters.Covariances);
    }

    [Fact]
    public void What_does_not_go_together_is_told()
    {
        Assert.Equal("FrozenWithoutStart", Error(options => options.InitialMixture = null));
        Assert.Equal("FrozenPartCount", Error(options => options.Frozen = Kept(FrozenPart.Mean)));
        Assert.Equal("InitialModelMismatch", Error(options => options.ComponentCount = 3));
        Assert.Equal("InvalidAdditionalComponentCount", Error(options => (options.ComponentCount, options.AdditionalComponentCount) = (1, -1)));
        Action<EmOptions>[] others =
        [
            options => options.Noise = true,
            options => options.TrimFraction = 0.1,
            options => options.Tail = Tail.Student,
            options => options.Prior = true,
            options => options.FixedWeights = [0.5, 0.5],
            options => options.CollapsePolicy = CollapsePolicy.Drop,
            options => options.CovarianceModel = CovarianceModel.VEV,
            options => options.CovarianceModel = CovarianceModel.EEE,
            options => options.KnownComponents = new KnownComponentsBuilder().Build(),
        ];
        Assert.All(others, change => Assert.Equal("FrozenNotSupported", Error(change)));

        string Error(Action<EmOptions> change)
        {
            EmOptions options = new() { ComponentCount = 2, InitialMixture = Start(CovarianceModel.VVV), Frozen = Kept(FrozenPart.All, FrozenPart.All) };
            change(options);
            return Assert.Throws<EstimationException>(() => new EmEstimator(options)).ErrorId;
        }
    }

    public static TheoryData<int> Regularized => [0, 1, 2, 3, 4];

    /// <summary>The fixed points of scikit-learn with a large reg_covar.</summary>
    [Theory]
    [MemberData(nameof(Regularized))]
    public void A_number_added_to_variances_leads_where_it_leads_in_scikit_learn(int number)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "regularized.json")));
        JsonElement expected = json.RootElement.GetProperty("fits")[number];
        double addition = expected.GetProperty("addition").GetDouble();
        CovarianceModel model = Enum.Parse<CovarianceModel>(expected.GetProperty("model").GetString()!);
        double[,] rows = TestData.Named(expected.GetProperty("data").GetString()!);
        double[] weights = [.. expected.GetProperty("weights").EnumerateArray().Select(weight => weight.GetDouble())];
        double[][] means = [.. expected.GetProperty("means").EnumerateArray().Select(mean => mean.EnumerateArray().Select(value => value.GetDouble()).ToArray())];
        int dimension = means[0].Length;
        double[,] wide = new double[dimension, dimension];
        for (int j = 0; j < dimension; j++)
        {
            wide[j, j] = 1 + addition;
        }

        GaussianMixture start = GaussianMixture.Create(weights, means, [.. weights.Select(_ => wide)]);
        EmOptions options = new() { ComponentCount = weights.Length, CovarianceModel = model, InitialMixture = start, RegularizeCovariance = addition, Tolerance = 1e-13 };
        EmFit fit = new EmEstimator(options).Fit(TestData.Observations(rows));

        Close.Absolute(expected.GetProperty("log_likelihood").GetDouble(), fit.LogLikelihood, 1e-5, "log-likelihood");
        Assert.Equal(StopReason.Converged, fit.StopReason);
        double[] sorted = [.. weights.OrderDescending()];
        for (int k = 0; k < weights.Length; k++)
        {
            Close.Absolute(sorted[k], fit.Mixture.Components[k].Weight, 1e-6, "weight");
            Assert.All(Enumerable.Range(0, dimension), j => Assert.True(fit.Mixture.Components[k].Covariance[j, j] >= addition));
        }
    }

    [Fact]
    public void A_search_with_a_number_added_to_variances_finds_a_fit_and_refuses_what_it_does_not_go_with()
    {
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 2, RegularizeCovariance = 0.5 }).Fit(Faithful);
        Assert.Equal(StopReason.Converged, fit.StopReason);
        Assert.Equal(0.5, ((EmFit)MixtureJsonReader.Read(Encoding.UTF8.GetBytes(MixtureJsonWriter.Write(fit)))).Options.RegularizeCovariance);
        EmFit plain = new EmEstimator(new EmOptions { ComponentCount = 2 }).Fit(Faithful);
        EmFit tiny = new EmEstimator(new EmOptions { ComponentCount = 2, RegularizeCovariance = 1e-12, Tolerance = 1e-12 }).Fit(Faithful);
        Close.Absolute(plain.LogLikelihood, tiny.LogLikelihood, 1e-5, "log-likelihood");
        Action<EmOptions>[] others =
        [
            options => options.Noise = true,
            options => options.Tail = Tail.Student,
            options => options.Prior = true,
            options => options.Standardize = true,
            options => options.CovarianceModel = CovarianceModel.VEV,
        ];
        Assert.All(others, change =>
        {
            EmOptions options = new() { ComponentCount = 2, RegularizeCovariance = 0.5 };
            change(options);
            Assert.Equal("RegularizeNotSupported", Assert.Throws<EstimationException>(() => new EmEstimator(options)).ErrorId);
        });
        Assert.Equal(
            "InvalidRegularizeCovariance", Assert.Throws<EstimationException>(() => new EmEstimator(new EmOptions { RegularizeCovariance = -1 })).ErrorId);
    }

    private static FrozenParts Kept(params FrozenPart[] parts) => new(parts);

    private static GaussianMixture Start(CovarianceModel model)
    {
        double[,] matrix = model == CovarianceModel.VII ? new[,] { { 30.0, 0 }, { 0, 30 } } : new[,] { { 0.3, 0.5 }, { 0.5, 40 } };
        double[,] other = model == CovarianceModel.VVV ? new[,] { { 0.1, 0.4 }, { 0.4, 30 } } : model == CovarianceModel.VII ? new[,] { { 20.0, 0 }, { 0, 20 } } : matrix;
        GaussianMixture mixture = GaussianMixture.Create([0.55, 0.45], [[4.1, 79], [2.2, 56]], [matrix, other]);
        return new GaussianMixture(mixture.Parameters.ToShape(model.Shape()), null, model);
    }

    private static double Share(double own, double other) => own / (own + other);

    private static double Normal(double x, double mean, double variance) => Math.Exp(-0.5 * (x - mean) * (x - mean) / variance) / Math.Sqrt(2 * Math.PI * variance);

    private static double Gauss(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Estimation.Models;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Selection;
using MathNet.Numerics;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>Fits of multivariate t as users make them; the values are those of EM from stated starts.</summary>
public sealed class StudentFitTests
{
    [Theory]
    [InlineData("faithful", 4.0, -1140.53300354, 4.0)]
    [InlineData("faithful", 30.0, -1130.25770249, 30.0)]
    [InlineData("faithful", null, -1130.17891847, 59.7498)]
    [InlineData("grid", 4.0, -1403.94991393, 4.0)]
    [InlineData("grid", null, -1397.870998, 2.50716)]
    [InlineData("iris", 4.0, -190.989751218, 4.0)]
    [InlineData("iris", null, -179.962808588, 45.9437)]
    public void Known_starts_lead_to_known_ends(string data, double? degreesOfFreedom, double logLikelihood, double expected)
    {
        EmFit fit = Fit(data, options =>
        {
            options.DegreesOfFreedom = degreesOfFreedom is double number ? [number] : null;
            options.CommonDegreesOfFreedom = degreesOfFreedom is null;
        });
        Close.Absolute(logLikelihood, fit.LogLikelihood, 1e-5, "log-likelihood");
        Assert.Equal(StopReason.Converged, fit.StopReason);
        Assert.All(fit.Mixture.Components, component => Close.Relative(expected, component.DegreesOfFreedom!.Value, 1e-4, "degrees of freedom"));
        Assert.Equal(CovarianceModel.VVV.ParameterCount(fit.ComponentCount, fit.Property.Count) + (degreesOfFreedom is null ? 1 : 0), fit.ParameterCount);
        if (data == "faithful" && degreesOfFreedom == 4)
        {
            Close.Absolute(0.64819439, fit.Mixture.Components[0].Weight, 1e-6, "weight 1");
            Close.Absolute(0.35180561, fit.Mixture.Components[1].Weight, 1e-6, "weight 2");
        }
    }

    [Theory]
    [InlineData(4.0, -1140.53300354)]
    [InlineData(null, -1130.17891847)]
    public void The_search_finds_what_the_start_leads_to(double? degreesOfFreedom, double logLikelihood)
    {
        EmFit fit = Search(TestData.Faithful, 2, adjust: options =>
        {
            options.DegreesOfFreedom = degreesOfFreedom is double number ? [number] : null;
            options.CommonDegreesOfFreedom = degreesOfFreedom is null;
        });
        Close.Absolute(logLikelihood, fit.LogLikelihood, 1e-3, "log-likelihood");
    }

    [Theory]
    [InlineData(AccelerationMethod.None)]
    [InlineData(AccelerationMethod.Anderson)]
    public void Degrees_of_freedom_of_each_component_are_never_worse_than_common_ones(AccelerationMethod method)
    {
        EmFit own = Fit("grid", options => options.Acceleration = method);
        Close.AtLeast(-1397.870998, own.LogLikelihood, 0);
        Assert.Equal(CovarianceModel.VVV.ParameterCount(2, 2) + 2, own.ParameterCount);
        Assert.Equal(2, own.Mixture.Components.Select(component => component.DegreesOfFreedom).Distinct().Count());
        EmFit common = Fit("grid", options => (options.Acceleration, options.CommonDegreesOfFreedom) = (method, true));
        Close.Absolute(-1397.870998, common.LogLikelihood, 1e-5, "log-likelihood");
    }

    [Fact]
    public void Given_degrees_of_freedom_stay_with_the_components_of_the_start()
    {
        EmFit fit = Fit("faithful", options => options.DegreesOfFreedom = [3, 50]);
        Assert.Equal([3, 50], fit.Mixture.Components.Select(component => component.DegreesOfFreedom!.Value));
        EmFit turned = Fit("faithful", options => options.DegreesOfFreedom = [50, 3]);
        Assert.Equal([50, 3], turned.Mixture.Components.Select(component => component.DegreesOfFreedom!.Value));
        Assert.Equal(CovarianceModel.VVV.ParameterCount(2, 2), fit.ParameterCount);
    }

    [Theory]
    [InlineData(CovarianceModel.VVV)]
    [InlineData(CovarianceModel.EEE)]
    [InlineData(CovarianceModel.VEI)]
    public void Many_degrees_of_freedom_are_normal_components(CovarianceModel model)
    {
        foreach (string data in new[] { "faithful", "iris" })
        {
            EmFit student = Fit(data, options => (options.CovarianceModel, options.DegreesOfFreedom) = (model, [1e10]));
            EmFit normal = Fit(data, options => (options.CovarianceModel, options.Tail) = (model, Tail.Normal));
            Close.Absolute(normal.LogLikelihood, student.LogLikelihood, 1e-5, "log-likelihood");
            Close.AllRelative([.. normal.Mixture.Components[0].Mean], [.. student.Mixture.Components[0].Mean], 1e-5, "means");
        }
    }

    /// <summary>Three parameters, climbed along the axes with ever smaller steps: nothing of EM is in it.</summary>
    [Fact]
    public void One_component_is_the_maximum()
    {
        double[] values = [.. Enumerable.Range(0, 272).Select(i => TestData.Faithful[i, 0]), 20, 14, -12, -30];
        double[] best = [3, 0, Math.Log(8)];
        double LogLikelihood(double[] p)
        {
            double nu = Math.Exp(p[2]);
            double constant = SpecialFunctions.GammaLn(0.5 * (nu + 1)) - SpecialFunctions.GammaLn(0.5 * nu) - (0.5 * Math.Log(nu * Math.PI)) - p[1];
            return values.Sum(value => constant - (0.5 * (nu + 1) * Math.Log(1 + (Math.Pow((value - p[0]) / Math.Exp(p[1]), 2) / nu))));
        }

        double height = LogLikelihood(best);
        for (double step = 1; step > 1e-10; step *= 0.7)
        {
            for (int turn = 0; turn < 60; turn++)
            {
                double before = height;
                for (int j = 0; j < 3; j++)
                {
                    foreach (double sign in new[] { -1.0, 1.0 })
                    {
                        double[] next = [.. best];
                        next[j] += sign * step;
                        double there = LogLikelihood(next);
                        (best, height) = there > height ? (next, there) : (best, height);
                    }
                }

                if (height == before)
                {
                    break;
                }
            }
        }

        EmFit fit = Search(TestData.Column(values), 1, adjust: options => options.Tolerance = 1e-14);
        Assert.InRange(Math.Exp(best[2]), 2.1, 199);
        Close.Absolute(height, fit.LogLikelihood, 1e-7, "log-likelihood");
        Close.Relative(best[0], fit.Mixture.Components[0].Mean[0], 1e-5, "centre");
        Close.Relative(Math.Exp(best[1]), fit.Mixture.Components[0].StandardDeviation[0], 1e-4, "scale");
        Close.Relative(Math.Exp(best[2]), fit.Mixture.Components[0].DegreesOfFreedom!.Value, 1e-4, "degrees of freedom");
    }

    public static TheoryData<CovarianceModel> Models() => [.. CovarianceModels.All];

    [Theory]
    [MemberData(nameof(Models))]
    public void The_log_likelihood_never_falls(CovarianceModel model)
    {
        foreach (string data in new[] { "grid", "iris" })
        {
            foreach (AccelerationMethod method in new[] { AccelerationMethod.None, AccelerationMethod.Anderson })
            {
                foreach (bool common in new[] { false, true })
                {
                    EmFit fit = Fit(data, options =>
                    {
                        (options.CovarianceModel, options.Acceleration, options.CommonDegreesOfFreedom) = (model, method, common);
                        options.MaxIteration = 300;
                        options.Tolerance = 0;
                    });
                    Assert.True(fit.LogLikelihoodTrace.Count > 100);
                    for (int i = 1; i < fit.LogLikelihoodTrace.Count; i++)
                    {
                        Close.AtLeast(fit.LogLikelihoodTrace[i - 1], fit.LogLikelihoodTrace[i], 1e-10 * Math.Abs(fit.LogLikelihood), $"{data}, {method}, iteration {i}");
                    }
                }
            }
        }
    }

    [Fact]
    public void Degrees_of_freedom_stay_within_their_bounds()
    {
        // flatter than any t
        double[] even = [.. Enumerable.Range(0, 200).Select(i => i / 7.0)];
        EmFit flat = Search(TestData.Column(even), 1);
        Assert.Equal(200, flat.Mixture.Components[0].DegreesOfFreedom);
        double[] far = [.. Enumerable.Range(1, 100).SelectMany(i => new[] { Math.Pow(1.2, i), -Math.Pow(1.2, i) })];
        EmFit heavy = Search(TestData.Column(far), 1);
        Assert.Equal(2, heavy.Mixture.Components[0].DegreesOfFreedom);
    }

    [Theory]
    [InlineData(2.001)]
    [InlineData(3)]
    [InlineData(17.3)]
    [InlineData(150)]
    [InlineData(199.9)]
    public void The_root_is_found(double degreesOfFreedom)
    {
        double x = 0.5 * degreesOfFreedom;
        double mean = SpecialFunctions.DiGamma(x) - Math.Log(x) - 1;
        Close.Relative(degreesOfFreedom, DegreesOfFreedomRoot.Find(mean), 1e-9, "degrees of freedom");
    }

    [Fact]
    public void Rows_that_count_twice_are_rows_twice()
    {
        double[] twos = [.. Enumerable.Repeat(2.0, 300)];
        EmOptions options = new() { ComponentCount = 2, Tail = Tail.Student, CommonDegreesOfFreedom = true };
        EmFit weighted = new EmEstimator(options).Fit(TestData.Chunked(NoisyFaithful.Rows, null, twos));
        EmFit single = new EmEstimator(options).Fit(TestData.Observations(NoisyFaithful.Rows));
        Close.Absolute(2 * single.LogLikelihood, weighted.LogLikelihood, 1e-2, "log-likelihood");
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        EmFit one = Search(NoisyFaithful.Rows, 3, adjust: options => options.ThreadCount = 1);
        EmFit three = Search(NoisyFaithful.Rows, 3, adjust: options => options.ThreadCount = 3);
        Assert.Equal(one.LogLikelihood, three.LogLikelihood);
        Assert.Equal(one.Mixture.Components[0].DegreesOfFreedom, three.Mixture.Components[0].DegreesOfFreedom);
    }

    [Fact]
    public void Units_change_nothing_but_the_units()
    {
        EmFit fit = Search(TestData.Iris, 2);
        double[] scale = [1e6, 1, 1e-3, 7];
        EmFit other = Search(TestData.Map(TestData.Iris, (value, j) => (scale[j] * value) + 5), 2);
        EmFit standardized = Search(TestData.Iris, 2, adjust: options => options.Standardize = true);
        Close.Absolute(fit.LogLikelihood - (150 * scale.Sum(Math.Log)), other.LogLikelihood, 1e-2, "log-likelihood");
        Close.Absolute(fit.LogLikelihood, standardized.LogLikelihood, 1e-2, "log-likelihood");
    }

    [Fact]
    public void A_fit_that_is_interrupted_goes_on_to_the_same_bits()
    {
        InMemoryObservations rows = TestData.Observations(NoisyFaithful.Rows);
        EmOptions options = new() { ComponentCount = 3, Tail = Tail.Student };
        EmFit expected = new EmEstimator(options).Fit(rows);
        using Interruptions interruptions = new();
        EmFit fit = interruptions.Fit(rows, options, 25);
        Assert.True(interruptions.PartCount > 3);
        Interruptions.AssertSame(expected, fit);
        Assert.Equal(expected.Mixture.Components.Select(one => one.DegreesOfFreedom), fit.Mixture.Components.Select(one => one.DegreesOfFreedom));
    }

    [Theory]
    [InlineData(CollapsePolicy.Drop)]
    [InlineData(CollapsePolicy.Stop)]
    [InlineData(CollapsePolicy.Reseed)]
    public void A_component_too_many_leaves_finite_numbers(CollapsePolicy policy)
    {
        EmFit fit = Search(NoisyFaithful.Rows, 12, adjust: options => (options.CollapsePolicy, options.RestartCount) = (policy, 2));
        Close.Absolute(1, fit.Mixture.Components.Sum(component => component.Weight), 1e-9, "weights");
        Assert.All(fit.Mixture.Components, component => Assert.InRange(component.DegreesOfFreedom!.Value, 2, 200));
    }

    [Fact]
    public void A_search_tries_every_model()
    {
        IReadOnlyList<IFitOutcome> outcomes = new ModelSearch(new EmOptions { Tail = Tail.Student, CommonDegreesOfFreedom = true })
            .Fit(TestData.Observations(NoisyFaithful.Rows), [1, 2, 3], [CovarianceModel.EEE, CovarianceModel.VVI, CovarianceModel.VVV]);
        EmFit[] fits = [.. outcomes.Cast<EmFit>()];
        Assert.All(fits, fit => Assert.Equal(fit.CovarianceModel.ParameterCount(fit.ComponentCount, 2) + 1, fit.ParameterCount));

        // EEE and VVI are within VVV
        Assert.All(new[] { 0, 1, 2 }, k => Close.AtLeast(Math.Max(fits[3 * k].LogLikelihood, fits[(3 * k) + 1].LogLikelihood), fits[(3 * k) + 2].LogLikelihood, 1e-3));
    }

    [Theory]
    [InlineData("alone", "DegreesOfFreedomAlone")]
    [InlineData("common alone", "DegreesOfFreedomAlone")]
    [InlineData("two", "TwoDegreesOfFreedom")]
    [InlineData("negative", "InvalidDegreesOfFreedom")]
    [InlineData("count", "DegreesOfFreedomCount")]
    [InlineData("start", "DegreesOfFreedomWithoutStart")]
    [InlineData("prior", "TailWithPrior")]
    [InlineData("noise", "TailWithNoise")]
    public void What_does_not_go_together_is_told(string what, string errorId)
    {
        EmOptions options = new()
        {
            ComponentCount = 2,
            Tail = what.EndsWith("alone", StringComparison.Ordinal) ? Tail.Normal : Tail.Student,
            CommonDegreesOfFreedom = what is "common alone" or "two",
            DegreesOfFreedom = what switch { "alone" or "two" => [4], "negative" => [-4], "count" => [4, 5, 6], "start" => [4, 5], _ => null },
            Prior = what == "prior",
            Noise = what == "noise",
        };
        Assert.Equal(errorId, Assert.Throws<EstimationException>(options.Validate).ErrorId);
    }

    [Fact]
    public void A_mixture_with_tails_starts_a_fit_without()
    {
        EmFit student = Search(TestData.Faithful, 2);
        EmFit normal = new EmEstimator(new EmOptions { ComponentCount = 2, InitialMixture = student.Mixture }).Fit(TestData.Observations(TestData.Faithful));
        Assert.Equal(Tail.Normal, normal.Mixture.Tail);
        Assert.All(normal.Mixture.Components, component => Assert.Null(component.DegreesOfFreedom));
        EmFit again = Search(TestData.Faithful, 2, adjust: options => options.InitialMixture = normal.Mixture);
        Close.Absolute(student.LogLikelihood, again.LogLikelihood, 1e-2, "log-likelihood");
    }

    private static EmFit Search(double[,] rows, int componentCount, Action<EmOptions>? adjust = null)
    {
        EmOptions options = new() { ComponentCount = componentCount, Tail = Tail.Student };
        adjust?.Invoke(options);
        return new EmEstimator(options).Fit(TestData.Observations(rows));
    }

    private static EmFit Fit(string data, Action<EmOptions>? adjust = null)
    {
        double[,] rows = data == "faithful" ? TestData.Faithful : data == "grid" ? NoisyFaithful.Rows : TestData.Iris;
        int count = data == "iris" ? 3 : 2;
        double[,] start = new double[rows.GetLength(0), count];
        for (int i = 0; i < rows.GetLength(0); i++)
        {
            start[i, data == "iris" ? i / 50 : rows[i, 1] > 68 ? 0 : 1] = 1;
        }

        EmOptions options = new()
        {
            ComponentCount = count,
            Tail = Tail.Student,
            InitialResponsibilities = RowResponsibilities.FromMatrix(start),
            Tolerance = 1e-13,
        };
        adjust?.Invoke(options);
        return new EmEstimator(options).Fit(TestData.Observations(rows));
    }
}

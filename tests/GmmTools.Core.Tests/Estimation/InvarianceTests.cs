using System;
using System.Linq;
using CsCheck;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>What must not matter to a fit: units, origin, the order of rows and of components, how repetitions are written.</summary>
public sealed class InvarianceTests
{
    /// <summary>Epoch seconds: what a time column is shifted by.</summary>
    private const double Epoch = 1.7e9;

    /// <summary>What the issue asks of rescaled and shifted data.</summary>
    private const double MapTolerance = 1e-7;

    public static TheoryData<CovarianceModel> Models() => [.. CovarianceModels.All];

    public static TheoryData<CovarianceModel, double, double> Scales()
    {
        TheoryData<CovarianceModel, double, double> scales = [];
        foreach (CovarianceModel model in CovarianceModels.All)
        {
            scales.Add(model, 1e9, 1e9);
            scales.Add(model, 1e-9, 1e-9);
            if (!IsTied(model))
            {
                scales.Add(model, 1e9, 1e-9);
                scales.Add(model, 1e-9, 1);
            }
        }

        return scales;
    }

    /// <summary>Spheres, and axes in any direction that components share or whose lengths they share, stay so only under a common factor.</summary>
    private static bool IsTied(CovarianceModel model) => model is CovarianceModel.EII or CovarianceModel.VII
        or CovarianceModel.EVE or CovarianceModel.VVE or CovarianceModel.EEV or CovarianceModel.VEV;

    [Theory]
    [MemberData(nameof(Scales))]
    public void Scaled_columns_give_the_scaled_fit_from_a_given_start(CovarianceModel model, double first, double second)
    {
        double[] scale = [first, second];
        GaussianMixture start = Starts.Spread(TestData.Faithful, 3, spherical: true);
        EmFit plain = Fit(TestData.Faithful, Given(model, start));
        EmFit scaled = Fit(Scale(TestData.Faithful, scale), Given(model, Starts.Map(start, scale, 0)));
        AssertMapped(plain, scaled, scale);
    }

    [Theory]
    [MemberData(nameof(Scales))]
    public void Scaled_columns_give_the_scaled_fit_from_the_default_starts(CovarianceModel model, double first, double second)
    {
        double[] scale = [first, second];
        EmFit plain = Fit(TestData.Faithful, MultiStart(model));
        EmFit scaled = Fit(Scale(TestData.Faithful, scale), MultiStart(model));
        AssertMapped(plain, scaled, scale);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Shifted_columns_give_the_shifted_fit_from_a_given_start(CovarianceModel model)
    {
        (double[,] near, double[,] far) = Shift(TestData.Faithful);
        GaussianMixture start = Starts.Spread(near, 3, spherical: true);
        EmFit plain = Fit(near, Given(model, start));
        EmFit shifted = Fit(far, Given(model, Starts.Map(start, [1, 1], Epoch)));
        Close.Relative(plain.LogLikelihood, shifted.LogLikelihood, MapTolerance, "log-likelihood");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Shifted_columns_give_the_shifted_fit_from_the_default_starts(CovarianceModel model)
    {
        (double[,] near, double[,] far) = Shift(TestData.Faithful);
        EmFit plain = Fit(near, MultiStart(model));
        EmFit shifted = Fit(far, MultiStart(model));
        Close.Relative(plain.LogLikelihood, shifted.LogLikelihood, MapTolerance, "log-likelihood");
    }

    [Fact]
    public void Random_rows_scaled_and_shifted_give_the_mapped_fit_after_as_many_iterations() =>
        Problems.Select(Gen.Double[-9, 9], Gen.Bool).Holds((problem, exponent, shift) =>
        {
            // few iterations: on its way past a saddle EM itself magnifies any rounding
            double[] scale = [.. Enumerable.Repeat(shift ? 1 : Math.Pow(10, exponent), problem.Dimension)];
            (double[,] near, double[,] far) = shift ? Shift(problem.Rows) : (problem.Rows, Scale(problem.Rows, scale));
            GaussianMixture start = Starts.Spread(near, problem.ComponentCount);
            EmFit plain = Fit(near, Steps(problem.Model, start, 4));
            EmFit mapped = Fit(far, Steps(problem.Model, Starts.Map(start, scale, shift ? Epoch : 0), 4));
            double correction = plain.RowCount * scale.Sum(Math.Log);
            double tolerance = (MapTolerance * Math.Abs(plain.LogLikelihood)) + (shift ? 2 * MeanRounding(plain) : 0);
            Close.Absolute(plain.LogLikelihood, mapped.LogLikelihood + correction, tolerance, problem.ToString());
        },
        iter: 150);

    [Fact]
    public void The_order_of_rows_changes_only_rounding() =>
        Problems.Select(Gen.ULong).Holds((problem, seed) =>
        {
            GaussianMixture start = Starts.Spread(problem.Rows, problem.ComponentCount);
            double[,] shuffled = TestData.Pick(problem.Rows, new SplitMix64(seed).NextPermutation(problem.Count));
            // few iterations: on its way past a saddle EM magnifies rounding, and where an inner iteration stopped
            EmFit straight = Fit(problem.Rows, Steps(problem.Model, start, 4));
            EmFit other = Fit(shuffled, Steps(problem.Model, start, 4));
            Close.Relative(straight.LogLikelihood, other.LogLikelihood, 1e-9, problem.ToString());
        },
        iter: 150);

    [Theory]
    [MemberData(nameof(Models))]
    public void The_order_of_the_components_of_the_start_changes_only_rounding(CovarianceModel model)
    {
        // equal weights keep the order in which they were given
        GaussianMixture start = Starts.Spread(TestData.Iris, 3);
        GaussianMixture permuted = Starts.Permute(start, [2, 0, 1]);
        Assert.Equal(start.Components[2].Mean, permuted.Components[0].Mean);
        EmFit straight = Fit(TestData.Iris, Steps(model, start));
        EmFit other = Fit(TestData.Iris, Steps(model, permuted));

        // common axes are found by turning planes, and the way there depends on the order
        bool searches = model is CovarianceModel.EVE or CovarianceModel.VVE;
        Close.Relative(straight.LogLikelihood, other.LogLikelihood, searches ? 1e-8 : 1e-12, "log-likelihood");
        for (int k = 0; k < 3; k++)
        {
            Close.Absolute(straight.Mixture.Components[k].Weight, other.Mixture.Components[k].Weight, searches ? 1e-4 : 1e-10, "weight");
            Close.AllRelative(straight.Mixture.Components[k].Mean, other.Mixture.Components[k].Mean, searches ? 1e-4 : 1e-10, "mean");
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_row_twice_doubles_the_log_likelihood(CovarianceModel model)
    {
        double[,] twice = TestData.Pick(TestData.Iris, [.. Enumerable.Range(0, 300).Select(i => i % 150)]);
        GaussianMixture start = Starts.Spread(TestData.Iris, 3);
        EmFit once = Fit(TestData.Iris, Steps(model, start));
        EmFit doubled = Fit(twice, Steps(model, start));
        Close.Relative(2 * once.LogLikelihood, doubled.LogLikelihood, 1e-12, "log-likelihood");
        Close.Relative(2 * once.Entropy, doubled.Entropy, 1e-9, "entropy");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Whole_row_weights_equal_repeated_rows(CovarianceModel model)
    {
        int[] repetitions = [.. Enumerable.Range(0, 150).Select(i => i * 7 % 4)];
        int[] repeated = [.. repetitions.SelectMany((times, i) => Enumerable.Repeat(i, times))];
        GaussianMixture start = Starts.Spread(TestData.Iris, 3);
        EmFit written = Fit(TestData.Pick(TestData.Iris, repeated), Steps(model, start));
        EmFit weighted = new EmEstimator(Steps(model, start))
            .Fit(TestData.Chunked(TestData.Iris, null, [.. repetitions.Select(times => (double)times)]));
        Assert.Equal(written.RowCount, weighted.TotalWeight);
        Assert.Equal(repetitions.Count(times => times > 0), weighted.RowCount);
        Close.Relative(written.LogLikelihood, weighted.LogLikelihood, 1e-12, "log-likelihood");
        Close.Relative(written.Bic, weighted.Bic, 1e-12, "BIC");
        Close.Relative(written.Icl, weighted.Icl, 1e-12, "ICL");
    }

    private static Gen<Problem> Problems { get; } = Problem.Gen(Gen.Int[1, 3], Gen.Int[1, 3], RowKind.Mixture, RowKind.Mixture);

    private static (double[,] Near, double[,] Far) Shift(double[,] rows)
    {
        // what is compared is the same data: the shifted doubles, brought back, which loses nothing more
        double[,] far = TestData.Map(rows, (value, _) => value + Epoch);
        return (TestData.Map(far, (value, _) => value - Epoch), far);
    }

    private static double[,] Scale(double[,] rows, double[] scale) => TestData.Map(rows, (value, j) => value * scale[j]);

    private static EmFit Fit(double[,] rows, EmOptions options) => new EmEstimator(options).Fit(TestData.Observations(rows));

    private static EmOptions Given(CovarianceModel model, GaussianMixture start) =>
        new() { ComponentCount = start.ComponentCount, CovarianceModel = model, InitialMixture = start };

    private static EmOptions MultiStart(CovarianceModel model) => new() { ComponentCount = 3, CovarianceModel = model, Seed = 5 };

    private static EmOptions Steps(CovarianceModel model, GaussianMixture start, int count = 20) => new()
    {
        ComponentCount = start.ComponentCount,
        CovarianceModel = model,
        InitialMixture = start,
        MaxIteration = count,
        Tolerance = 0,
        Acceleration = AccelerationMethod.None,
    };

    /// <summary>
    /// What the rounding of the means, in the last iteration and in the one before, does to the log-likelihood is up to twice this:
    /// a mean near the epoch is a double with steps of 2.4e-7; half a step moves the log-density of a row one standard deviation away
    /// by that over the standard deviation, to first order.
    /// </summary>
    private static double MeanRounding(EmFit fit)
    {
        double smallest = fit.Mixture.Components.Min(component => Matrix<double>.Build.DenseOfArray(component.Covariance).Svd().S.Minimum());
        return fit.RowCount * fit.Mixture.Dimension * 1.2e-7 / Math.Sqrt(smallest);
    }

    private static void AssertMapped(EmFit plain, EmFit scaled, double[] scale)
    {
        double correction = plain.RowCount * scale.Sum(Math.Log);
        Close.Absolute(plain.LogLikelihood, scaled.LogLikelihood + correction, MapTolerance * Math.Abs(plain.LogLikelihood), "log-likelihood");
    }
}

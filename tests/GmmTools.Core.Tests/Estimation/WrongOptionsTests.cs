using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>Calls that cannot work: each a typed error with an id, the value at fault and a remedy.</summary>
public sealed class WrongOptionsTests
{
    public static TheoryData<string, string> Domains() => new()
    {
        { "InvalidComponentCount", "ComponentCount=0" },
        { "InvalidComponentCount", "ComponentCount=-3" },
        { "InvalidMaxIteration", "MaxIteration=0" },
        { "InvalidTolerance", "Tolerance=-1e-9" },
        { "InvalidTolerance", "Tolerance=NaN" },
        { "InvalidRestartCount", "RestartCount=0" },
        { "InvalidThreadCount", "ThreadCount=0" },
        { "InvalidTimeLimit", "TimeLimit=0" },
        { "InvalidTimeLimit", "TimeLimit=-1" },
        { "InvalidCovarianceFloor", "CovarianceFloor=-1" },
        { "InvalidCovarianceFloor", "CovarianceFloor=1" },
        { "InvalidCovarianceFloor", "CovarianceFloor=NaN" },
    };

    [Theory]
    [MemberData(nameof(Domains))]
    public void An_option_out_of_its_domain_is_named(string errorId, string option)
    {
        EmOptions options = Options[option];
        EstimationException exception = Assert.Throws<EstimationException>(() => new EmEstimator(options));
        Assert.Equal(errorId, exception.ErrorId);
        Assert.NotNull(exception.OffendingValue);
        AssertSentence(exception);
    }

    [Fact]
    public void An_initial_mixture_of_another_size_is_refused()
    {
        GaussianMixture three = Starts.Spread(TestData.Faithful, 3);
        EstimationException size = Assert.Throws<EstimationException>(
            () => new EmEstimator(new EmOptions { ComponentCount = 2, InitialMixture = three }));
        Assert.Equal("InitialModelMismatch", size.ErrorId);
        Assert.Same(three, size.OffendingValue);
        EstimationException columns = Assert.Throws<EstimationException>(
            () => Fit(TestData.Iris, new EmOptions { ComponentCount = 3, InitialMixture = three }));
        Assert.Equal("InitialModelMismatch", columns.ErrorId);
        AssertSentence(columns);
    }

    [Theory]
    [InlineData("FixedWeightCount", new[] { 1.0 })]
    [InlineData("FixedWeightCount", new[] { 0.5, 0.3, 0.2 })]
    public void Fixed_weights_of_another_number_are_refused(string errorId, double[] weights)
    {
        EstimationException exception = Assert.Throws<EstimationException>(
            () => new EmEstimator(new EmOptions { ComponentCount = 2, FixedWeights = weights }));
        Assert.Equal(errorId, exception.ErrorId);
        AssertSentence(exception);
    }

    [Theory]
    [InlineData("WeightSum", new[] { 0.7, 0.2 })]
    [InlineData("WeightSum", new[] { 0.7, 0.4 })]
    [InlineData("InvalidWeight", new[] { 1.2, -0.2 })]
    [InlineData("InvalidWeight", new[] { double.NaN, 0.5 })]
    public void Fixed_weights_that_are_none_are_refused(string errorId, double[] weights)
    {
        InvalidMixtureException exception = Assert.Throws<InvalidMixtureException>(
            () => new EmEstimator(new EmOptions { ComponentCount = 2, FixedWeights = weights }));
        Assert.Equal(errorId, exception.ErrorId);
        AssertSentence(exception);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fixed_weights_are_kept_bit_for_bit_and_not_counted(bool fromStart)
    {
        double[] weights = [0.35 + 1e-10, 0.65 - 1e-10];
        EmFit free = Fit(TestData.Faithful, new EmOptions { ComponentCount = 2 });
        EmFit fit = Fit(TestData.Faithful, new EmOptions
        {
            ComponentCount = 2,
            FixedWeights = fromStart ? [weights[1], weights[0]] : weights,
            InitialMixture = fromStart ? free.Mixture : null,
        });
        Assert.Equal([weights[1], weights[0]], fit.Mixture.Components.Select(component => component.Weight));
        Assert.Equal(free.ParameterCount - 1, fit.ParameterCount);
        Assert.True(fit.LogLikelihood <= free.LogLikelihood + 1e-6);
        Close.Absolute(free.LogLikelihood, fit.LogLikelihood, 0.1, "log-likelihood");
    }

    [Fact]
    public void Fixed_weights_find_the_better_of_both_assignments()
    {
        // the smaller cluster is the wider one in waiting: swapping the weights costs much
        double[] swapped = [0.356, 0.644];
        EmFit best = Fit(TestData.Faithful, new EmOptions { ComponentCount = 2, FixedWeights = swapped });
        Close.Absolute(-1130.264, best.LogLikelihood, 0.01, "log-likelihood");
        Assert.True(best.Mixture.Components[0].Mean[1] > 70);
    }

    [Fact]
    public void Too_few_rows_are_refused()
    {
        EstimationException exception = Assert.Throws<EstimationException>(
            () => Fit(TestData.Column(1, 2, 3), new EmOptions { ComponentCount = 4 }));
        Assert.Equal("TooFewRows", exception.ErrorId);
        Assert.Equal(4, exception.OffendingValue);
        Assert.Contains("3 rows", exception.Message, StringComparison.Ordinal);
        AssertSentence(exception);
    }

    [Theory]
    [InlineData(CovarianceModel.VVV)]
    [InlineData(CovarianceModel.VII)]
    public void A_constant_column_is_refused_by_name(CovarianceModel model)
    {
        InMemoryObservations rows = InMemoryObservations.FromMatrix(new[,] { { 1.0, 5 }, { 2, 5 }, { 4, 5 } }, ["size", "version"]);
        InvalidObservationException exception = Assert.Throws<InvalidObservationException>(
            () => new EmEstimator(new EmOptions { CovarianceModel = model }).Fit(rows));
        Assert.Equal("ConstantColumn", exception.ErrorId);
        Assert.Equal("version", exception.Column);
        Assert.Equal(5.0, exception.OffendingValue);
        AssertSentence(exception);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e9)]
    [InlineData(1e-9)]
    public void A_dependent_column_is_refused_by_name_but_for_diagonal_models(double scale)
    {
        double[,] rows = TestData.Draw(50, 2, 3, 6);
        for (int i = 0; i < 50; i++)
        {
            rows[i, 2] = scale * (rows[i, 0] - (3 * rows[i, 1]) + 7);
        }

        foreach (CovarianceModel model in new[] { CovarianceModel.VVV, CovarianceModel.EEE })
        {
            InvalidObservationException exception = Assert.Throws<InvalidObservationException>(
                () => Fit(rows, new EmOptions { ComponentCount = 2, CovarianceModel = model }));
            Assert.Equal("DependentColumn", exception.ErrorId);
            Assert.Equal("x3", exception.Column);
            AssertSentence(exception);
        }

        Assert.True(double.IsFinite(Fit(rows, new EmOptions { ComponentCount = 2, CovarianceModel = CovarianceModel.VVI }).LogLikelihood));
        Assert.True(double.IsFinite(Fit(rows, new EmOptions { ComponentCount = 2, CovarianceModel = CovarianceModel.VII }).LogLikelihood));
    }

    [Fact]
    public void All_constant_columns_and_all_dependent_ones_are_named_at_once()
    {
        double[,] drawn = TestData.Draw(50, 2, 2, 6);
        double[,] rows = new double[50, 4];
        double[,] varying = new double[50, 4];
        for (int i = 0; i < 50; i++)
        {
            (rows[i, 0], rows[i, 1], rows[i, 2], rows[i, 3]) = (drawn[i, 0], 3, drawn[i, 1], -1);
            (varying[i, 0], varying[i, 1], varying[i, 2], varying[i, 3]) = (drawn[i, 0], drawn[i, 1], 2 * drawn[i, 0], drawn[i, 0] - drawn[i, 1]);
        }

        InvalidObservationException constant = Assert.Throws<InvalidObservationException>(() => Fit(rows, new EmOptions()));
        Assert.Equal("ConstantColumn", constant.ErrorId);
        Assert.StartsWith("Columns 'x2', 'x4' have the same number in every row", constant.Message, StringComparison.Ordinal);
        InvalidObservationException dependent = Assert.Throws<InvalidObservationException>(() => Fit(varying, new EmOptions()));
        Assert.Equal("DependentColumn", dependent.ErrorId);
        Assert.StartsWith("Columns 'x3', 'x4' are linear combinations of the columns before them", dependent.Message, StringComparison.Ordinal);
        Assert.Equal("x3", dependent.Column);
    }

    [Fact]
    public void Fewer_rows_than_columns_are_a_dependent_column()
    {
        InvalidObservationException exception = Assert.Throws<InvalidObservationException>(
            () => Fit(TestData.Draw(3, 1, 4, 7), new EmOptions()));
        Assert.Equal("DependentColumn", exception.ErrorId);
        Assert.Contains("too few rows", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void An_iteration_limit_that_ends_a_fit_is_a_warning_unless_all_were_asked_for(double tolerance)
    {
        EmFit fit = Fit(TestData.Iris, new EmOptions { ComponentCount = 3, MaxIteration = 2, Tolerance = tolerance * 1e-12 });
        Assert.Equal(StopReason.MaxIteration, fit.StopReason);
        Assert.False(fit.Converged);
        string[] warnings = [.. fit.Warnings.Where(warning => warning.Contains("MaxIteration", StringComparison.Ordinal))];
        if (tolerance > 0)
        {
            Assert.StartsWith("Not converged after 2 iterations", Assert.Single(warnings), StringComparison.Ordinal);
        }
        else
        {
            Assert.Empty(warnings);
        }
    }

    private static readonly Dictionary<string, EmOptions> Options = new()
    {
        ["ComponentCount=0"] = new() { ComponentCount = 0 },
        ["ComponentCount=-3"] = new() { ComponentCount = -3 },
        ["MaxIteration=0"] = new() { MaxIteration = 0 },
        ["Tolerance=-1e-9"] = new() { Tolerance = -1e-9 },
        ["Tolerance=NaN"] = new() { Tolerance = double.NaN },
        ["RestartCount=0"] = new() { RestartCount = 0 },
        ["ThreadCount=0"] = new() { ThreadCount = 0 },
        ["TimeLimit=0"] = new() { TimeLimit = TimeSpan.Zero },
        ["TimeLimit=-1"] = new() { TimeLimit = TimeSpan.FromSeconds(-1) },
        ["CovarianceFloor=-1"] = new() { CovarianceFloor = -1 },
        ["CovarianceFloor=1"] = new() { CovarianceFloor = 1 },
        ["CovarianceFloor=NaN"] = new() { CovarianceFloor = double.NaN },
    };

    private static EmFit Fit(double[,] rows, EmOptions options) => new EmEstimator(options).Fit(TestData.Observations(rows));

    private static void AssertSentence(GmmToolsException exception)
    {
        Assert.NotEmpty(exception.Message);
        Assert.EndsWith(".", exception.Message, StringComparison.Ordinal);
        Assert.True(exception.Message.Count(c => c == ' ') > 4, exception.Message);
    }
}

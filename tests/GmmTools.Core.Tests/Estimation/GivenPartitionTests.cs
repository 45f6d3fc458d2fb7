using System;
using System.Linq;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations.Chunks;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>Fits that start from labels or responsibilities of the rows.</summary>
public sealed class GivenPartitionTests
{
    /// <summary>mclust 6.0.0, plain EM from the same labels to the end; EVE and VVE, whose M-steps it iterates too little, may end higher.</summary>
    public static TheoryData<CovarianceModel, double, double> Mclust() => new()
    {
        { CovarianceModel.EII, -401.802176, -1709.681373 },
        { CovarianceModel.VII, -384.314095, -1709.529282 },
        { CovarianceModel.EEI, -361.425522, -1157.680012 },
        { CovarianceModel.VEI, -339.468727, -1152.880196 },
        { CovarianceModel.EVI, -340.085581, -1153.885568 },
        { CovarianceModel.VVI, -306.860461, -1147.806353 },
        { CovarianceModel.EEE, -256.354043, -1140.186759 },
        { CovarianceModel.VEE, -237.560163, -1136.259854 },
        { CovarianceModel.EVE, -234.140235, -1136.910261 },
        { CovarianceModel.VVE, -215.240870, -1132.187446 },
        { CovarianceModel.EEV, -214.850379, -1139.331599 },
        { CovarianceModel.VEV, -186.073283, -1134.679204 },
        { CovarianceModel.EVV, -205.535881, -1135.769904 },
        { CovarianceModel.VVV, -180.185477, -1130.263960 },
    };

    [Theory]
    [MemberData(nameof(Mclust))]
    public void From_labels_every_model_ends_where_mclust_does(CovarianceModel model, double iris, double faithful)
    {
        foreach (AccelerationMethod acceleration in Enum.GetValues<AccelerationMethod>())
        {
            AssertEnds(model, TestData.Iris, IrisLabels(), iris, acceleration);
            AssertEnds(model, TestData.Faithful, FaithfulLabels(), faithful, acceleration);
        }
    }

    [Fact]
    public void The_first_mixture_is_that_of_one_exact_M_step()
    {
        // after no iteration could be looked at, one is: its trace begins with the start's log-likelihood
        double[,] shares = new double[150, 2];
        for (int i = 0; i < 150; i++)
        {
            shares[i, 0] = 1 + (i % 7);
            shares[i, 1] = i % 3;
        }

        EmFit fit = Fit(TestData.Iris, new EmOptions { ComponentCount = 2, InitialResponsibilities = RowResponsibilities.FromMatrix(shares), MaxIteration = 1 });
        GaussianMixture expected = OneStep(TestData.Iris, shares);
        Close.Relative(ReferenceMixture.Of(expected).LogLikelihood(TestData.Iris), fit.LogLikelihoodTrace[0], 1e-12, "log-likelihood of the start");
    }

    [Fact]
    public void Labels_are_numbered_as_they_come_and_trimmed()
    {
        ResponsibilitiesBuilder builder = new();
        foreach (string label in new[] { "b", "a", " b ", "c" })
        {
            builder.AddLabel(label);
        }

        Assert.Equal(3, builder.ComponentCount);
        Assert.Equal([[1, 0, 0], [0, 1, 0], [1, 0, 0], [0, 0, 1]], builder.Build().EnumerateRows().Select(row => row.ToArray()));
    }

    [Fact]
    public void Responsibilities_are_divided_by_their_sum()
    {
        ResponsibilitiesBuilder builder = new();
        builder.Add([1, 3]);
        builder.Add([0, 2]);
        Assert.Equal([[0.25, 0.75], [0, 1]], builder.Build().EnumerateRows().Select(row => row.ToArray()));
    }

    [Theory]
    [InlineData(0, 0, "Row 2: the responsibilities sum to 0")]
    [InlineData(-1, 2, "Row 2: the responsibility of component 1 is -1")]
    [InlineData(1, double.NaN, "Row 2: the responsibility of component 2 is NaN")]
    public void Wrong_responsibilities_name_the_row(double first, double second, string message)
    {
        ResponsibilitiesBuilder builder = new();
        builder.Add([1, 1]);
        EstimationException early = Assert.Throws<EstimationException>(() => builder.Add([first, second]));
        EmOptions options = new() { ComponentCount = 2, InitialResponsibilities = RowResponsibilities.FromMatrix(new[,] { { 1, 1 }, { first, second }, { 1, 2 } }) };
        EstimationException late = Assert.Throws<EstimationException>(() => Fit(TestData.Column(1, 2, 4), options));
        Assert.All(new[] { early, late }, exception => Assert.StartsWith(message, exception.Message, StringComparison.Ordinal));
        Assert.All(new[] { early, late }, exception => Assert.Equal("InvalidResponsibility", exception.ErrorId));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Beyond_the_memory_limit_a_start_is_kept_in_a_file_and_says_the_same(bool labels)
    {
        double[,] rows = TestData.Draw(20_000, 3, 2, 3);
        using RowStorage storage = new(1 << 16);
        EmFit inMemory = FitStart(rows, labels, null);
        EmFit inFile = FitStart(rows, labels, storage.Beside());
        Assert.Equal(20_000 * sizeof(double) * (labels ? 1 : 3), storage.FileLength);
        Assert.Null(storage.Summary);
        Assert.Equal(inMemory.LogLikelihoodTrace, inFile.LogLikelihoodTrace);
        Assert.Equal(inMemory.Mixture.Components[1].Mean, inFile.Mixture.Components[1].Mean);
    }

    private static EmFit FitStart(double[,] rows, bool labels, RowStorage? storage)
    {
        ResponsibilitiesBuilder builder = new(storage);
        for (int i = 0; i < rows.GetLength(0); i++)
        {
            if (labels)
            {
                builder.AddLabel("group " + (char)('a' + (i % 3)));
            }
            else
            {
                builder.Add([1 + (i % 3), 1 + (i % 2), 1]);
            }
        }

        return Fit(rows, new EmOptions { ComponentCount = 3, InitialResponsibilities = builder.Build(), MaxIteration = 3 });
    }

    [Fact]
    public void A_start_that_fits_neither_rows_nor_options_is_refused()
    {
        EmOptions options = new() { ComponentCount = 2, InitialResponsibilities = RowResponsibilities.FromMatrix(new double[,] { { 1, 0 }, { 1, 0 }, { 1, 0 } }) };
        Assert.Equal("EmptyInitialComponent", Assert.Throws<EstimationException>(() => Fit(TestData.Column(1, 2, 4), options)).ErrorId);
        Assert.Equal("InitialResponsibilityCount", Assert.Throws<EstimationException>(() => Fit(TestData.Column(1, 2, 4, 5), options)).ErrorId);
        options.ComponentCount = 3;
        Assert.Equal("InitialResponsibilityMismatch", Assert.Throws<EstimationException>(() => new EmEstimator(options)).ErrorId);
        options.InitialMixture = Starts.Spread(TestData.Faithful, 3);
        Assert.Equal("TwoStarts", Assert.Throws<EstimationException>(() => new EmEstimator(options)).ErrorId);
        Assert.Equal("MissingLabel", Assert.Throws<EstimationException>(() => new ResponsibilitiesBuilder().AddLabel(" ")).ErrorId);
    }

    /// <summary>Weighted moments by the formulas of a textbook.</summary>
    private static GaussianMixture OneStep(double[,] rows, double[,] shares)
    {
        int count = rows.GetLength(0);
        int dimension = rows.GetLength(1);
        int componentCount = shares.GetLength(1);
        double[] totals = [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, componentCount).Sum(k => shares[i, k]))];
        double[] weights = new double[componentCount];
        double[][] means = new double[componentCount][];
        double[][,] covariances = new double[componentCount][,];
        for (int k = 0; k < componentCount; k++)
        {
            double[] parts = [.. Enumerable.Range(0, count).Select(i => shares[i, k] / totals[i])];
            weights[k] = parts.Sum() / count;
            double[] mean = [.. Enumerable.Range(0, dimension).Select(j => Enumerable.Range(0, count).Sum(i => parts[i] * rows[i, j]) / parts.Sum())];
            double[,] covariance = new double[dimension, dimension];
            for (int a = 0; a < dimension; a++)
            {
                for (int b = 0; b < dimension; b++)
                {
                    covariance[a, b] = Enumerable.Range(0, count).Sum(i => parts[i] * (rows[i, a] - mean[a]) * (rows[i, b] - mean[b])) / parts.Sum();
                }
            }

            means[k] = mean;
            covariances[k] = covariance;
        }

        return GaussianMixture.Create(weights, means, covariances);
    }

    private static void AssertEnds(CovarianceModel model, double[,] rows, double[,] start, double expected, AccelerationMethod acceleration)
    {
        EmFit fit = Fit(rows, new EmOptions
        {
            ComponentCount = start.GetLength(1),
            CovarianceModel = model,
            InitialResponsibilities = RowResponsibilities.FromMatrix(start),
            Acceleration = acceleration,
            Tolerance = 1e-12,
            MaxIteration = 1_000_000,
        });
        Assert.Single(fit.Starts);

        // half a unit of the last digit that is known
        string what = FormattableString.Invariant($"{model} {acceleration}");
        if (model is CovarianceModel.EVE or CovarianceModel.VVE)
        {
            Close.AtLeast(expected, fit.LogLikelihood, 1e-6, what);
        }
        else
        {
            Close.Absolute(expected, fit.LogLikelihood, 1e-6, what);
        }
    }

    private static double[,] IrisLabels() => Labels(150, i => i / 50, 3);

    private static double[,] FaithfulLabels() => Labels(272, i => TestData.Faithful[i, 1] > 68 ? 1 : 0, 2);

    private static double[,] Labels(int count, Func<int, int> label, int componentCount)
    {
        double[,] matrix = new double[count, componentCount];
        for (int i = 0; i < count; i++)
        {
            matrix[i, label(i)] = 1;
        }

        return matrix;
    }

    private static EmFit Fit(double[,] rows, EmOptions options) => new EmEstimator(options).Fit(TestData.Observations(rows));
}

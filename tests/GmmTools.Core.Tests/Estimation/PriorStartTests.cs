using System.Linq;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Estimation.Initialization;
using GmmTools.Estimation.Models;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>Starts from labels, under a prior and where rows have gaps.</summary>
public sealed class PriorStartTests
{
    /// <summary>The first M-step is that of the posterior, as all others are: the formulas of Fraley and Raftery (2007), table 2, in one column.</summary>
    [Fact]
    public void The_first_step_from_labels_knows_the_prior()
    {
        InMemoryObservations rows = TestData.Observations(TestData.Column(0, 1, 2, 9, 10, 14));
        EmOptions options = new() { ComponentCount = 2, Prior = true };
        PooledMoments pooled = PooledMoments.Compute(rows, CovarianceShape.Full, 1, default);
        MixtureParameters start = ResponsibilityStart.Create(
            rows, Labels(1, 1, 1, 2, 2, 2), EstimationModel.Create(options, pooled, 6), null, default);

        double mean = 36.0 / 6;
        double scale = ((382.0 - (6 * mean * mean)) / 5) / 4;
        Close.Relative(((3 * 1) + (0.01 * mean)) / 3.01, start.Means[0], 1e-12, "mean");
        Close.Relative(((3 * 11) + (0.01 * mean)) / 3.01, start.Means[1], 1e-12, "mean");
        Close.Relative((2 + (0.03 / 3.01 * 25) + scale) / (3 + 1 + 3 + 2), start.Covariances[0], 1e-12, "variance");
        Close.Relative((14 + (0.03 / 3.01 * 25) + scale) / (3 + 1 + 3 + 2), start.Covariances[1], 1e-12, "variance");
    }

    /// <summary>A row that is repeated is a row of so much weight, also where its gaps are filled to start from.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Repeated_rows_with_gaps_are_fitted_as_weighted_ones(bool prior)
    {
        const int count = 240;
        double[,] rows = Gaps.Punch(TestData.Draw(count, 3, 3, 4), 0.15, 5);
        double[] weights = new double[count];
        int[] order = new int[2 * count];
        int[] labels = new int[count];
        int[] repeatedLabels = new int[2 * count];
        int place = 0;
        for (int i = 0; i < count; i++)
        {
            // no row without any cell, which would be dropped
            rows[i, i % 3] = double.IsNaN(rows[i, i % 3]) ? i % 7 : rows[i, i % 3];
            weights[i] = 1 + (i % 3);
            labels[i] = 1 + (i * 7 % 5 % 3);
            for (int copy = 0; copy < weights[i]; copy++)
            {
                repeatedLabels[place] = labels[i];
                order[place++] = i;
            }
        }

        EmOptions options = new() { ComponentCount = 3, CovarianceModel = CovarianceModel.EEE, Prior = prior, InitialResponsibilities = Labels(labels) };
        EmFit weighted = new EmEstimator(options).Fit(Gaps.Collect(rows, weights));
        options.InitialResponsibilities = Labels(repeatedLabels);
        EmFit repeated = new EmEstimator(options).Fit(Gaps.Collect(TestData.Pick(rows, order)));

        Close.Relative(weighted.LogLikelihoodTrace[0], repeated.LogLikelihoodTrace[0], 1e-10, "log-likelihood of the start");
        Close.Relative(weighted.LogLikelihood, repeated.LogLikelihood, 1e-8, "log-likelihood");
    }

    private static RowResponsibilities Labels(params int[] labels)
    {
        double[,] shares = new double[labels.Length, labels.Max()];
        for (int i = 0; i < labels.Length; i++)
        {
            shares[i, labels[i] - 1] = 1;
        }

        return RowResponsibilities.FromMatrix(shares);
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Estimation.Updating;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using Xunit;

namespace GmmTools.Core.Tests.Estimation.Updating;

/// <summary>Online EM: batches that are taken into a fit and forgotten.</summary>
public sealed class OnlineUpdaterTests
{
    private const int BatchSize = 50;

    private static readonly EmFit Start = new EmEstimator(new EmOptions { ComponentCount = 2 }).Fit(TestData.Observations(TestData.Faithful));

    private static UpdateOptions Step => new() { MaxIteration = 1, Tolerance = 0, StepExponent = 0.6, ExpectsConvergence = false };

    [Fact]
    public void Batches_change_the_fit_as_updates_by_hand_do()
    {
        double[][] rows = [.. Rows().Take(120)];
        OnlineUpdater online = new(Start, Step, BatchSize);
        List<long> sizes = Feed(online, rows);

        FitUpdater updater = new(Step);
        EmFit expected = Start;
        foreach (double[][] batch in rows.Chunk(BatchSize))
        {
            RowCollector collector = new(Start.Property);
            foreach (double[] row in batch)
            {
                collector.Add(row);
            }

            expected = updater.Update(expected, collector.Build(), collector.Intake);
        }

        Assert.Equal([50, 50, 20], sizes);
        Assert.Equal(expected.Mixture.Parameters.Means, online.Fit.Mixture.Parameters.Means);
        Assert.Equal(expected.Mixture.Parameters.Covariances, online.Fit.Mixture.Parameters.Covariances);
        Assert.Equal(expected.LogLikelihood, online.Fit.LogLikelihood);
        Assert.Equal(Start.RowCount + 120, online.Finish().RowCount);
    }

    [Fact]
    public void Rows_left_out_fill_no_batch_and_are_counted_with_the_next_one_or_at_the_end()
    {
        OnlineUpdater online = new(Start, Step, BatchSize, () => new RowCollector(Start.Property, policy: MissingValuePolicy.Omit));
        double[] gap = [double.NaN, 1];
        online.AddLeftOut(new RowIntake(3, 3));
        List<long> sizes = Feed(online, [gap, .. Rows().Take(BatchSize), gap, gap]);

        Assert.Equal([50], sizes);
        Assert.Equal(4, online.Fit.OmittedRowCount);

        // that rows were left out is told of all rows so far, not of the batch
        Assert.Single(online.Fit.Warnings);
        Assert.Empty(online.BatchWarnings);
        online.AddLeftOut(new RowIntake(2, 2));
        EmFit fit = online.Finish();
        Assert.Equal(8, fit.OmittedRowCount);
        Assert.Equal(Start.RowCount + BatchSize, fit.RowCount);
        Assert.Same(fit, online.Finish());
    }

    [Fact]
    public void A_gap_is_an_error_at_once()
    {
        OnlineUpdater online = new(Start, Step, BatchSize);
        Assert.False(online.Add(Rows()[0]));
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(() => online.Add([1, double.NaN]));
        Assert.Equal("MissingValue", error.ErrorId);
    }

    [Fact]
    public void Warnings_of_earlier_batches_are_summed_up()
    {
        UpdateOptions options = Step;
        options.ExpectsConvergence = true;
        options.Tolerance = 1e-12;
        OnlineUpdater online = new(Start, options, BatchSize);
        Feed(online, Rows().Take(BatchSize));
        Assert.Empty(online.EarlierWarnings);
        string first = Assert.Single(online.BatchWarnings);
        Feed(online, Rows().Skip(BatchSize).Take(2 * BatchSize));
        Assert.Equal($"2 of 2 batches before the last one had warnings. The first: {first}", Assert.Single(online.EarlierWarnings));
    }

    [Fact]
    public void The_first_of_the_warnings_is_that_of_the_first_batch()
    {
        // what is estimated to remain differs from batch to batch
        OnlineUpdater online = new(Start, new UpdateOptions { MaxIteration = 3, Tolerance = 1e-12 }, BatchSize);
        Feed(online, Rows().Take(BatchSize));
        string first = Assert.Single(online.BatchWarnings);
        Feed(online, Rows().Skip(BatchSize).Take(BatchSize));
        Assert.NotEqual(first, Assert.Single(online.BatchWarnings));
        Feed(online, Rows().Skip(2 * BatchSize).Take(BatchSize));
        Assert.EndsWith("The first: " + first, Assert.Single(online.EarlierWarnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_rows_the_fit_stays()
    {
        OnlineUpdater online = new(Start, Step, BatchSize);
        Assert.Equal(0, online.EndBatch());
        online.AddLeftOut(new RowIntake(0));
        Assert.Same(Start, online.Finish());
        Assert.Empty(online.EarlierWarnings);
    }

    [Fact]
    public void A_batch_has_at_least_one_row()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnlineUpdater(Start, Step, 0));
        OnlineUpdater online = new(Start, Step, 1);
        Assert.True(online.Add(Rows()[0]));
        Assert.Equal(1, online.EndBatch());
    }

    private static double[][] Rows() =>
        [.. Enumerable.Range(0, TestData.Faithful.GetLength(0)).Select(i => new[] { TestData.Faithful[i, 0], TestData.Faithful[i, 1] })];

    /// <summary>Numbers of rows of the batches.</summary>
    private static List<long> Feed(OnlineUpdater online, IEnumerable<double[]> rows)
    {
        List<long> sizes = [];
        foreach (double[] row in rows)
        {
            if (online.Add(row))
            {
                sizes.Add(online.EndBatch());
            }
        }

        if (online.EndBatch() is long rest and > 0)
        {
            sizes.Add(rest);
        }

        return sizes;
    }
}

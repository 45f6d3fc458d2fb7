using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GmmTools.Connectors.Sessions;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using GmmTools.Observations.Views;
using Xunit;

namespace GmmTools.Core.Tests.Connectors.Remote;

public sealed class SessionRowsTests
{
    private static readonly double[,] Cells = TestData.Draw(900, 3, 2, 11);

    [Theory]
    [InlineData(CovarianceShape.Full, 6)]
    [InlineData(CovarianceShape.Diagonal, 5)]
    public void An_iteration_sends_as_many_bytes_whatever_the_number_of_rows(CovarianceShape shape, int numbersPerComponent)
    {
        MixtureParameters mixture = Mixture(shape);
        List<(long Sent, long Received)> bytes = [];
        foreach (int count in new[] { 10, 100, 900 })
        {
            SessionRows rows = Open(Part(0, count));
            using IExpectationStep step = rows.PrepareExpectation(3, shape, 1);
            step.Compute(mixture, new SufficientStatistics(3, 2, shape), CancellationToken.None);
            Assert.Equal(1, rows.RequestCount);
            bytes.Add((rows.BytesSent, rows.BytesReceived));
        }

        Assert.Single(bytes.Distinct());
        Assert.Equal(sizeof(double) * ((3 * numbersPerComponent) + 3), bytes[0].Received);

        // the same numbers without the totals, and what they are
        Assert.InRange(bytes[0].Sent, sizeof(double) * 3 * numbersPerComponent, (sizeof(double) * 3 * numbersPerComponent) + 64);
    }

    [Fact]
    public void Sums_samples_and_improbable_rows_have_all_their_bits()
    {
        InMemoryObservations here = Part(0, 900);
        SessionRows there = Open(here);
        Assert.Equal((here.Count, here.TotalWeight), (there.Count, there.TotalWeight));
        Assert.Equal(here.Property, there.Property);
        Assert.Equal(here.Minimum, there.Minimum);
        Assert.Equal(here.Maximum, there.Maximum);
        Assert.Equal(here.Describe(CancellationToken.None), there.Describe(CancellationToken.None));

        MixtureParameters mixture = Mixture(CovarianceShape.Full);
        Assert.Equal(Sums(here, mixture), Sums(there, mixture));
        Assert.Equal(
            here.FindLeastProbable(mixture, 5, 1, CancellationToken.None).SelectMany(row => row.Values.Append(row.LogDensity)),
            there.FindLeastProbable(mixture, 5, 1, CancellationToken.None).SelectMany(row => row.Values.Append(row.LogDensity)));
        Assert.Equal(
            here.Sample(50, 7, CancellationToken.None).EnumerateWeighted().SelectMany(pair => pair.Row.Append(pair.Weight).ToArray()),
            there.Sample(50, 7, CancellationToken.None).EnumerateWeighted().SelectMany(pair => pair.Row.Append(pair.Weight).ToArray()));
        Assert.Throws<InvalidObservationException>(() => there.EnumerateWeighted());
    }

    [Fact]
    public void Weighted_rows_in_sessions_are_fitted_as_they_are_here()
    {
        double[] weights = [.. Enumerable.Range(0, 450).Select(i => 1 + (i % 3))];
        IObservations[] parts = [Part(0, 450).Reweight(weights), Part(450, 900).Reweight(weights)];
        EmOptions options = new() { ComponentCount = 3, Seed = 5, ThreadCount = 1 };
        EmFit expected = new EmEstimator(options).Fit(new CombinedObservations(parts));
        EmFit fit = new EmEstimator(options).Fit(new CombinedObservations([.. parts.Select(part => Open(part))]));
        Assert.Equal(expected.LogLikelihood, fit.LogLikelihood);
        Assert.Equal(expected.Mixture.Components.SelectMany(component => component.Mean), fit.Mixture.Components.SelectMany(component => component.Mean));
    }

    [Fact]
    public void Sessions_compute_at_the_same_time()
    {
        MixtureParameters mixture = Mixture(CovarianceShape.Full);
        CombinedObservations rows = new([.. Enumerable.Range(0, 50).Select(i => Open(Part(18 * i, 18 * (i + 1)), TimeSpan.FromMilliseconds(100)))]);
        using IExpectationStep step = rows.PrepareExpectation(3, CovarianceShape.Full, 1);
        Stopwatch watch = Stopwatch.StartNew();
        step.Compute(mixture, new SufficientStatistics(3, 2, CovarianceShape.Full), CancellationToken.None);

        // one after the other would take 5 s
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.09, 2.5);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-8)]
    [InlineData(8)]
    public void An_answer_that_is_none_is_an_error(int change)
    {
        SessionRows rows = new(new Channel(Part(0, 90), TimeSpan.Zero, answer => [.. answer.Concat(new byte[8]).Take(change == 0 ? 0 : answer.Length + change)]), Head(Part(0, 90)));
        using IExpectationStep step = rows.PrepareExpectation(3, CovarianceShape.Full, 1);
        SessionException error = Assert.Throws<SessionException>(
            () => step.Compute(Mixture(CovarianceShape.Full), new SufficientStatistics(3, 2, CovarianceShape.Full), CancellationToken.None));
        Assert.Equal("SessionFailed", error.ErrorId);
        Assert.Contains("'test'", error.Message, StringComparison.Ordinal);
    }

    private static double[] Sums(IObservations rows, MixtureParameters mixture)
    {
        SufficientStatistics statistics = new(3, 2, CovarianceShape.Full);
        using IExpectationStep step = rows.PrepareExpectation(3, CovarianceShape.Full, 1);
        step.Compute(mixture, statistics, CancellationToken.None);
        return [.. statistics.Weights, .. statistics.FirstMoments, .. statistics.Scatters, .. statistics.Centres, statistics.LogLikelihood, statistics.Entropy, statistics.TotalWeight];
    }

    private static MixtureParameters Mixture(CovarianceShape shape)
    {
        MixtureParameters mixture = new(3, 2, shape);
        for (int k = 0; k < 3; k++)
        {
            mixture.Weights[k] = 1 / 3.0;
            mixture.Means[2 * k] = Cells[k, 0];
            mixture.Means[(2 * k) + 1] = Cells[k, 1];
            mixture.Covariances[mixture.CovarianceIndex(k, 0, 0)] = 1;
            mixture.Covariances[mixture.CovarianceIndex(k, 1, 1)] = 2;
        }

        Assert.Equal(-1, mixture.TryFactorize());
        return mixture;
    }

    private static InMemoryObservations Part(int first, int end)
    {
        double[,] part = new double[end - first, 2];
        for (int i = first; i < end; i++)
        {
            (part[i - first, 0], part[i - first, 1]) = (Cells[i, 0], Cells[i, 1]);
        }

        return TestData.Observations(part);
    }

    private static SessionRows Open(IObservations rows, TimeSpan delay = default) => new(new Channel(rows, delay, answer => answer), Head(rows));

    private static byte[] Head(IObservations rows) =>
        SessionMessage.Write(state => SessionHead.Exchange(state, SessionHead.Of(new RowTable(rows, new RowIntake(rows.Count), []), CancellationToken.None)));

    /// <summary>A session in this process, some time away.</summary>
    private sealed class Channel(IObservations rows, TimeSpan delay, Func<byte[], byte[]> change) : ISessionChannel
    {
        private readonly RowTable _table = new(rows, new RowIntake(rows.Count), []);

        public string Name => "test";

        public async Task<byte[]> AskAsync(byte[] request, CancellationToken cancellationToken)
        {
            await Task.Delay(delay, cancellationToken);
            using SessionRowsHost host = new(_table, null, 1);
            return change(host.Answer(request, cancellationToken));
        }
    }
}

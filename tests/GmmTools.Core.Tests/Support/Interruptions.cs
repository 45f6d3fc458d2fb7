using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Selection;
using Xunit;

namespace GmmTools.Core.Tests.Support;

/// <summary>Fits that are interrupted again and again and go on from a checkpoint, beside one that is not.</summary>
internal sealed class Interruptions : IDisposable
{
    private const int MaxParts = 2000;

    private readonly string _folder = Directory.CreateTempSubdirectory("gmm-checkpoint-").FullName;

    /// <summary>The checkpoint.</summary>
    public string File => System.IO.Path.Combine(_folder, "fit.checkpoint");

    public string Folder => _folder;

    /// <summary>Iterations of the fit that was interrupted, over all its parts.</summary>
    public int IterationCount { get; private set; }

    /// <summary>Number of parts.</summary>
    public int PartCount { get; private set; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Fits in parts of so many iterations.</summary>
    public EmFit Fit(IObservations observations, EmOptions options, int iterationsPerPart)
    {
        EmOptions kept = options.Clone();
        kept.Checkpoint = new CheckpointOptions(File);
        while (true)
        {
            Assert.True(PartCount++ < MaxParts, "the parts do not come to an end");
            using CancellationTokenSource interrupt = new();
            int left = iterationsPerPart;
            EmEstimator estimator = new(kept, _ =>
            {
                if (Interlocked.Decrement(ref left) == 0)
                {
                    interrupt.Cancel();
                }
            });
            try
            {
                EmFit fit = estimator.Fit(observations, interrupt.Token);
                IterationCount += iterationsPerPart - Volatile.Read(ref left);
                return fit;
            }
            catch (OperationCanceledException)
            {
                IterationCount += iterationsPerPart - Volatile.Read(ref left);
                Assert.True(System.IO.File.Exists(File));
            }
        }
    }

    /// <summary>Searches in parts, each of which ends when so many fits are done.</summary>
    public IReadOnlyList<IFitOutcome> Search(
        IObservations observations, EmOptions options, int[] componentCounts, CovarianceModel[] models, int fitsPerPart)
    {
        EmOptions kept = options.Clone();
        kept.Checkpoint = new CheckpointOptions(File);
        while (true)
        {
            Assert.True(PartCount++ < MaxParts, "the parts do not come to an end");
            using CancellationTokenSource interrupt = new();
            ModelSearch search = new(kept, progress =>
            {
                // those done before come back at once
                if (progress.Done >= fitsPerPart * PartCount)
                {
                    interrupt.Cancel();
                }
            });
            try
            {
                return search.Fit(observations, componentCounts, models, interrupt.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.True(System.IO.File.Exists(File));
            }
        }
    }

    /// <summary>Two fits are the same to the last bit.</summary>
    public static void AssertSame(EmFit expected, EmFit actual)
    {
        Assert.Equivalent(expected.Options, actual.Options);
        Assert.Equal(expected.LogLikelihood, actual.LogLikelihood);
        Assert.Equal(expected.LogLikelihoodTrace, actual.LogLikelihoodTrace);
        Assert.Equal(expected.IterationCount, actual.IterationCount);
        Assert.Equal(expected.CollapseCount, actual.CollapseCount);
        Assert.Equal(expected.StopReason, actual.StopReason);
        Assert.Equal(expected.EstimatedRemainder, actual.EstimatedRemainder);
        Assert.Equal(expected.Entropy, actual.Entropy);
        Assert.Equal(expected.BestStartCount, actual.BestStartCount);
        Assert.Equal(expected.Warnings, actual.Warnings);
        Assert.Equal(expected.Starts.Select(Text), actual.Starts.Select(Text));
        Assert.Equal(expected.Mixture.Parameters.Weights, actual.Mixture.Parameters.Weights);
        Assert.Equal(expected.Mixture.Parameters.Means, actual.Mixture.Parameters.Means);
        Assert.Equal(expected.Mixture.Parameters.Covariances, actual.Mixture.Parameters.Covariances);
    }

    private static string Text(EmStart start) => FormattableString.Invariant(
        $"{start.Start} {start.Initialization} {start.LogLikelihood:R} {start.IterationCount} {start.StopReason} {start.CollapseCount} {start.IsSpurious}");
}

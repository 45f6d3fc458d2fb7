using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Core.Tests.Support;

/// <summary>
/// Rows of which, after the moments, an E-step of full covariances waits until it is cancelled, and one of diagonal covariances fails as soon as
/// that one waits.
/// </summary>
internal sealed class FailingObservations(InMemoryObservations rows) : IObservations, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ManualResetEventSlim _waits = new();
    private readonly Dictionary<CovarianceShape, int> _prepared = [];

    /// <summary>Whether the E-step that waits was cancelled and has ended.</summary>
    public bool HasEnded { get; private set; }

    public IReadOnlyList<string> Property => rows.Property;

    public long Count => rows.Count;

    public double TotalWeight => rows.TotalWeight;

    public IReadOnlyList<double> Minimum => rows.Minimum;

    public IReadOnlyList<double> Maximum => rows.Maximum;

    public bool HasGaps => rows.HasGaps;

    public bool CanEnumerate => rows.CanEnumerate;

    public IEnumerable<(double[] Row, double Weight)> EnumerateWeighted() => rows.EnumerateWeighted();

    public IObservations Reweight(IReadOnlyList<double> weights) => rows.Reweight(weights);

    public IObservations Label(IReadOnlyList<int> labels) => rows.Label(labels);

    public TrimmedObservations Trim(double fraction) => rows.Trim(fraction);

    public IReadOnlyList<KeyValuePair<string, string>> Describe(CancellationToken cancellationToken) => rows.Describe(cancellationToken);

    public IExpectationStep PrepareExpectation(int componentCount, CovarianceShape shape, int threadCount)
    {
        lock (_prepared)
        {
            _prepared.TryGetValue(shape, out int count);
            _prepared[shape] = count + 1;
            return count == 0 ? rows.PrepareExpectation(componentCount, shape, threadCount) : new Step(this, shape);
        }
    }

    public InMemoryObservations Sample(int maximumCount, ulong seed, CancellationToken cancellationToken) =>
        rows.Sample(maximumCount, seed, cancellationToken);

    public IReadOnlyList<ImprobableRow> FindLeastProbable(MixtureParameters mixture, int count, int threadCount, CancellationToken cancellationToken) =>
        rows.FindLeastProbable(mixture, count, threadCount, cancellationToken);

    public void Dispose() => _waits.Dispose();

    private sealed class Step(FailingObservations observations, CovarianceShape shape) : IExpectationStep
    {
        public void Compute(MixtureParameters mixture, SufficientStatistics statistics, CancellationToken cancellationToken)
        {
            if (shape == CovarianceShape.Diagonal)
            {
                observations._waits.Wait(Patience, cancellationToken);
                throw new IOException("the rows are gone");
            }

            observations._waits.Set();
            cancellationToken.WaitHandle.WaitOne(Patience);
            Thread.Sleep(100);
            observations.HasEnded = true;
            cancellationToken.ThrowIfCancellationRequested();
        }

        public void Dispose()
        {
        }
    }
}

using System.Collections.Generic;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Core.Tests.Support;

/// <summary>Rows whose E-step never ends by itself: it waits until it is cancelled.</summary>
internal sealed class EndlessObservations : IObservations
{
    private readonly InMemoryObservations _rows;

    public EndlessObservations(InMemoryObservations rows)
    {
        _rows = rows;
    }

    public IReadOnlyList<string> Property => _rows.Property;

    public long Count => _rows.Count;

    public double TotalWeight => _rows.TotalWeight;

    public IReadOnlyList<double> Minimum => _rows.Minimum;

    public IReadOnlyList<double> Maximum => _rows.Maximum;

    public bool HasGaps => _rows.HasGaps;

    public bool CanEnumerate => _rows.CanEnumerate;

    public IEnumerable<(double[] Row, double Weight)> EnumerateWeighted() => _rows.EnumerateWeighted();

    public IObservations Reweight(IReadOnlyList<double> weights) => _rows.Reweight(weights);

    public IObservations Label(IReadOnlyList<int> labels) => _rows.Label(labels);

    public TrimmedObservations Trim(double fraction) => _rows.Trim(fraction);

    public IReadOnlyList<KeyValuePair<string, string>> Describe(CancellationToken cancellationToken) => _rows.Describe(cancellationToken);

    public IExpectationStep PrepareExpectation(int componentCount, CovarianceShape shape, int threadCount) => new EndlessStep(_rows.PrepareExpectation(componentCount, shape, threadCount));

    public InMemoryObservations Sample(int maximumCount, ulong seed, CancellationToken cancellationToken) =>
        _rows.Sample(maximumCount, seed, cancellationToken);

    public IReadOnlyList<ImprobableRow> FindLeastProbable(MixtureParameters mixture, int count, int threadCount, CancellationToken cancellationToken) =>
        _rows.FindLeastProbable(mixture, count, threadCount, cancellationToken);

    private sealed class EndlessStep(IExpectationStep step) : IExpectationStep
    {
        public void Compute(MixtureParameters mixture, SufficientStatistics statistics, CancellationToken cancellationToken)
        {
            if (cancellationToken.CanBeCanceled)
            {
                cancellationToken.WaitHandle.WaitOne();
                cancellationToken.ThrowIfCancellationRequested();
            }

            step.Compute(mixture, statistics, cancellationToken);
        }

        public void Dispose() => step.Dispose();
    }
}

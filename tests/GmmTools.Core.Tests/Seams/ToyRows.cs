using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;
using GmmTools.Observations;

namespace GmmTools.Core.Tests.Seams;

/// <summary>A source of rows in as few lines as the seam asks for: plain arrays of one number each, summed one by one.</summary>
internal sealed class ToyRows(params double[] values) : IObservations, IExpectationStep
{
    public IReadOnlyList<string> Property => ["x1"];
    public long Count => values.Length;
    public double TotalWeight => values.Length;
    public IReadOnlyList<double> Minimum => [values.Min()];
    public IReadOnlyList<double> Maximum => [values.Max()];
    private InMemoryObservations InMemory => TestData.Observations(TestData.Column(values));
    public bool HasGaps => false;
    public bool CanEnumerate => true;
    public IEnumerable<(double[] Row, double Weight)> EnumerateWeighted() => values.Select(value => (new[] { value }, 1.0));
    public IObservations Reweight(IReadOnlyList<double> weights) => InMemory.Reweight(weights);
    public IObservations Label(IReadOnlyList<int> labels) => InMemory.Label(labels);

    public TrimmedObservations Trim(double fraction) => InMemory.Trim(fraction);

    public IReadOnlyList<KeyValuePair<string, string>> Describe(CancellationToken cancellationToken) => [new("sum", $"{values.Sum():R}")];

    public IExpectationStep PrepareExpectation(int componentCount, CovarianceShape shape, int threadCount) => this;

    public InMemoryObservations Sample(int maximumCount, ulong seed, CancellationToken cancellationToken) =>
        InMemory.Sample(maximumCount, seed, cancellationToken);

    public IReadOnlyList<ImprobableRow> FindLeastProbable(MixtureParameters mixture, int count, int threadCount, CancellationToken cancellationToken) =>
        [.. values.Select(value => new ImprobableRow([value], new RowScorer<NormalLink>(mixture.Terms).Score([value]))).OrderBy(row => row.LogDensity).Take(count)];

    public void Compute(MixtureParameters mixture, SufficientStatistics statistics, CancellationToken cancellationToken)
    {
        RowScorer<NormalLink> scorer = new(mixture.Terms);
        statistics.Clear(mixture.Means);
        statistics.TotalWeight = values.Length;
        foreach (double value in values)
        {
            statistics.LogLikelihood += scorer.Score([value]);
            statistics.Entropy += scorer.Entropy;
            for (int k = 0; k < mixture.ComponentCount; k++)
            {
                double difference = value - mixture.Means[k];
                statistics.Weights[k] += scorer.Responsibilities[k];
                statistics.FirstMoments[k] += scorer.Responsibilities[k] * difference;
                statistics.Scatters[k] += scorer.Responsibilities[k] * difference * difference;
            }
        }
    }

    public void Dispose()
    {
    }
}

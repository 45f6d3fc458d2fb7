using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Estimation.Initialization;

/// <summary>
/// Starts from the K clusters of a model-based agglomeration, Fraley (1998): the first start from that for ellipsoids of their own,
/// the second and third from that for equal spheres in two coordinates free of units.
/// </summary>
internal sealed class HierarchicalInitializer : IInitializer
{
    /// <summary>Agglomeration grows with the square of the rows: more than these are represented by a sample.</summary>
    public const int MaxRows = 3000;

    /// <summary>How many starts differ.</summary>
    public const int StartCount = 3;

    private readonly StartProblem _problem;
    private int _next;

    /// <param name="problem">The mixture that is wanted, and the rows.</param>
    /// <param name="seed">Seed of the sample.</param>
    public HierarchicalInitializer(StartProblem problem, ulong seed)
    {
        _problem = problem.On(problem.Rows.Sample(MaxRows, SplitMix64.Derive(seed, 1), CancellationToken.None));
    }

    public string Name => "Hierarchical";

    public MixtureParameters Initialize(SplitMix64 random, CancellationToken cancellationToken)
    {
        int kind = _next++ % StartCount;
        InMemoryObservations rows = _problem.Rows;
        double[] points = kind < 2 ? UnitFreePoints.Whiten(rows, _problem.Pooled, cancellationToken) : UnitFreePoints.Scale(rows, _problem.Pooled, cancellationToken);
        Agglomeration agglomeration = new(points, _problem.Pooled.Dimension, rows);
        int[] labels = kind == 0
            ? agglomeration.ByOwnCovariance(_problem.ComponentCount, cancellationToken)
            : agglomeration.BySumOfSquares(_problem.ComponentCount, cancellationToken);
        double[]? weights = _problem.FixedWeights is null ? null : KMeansInitializer.AssignWeights(_problem.FixedWeights, labels, random);
        return MemberStart.Create(rows, MemberStart.OfPartition(labels, _problem.ComponentCount), _problem.Step, _problem.Pooled, weights);
    }
}

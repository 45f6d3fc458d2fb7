using System;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Observations.Views;

/// <summary>The E-step over divided columns by way of that over the original ones.</summary>
internal sealed class ScaledExpectationStep : IExpectationStep
{
    private readonly IExpectationStep _inner;
    private readonly ColumnScales _scales;
    private readonly int _componentCount;
    private readonly CovarianceShape _shape;
    private MixtureParameters? _original;

    public ScaledExpectationStep(IExpectationStep inner, ColumnScales scales, int componentCount, CovarianceShape shape)
    {
        _inner = inner;
        _scales = scales;
        _componentCount = componentCount;
        _shape = shape;
    }

    public void Compute(MixtureParameters mixture, SufficientStatistics statistics, CancellationToken cancellationToken)
    {
        _original ??= new MixtureParameters(_componentCount, mixture.Dimension, _shape);
        _scales.Multiply(mixture, _original);
        _inner.Compute(_original, statistics, cancellationToken);
        _scales.Divide(statistics);
        Array.Copy(mixture.Means, statistics.Centres, statistics.Centres.Length);
    }

    public void Dispose() => _inner.Dispose();
}

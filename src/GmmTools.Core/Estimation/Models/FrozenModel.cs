using System;
using System.Linq;
using GmmTools.Estimation.Known;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Models;

/// <summary>
/// A mixture of normal components, parts of which are those of its start: the M-step over what is free, given the rest. A free covariance beside a mean that is
/// kept is the scatter about that mean. Where components were added to the start, weights that are kept are kept in proportion to each other.
/// </summary>
internal sealed class FrozenModel : EstimationModel
{
    private readonly FrozenParts _frozen;
    private readonly bool _sharesCovariance;
    private MixtureParameters? _start;

    /// <param name="model">The covariance model: one in which each component has a covariance of its own, or all have the same, if covariances are kept.</param>
    /// <param name="componentCount">Number of components, K.</param>
    /// <param name="frozen">What is kept.</param>
    public FrozenModel(CovarianceModel model, int componentCount, FrozenParts frozen)
        : base(MaximizationStep.Create(model), componentCount)
    {
        _frozen = frozen;
        _sharesCovariance = model.IsShared() && frozen.HasAny(FrozenPart.Covariance);
    }

    /// <inheritdoc/>
    public override bool HasCoordinates => false;

    /// <inheritdoc/>
    public override int ParameterCount(int dimension) =>
        base.ParameterCount(dimension) - _frozen.ParameterCount(Covariances.Model, ComponentCount, dimension);

    /// <inheritdoc/>
    public override bool Keeps(int component, FrozenPart part) =>
        _frozen.Has(component, part) || (part == FrozenPart.Covariance && _sharesCovariance);

    /// <inheritdoc/>
    public override void Begin(MixtureParameters start)
    {
        _start = start.Clone();
        if (_sharesCovariance)
        {
            int kept = Enumerable.Range(0, ComponentCount).First(k => _frozen.Has(k, FrozenPart.Covariance));
            for (int k = 0; k < ComponentCount; k++)
            {
                CopyCovariance(_start, kept, start, k);
                CopyCovariance(_start, kept, _start, k);
            }
        }
    }

    /// <inheritdoc/>
    public override void Maximize(
        SufficientStatistics statistics, MixtureParameters? previous, MixtureParameters result, double[]? fixedWeights)
    {
        int dimension = statistics.Dimension;
        for (int k = 0; k < ComponentCount; k++)
        {
            if (Keeps(k, FrozenPart.Mean))
            {
                // about the mean that is kept, which the E-step was centred on
                Array.Clear(statistics.FirstMoments, k * dimension, dimension);
            }
        }

        double[] weights = KeepWeights(statistics);
        Covariances.Maximize(statistics, previous, result, weights);
        for (int k = 0; k < ComponentCount; k++)
        {
            if (Keeps(k, FrozenPart.Covariance))
            {
                CopyCovariance(_start!, k, result, k);
            }
        }
    }

    /// <summary>The weights: the free ones share what is left in proportion to their rows.</summary>
    private double[] KeepWeights(SufficientStatistics statistics)
    {
        double[] weights = [.. statistics.Weights.Select(weight => weight / statistics.TotalWeight)];
        int[] kept = [.. Enumerable.Range(0, ComponentCount).Where(k => Keeps(k, FrozenPart.Weight))];
        int[] free = [.. Enumerable.Range(0, ComponentCount).Where(k => !Keeps(k, FrozenPart.Weight))];
        double before = kept.Sum(k => _start!.Weights[k]);
        if (kept.Length == 0 || !(before > 0))
        {
            return weights;
        }

        double freeRows = free.Sum(k => weights[k]);
        bool inProportion = _frozen.KeepsProportions(ComponentCount);
        double together = inProportion ? kept.Sum(k => weights[k]) : free.Length == 0 ? 1 : before;
        foreach (int k in kept)
        {
            weights[k] = inProportion || free.Length == 0 ? together * _start!.Weights[k] / before : _start!.Weights[k];
        }

        foreach (int k in free)
        {
            weights[k] = inProportion ? weights[k] : freeRows > 0 ? (1 - together) * weights[k] / freeRows : (1 - together) / free.Length;
        }

        return weights;
    }

    private static void CopyCovariance(MixtureParameters source, int from, MixtureParameters target, int to) => Array.Copy(
        source.Covariances, from * source.CovarianceLength, target.Covariances, to * source.CovarianceLength, source.CovarianceLength);
}

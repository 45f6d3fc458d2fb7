using System.Linq;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Models;

/// <summary>
/// Components of multivariate t, which rows far out stretch little: in the moments a row counts for u = (ν + d)/(ν + q), the less the larger its
/// squared distance q is. Peel and McLachlan, Statistics and Computing 10 (2000) 339-348; with constrained matrices Andrews and McNicholas,
/// Statistics and Computing 22 (2012) 1021-1029. Means are divided by the weights in the moments, scatters by the numbers of rows, and the degrees of
/// freedom solve log ½ν − ψ(½ν) + 1 + (1/n)·Σ w·r·(log u − u) = 0 within bounds, for each component or for all of them: three maxima of one
/// expected log-likelihood of rows and scales, so that the log-likelihood never falls.
/// </summary>
internal sealed class StudentModel : EstimationModel
{
    /// <summary>ν of a start that says nothing of it.</summary>
    private const double FirstDegreesOfFreedom = 10;

    /// <summary>A component of less weight has no degrees of freedom of its own: it keeps those of before.</summary>
    private const double MinWeight = 1e-6;

    private readonly double[]? _fixed;
    private readonly bool _isCommon;

    /// <param name="model">The covariance model, which the matrices of the components obey.</param>
    /// <param name="componentCount">Number of components, K.</param>
    /// <param name="degreesOfFreedom">What is not estimated: one number for all components, or K; null where they are estimated.</param>
    /// <param name="isCommon">Whether all components have the same degrees of freedom.</param>
    /// <param name="keepsWeights">Whether the mixing weights of a start are kept as they are.</param>
    public StudentModel(CovarianceModel model, int componentCount, double[]? degreesOfFreedom, bool isCommon, bool keepsWeights = false)
        : base(MaximizationStep.Create(model), componentCount, keepsWeights)
    {
        _fixed = degreesOfFreedom;
        _isCommon = isCommon;
    }

    /// <inheritdoc/>
    public override FurtherSums FurtherSums => FurtherSums.MomentWeights;

    /// <inheritdoc/>
    public override int ParameterCount(int dimension) =>
        base.ParameterCount(dimension) + (_fixed is not null ? 0 : _isCommon ? 1 : ComponentCount);

    /// <inheritdoc/>
    public override void Begin(MixtureParameters start)
    {
        if (_fixed is not null)
        {
            bool isOfAll = _fixed.Length == 1 || _fixed.Length == start.ComponentCount;

            // fewer components than numbers: some collapsed, and the others have theirs
            start.DegreesOfFreedom = isOfAll || start.DegreesOfFreedom is null
                ? [.. Enumerable.Range(0, start.ComponentCount).Select(k => _fixed[k % _fixed.Length])]
                : start.DegreesOfFreedom;
            return;
        }

        start.DegreesOfFreedom = start.DegreesOfFreedom is double[] degrees
            ? [.. degrees.Select(number => DegreesOfFreedomRoot.Bounded(_isCommon ? degrees[0] : number))]
            : [.. Enumerable.Repeat(FirstDegreesOfFreedom, start.ComponentCount)];
    }

    /// <inheritdoc/>
    public override void Maximize(
        SufficientStatistics statistics, MixtureParameters? previous, MixtureParameters result, double[]? fixedWeights)
    {
        Covariances.Maximize(statistics, previous, result, fixedWeights);
        if (previous?.DegreesOfFreedom is null || statistics.LogMomentWeights.Length == 0)
        {
            // of a partition: the start of a run gets its own
            result.DegreesOfFreedom = null;
            return;
        }

        result.CopyTails(previous);
        if (_fixed is null)
        {
            Estimate(statistics, result.DegreesOfFreedom!);
        }
    }

    private void Estimate(SufficientStatistics statistics, double[] degrees)
    {
        double weight = 0;
        double logWeights = 0;
        for (int k = 0; k < degrees.Length; k++)
        {
            weight += statistics.Weights[k];
            logWeights += statistics.LogMomentWeights[k];
            if (!_isCommon && statistics.Weights[k] > MinWeight)
            {
                degrees[k] = DegreesOfFreedomRoot.Find(statistics.LogMomentWeights[k] / statistics.Weights[k]);
            }
        }

        for (int k = 0; _isCommon && k < degrees.Length; k++)
        {
            degrees[k] = k == 0 ? DegreesOfFreedomRoot.Find(logWeights / weight) : degrees[0];
        }
    }
}

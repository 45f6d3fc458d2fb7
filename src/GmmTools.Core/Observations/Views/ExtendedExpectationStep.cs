using System;
using System.Linq;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;

namespace GmmTools.Observations.Views;

/// <summary>The E-step over rows and the statistics of earlier ones, whose responsibilities stay as they are. Where the mixture has another
/// number of components, the first E-step gives each of the earlier ones to the component that explains its rows best.</summary>
/// <param name="rows">The E-step over the rows at hand.</param>
/// <param name="past">The statistics of the earlier ones.</param>
/// <param name="hiddenEntropy">What the log-likelihood of the earlier ones has beside the entropy of their responsibilities and what the statistics tell: of
/// rows with gaps the entropy of the missing cells, of components of multivariate t that of their scales, and numbers that stay the same.</param>
internal sealed class ExtendedExpectationStep(IExpectationStep rows, SufficientStatistics past, double hiddenEntropy) : IExpectationStep
{
    /// <summary>Less than this share of a log-likelihood is due to the rounding of sums.</summary>
    private const double Rounding = 1e-10;

    private SufficientStatistics _past = past;
    private SufficientStatistics? _moved;

    public void Compute(MixtureParameters mixture, SufficientStatistics statistics, CancellationToken cancellationToken)
    {
        rows.Compute(mixture, statistics, cancellationToken);
        if (mixture.Terms.Link != LinkKind.Student)
        {
            _past = _past.Unweighed();
        }

        if (_past.ComponentCount != mixture.ComponentCount)
        {
            _past = Allot(_past, mixture);
        }

        _moved ??= new SufficientStatistics(_past.ComponentCount, _past.Dimension, _past.Shape, _past.Further);
        _moved.Clear(_past.Centres);
        _moved.Add(_past);
        _moved.MoveTo(mixture.Means);
        _moved.LogLikelihood = _past.Entropy + hiddenEntropy + Enumerable.Range(0, mixture.ComponentCount).Sum(k => ExpectedLogDensity(mixture, k, _moved, k));
        if (_moved.BackgroundWeight > 0)
        {
            _moved.LogLikelihood += _moved.BackgroundWeight * mixture.Terms.Background;
        }

        statistics.Add(_moved);
    }

    public void Dispose() => rows.Dispose();

    /// <summary>What the log-likelihood of rows has beside the entropy of their responsibilities and what their statistics tell under the mixture that
    /// they are of: nothing, where rows are complete and count as they are.</summary>
    public static double HiddenEntropy(MixtureParameters mixture, SufficientStatistics statistics)
    {
        SufficientStatistics moved = statistics.Clone();
        moved.MoveTo(mixture.Means);
        double background = statistics.BackgroundWeight > 0 ? statistics.BackgroundWeight * mixture.Terms.Background : 0;
        double hidden = statistics.LogLikelihood - statistics.Entropy - background
            - Enumerable.Range(0, mixture.ComponentCount).Sum(k => ExpectedLogDensity(mixture, k, moved, k));
        return Math.Abs(hidden) > Rounding * Math.Abs(statistics.LogLikelihood) ? hidden : 0;
    }

    /// <summary>The same statistics for another number of components. Rows that belonged to several components keep their entropy as it was,
    /// unless one component has them all.</summary>
    private static SufficientStatistics Allot(SufficientStatistics past, MixtureParameters mixture)
    {
        SufficientStatistics allotted = new(mixture.ComponentCount, mixture.Dimension, past.Shape, past.Further);
        allotted.Clear(mixture.Means);
        allotted.TotalWeight = past.TotalWeight;
        allotted.AddBackground(past.BackgroundWeight);
        allotted.Entropy = mixture.ComponentCount == 1 ? 0 : past.Entropy;
        for (int j = 0; j < past.ComponentCount; j++)
        {
            SufficientStatistics[] moved = [.. Enumerable.Range(0, mixture.ComponentCount).Select(k => OfOne(past, j, mixture, k))];
            int best = 0;
            for (int k = 1; k < moved.Length; k++)
            {
                best = ExpectedLogDensity(mixture, k, moved[k], 0) > ExpectedLogDensity(mixture, best, moved[best], 0) ? k : best;
            }

            AddTo(allotted, best, moved[best]);
        }

        return allotted;
    }

    /// <summary>The statistics of one component of the earlier ones, about the mean of one of the mixture's.</summary>
    private static SufficientStatistics OfOne(SufficientStatistics past, int component, MixtureParameters mixture, int target)
    {
        int dimension = past.Dimension;
        SufficientStatistics one = new(1, dimension, past.Shape, past.Further);
        one.Weights[0] = past.Weights[component];
        for (int i = 0; i < one.MomentWeights.Length; i++)
        {
            one.MomentWeights[i] = past.MomentWeights[component];
            one.LogMomentWeights[i] = past.LogMomentWeights[component];
        }

        Array.Copy(past.Centres, component * dimension, one.Centres, 0, dimension);
        Array.Copy(past.FirstMoments, component * dimension, one.FirstMoments, 0, dimension);
        Array.Copy(past.Scatters, component * past.ScatterLength, one.Scatters, 0, past.ScatterLength);
        double[] mean = new double[dimension];
        Array.Copy(mixture.Means, target * dimension, mean, 0, dimension);
        one.MoveTo(mean);
        return one;
    }

    private static void AddTo(SufficientStatistics statistics, int component, SufficientStatistics one)
    {
        statistics.Weights[component] += one.Weights[0];
        for (int i = 0; i < one.MomentWeights.Length; i++)
        {
            statistics.MomentWeights[component] += one.MomentWeights[i];
            statistics.LogMomentWeights[component] += one.LogMomentWeights[i];
        }

        for (int j = 0; j < one.Dimension; j++)
        {
            statistics.FirstMoments[(component * one.Dimension) + j] += one.FirstMoments[j];
        }

        for (int i = 0; i < one.ScatterLength; i++)
        {
            statistics.Scatters[(component * one.ScatterLength) + i] += one.Scatters[i];
        }
    }

    /// <summary>Σ w·rⱼ·log wₖφₖ(x) over the rows of the statistics at a place, taken about the mean μₖ; 0 where there are no rows.</summary>
    private static double ExpectedLogDensity(MixtureParameters mixture, int component, SufficientStatistics statistics, int place)
    {
        if (!(statistics.Weights[place] > 0))
        {
            return 0;
        }

        return statistics.MomentWeights.Length > 0
            ? StudentLink.ExpectedSum(mixture.Terms, component, statistics, place)
            : NormalLink.ExpectedSum(mixture.Terms, component, statistics.Weights[place], statistics.Scatters, place * statistics.ScatterLength);
    }
}

using System.Threading;
using GmmTools.Estimation;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Observations;

/// <summary>The E-step over rows and the statistics of earlier ones, whose responsibilities stay as they are.</summary>
internal sealed class ExtendedExpectationStep(IExpectationStep rows, SufficientStatistics past) : IExpectationStep
{
    private readonly SufficientStatistics _moved = past.Clone();

    public void Compute(MixtureParameters mixture, SufficientStatistics statistics, CancellationToken cancellationToken)
    {
        rows.Compute(mixture, statistics, cancellationToken);
        _moved.Clear(past.Centres);
        _moved.Add(past);
        _moved.MoveTo(mixture.Means);
        _moved.LogLikelihood = past.Entropy + ExpectedLogDensity(mixture.Terms, _moved);
        statistics.Add(_moved);
    }

    public void Dispose() => rows.Dispose();

    /// <summary>Σ w·rₖ·log wₖφₖ(x) over all components.</summary>
    private static double ExpectedLogDensity(LogTerms terms, SufficientStatistics statistics)
    {
        double sum = 0;
        for (int k = 0; k < terms.ComponentCount; k++)
        {
            if (statistics.Weights[k] > 0)
            {
                sum += NormalLink.ExpectedSum(terms, k, statistics.Weights[k], statistics.Scatters);
            }
        }

        return sum;
    }
}

using System;
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
        _moved.LogLikelihood = past.Entropy + ExpectedLogDensity(mixture, _moved);
        statistics.Add(_moved);
    }

    public void Dispose() => rows.Dispose();

    /// <summary>Σₖ nₖ·(log wₖ − ½(d·log 2π + log|Σₖ|)) − ½·tr(Σₖ⁻¹·Sₖ), the Sₖ being taken about the means.</summary>
    private static double ExpectedLogDensity(MixtureParameters mixture, SufficientStatistics statistics)
    {
        double sum = 0;
        for (int k = 0; k < mixture.ComponentCount; k++)
        {
            if (statistics.Weights[k] > 0)
            {
                sum += (statistics.Weights[k] * mixture.LogNormalizers[k]) - (0.5 * Trace(mixture, statistics, k));
            }
        }

        return sum;
    }

    /// <summary>tr(W·S·Wᵀ), where WᵀW is the inverse of the covariance.</summary>
    private static double Trace(MixtureParameters mixture, SufficientStatistics statistics, int component)
    {
        int offset = component * statistics.ScatterLength;
        double sum = 0;
        for (int i = 0; i < mixture.Dimension; i++)
        {
            if (mixture.Shape == CovarianceShape.Diagonal)
            {
                double precision = mixture.PrecisionFactors[offset + i];
                sum += precision * precision * statistics.Scatters[offset + i];
                continue;
            }

            for (int a = 0; a <= i; a++)
            {
                double left = mixture.PrecisionFactors[offset + PackedMatrix.Index(i, a)];
                for (int b = 0; b <= i; b++)
                {
                    sum += left * mixture.PrecisionFactors[offset + PackedMatrix.Index(i, b)]
                        * statistics.Scatters[offset + PackedMatrix.Index(Math.Max(a, b), Math.Min(a, b))];
                }
            }
        }

        return sum;
    }
}

using System;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Observations.Views;

/// <summary>The E-step over parts: the sums of one after the other, added in their order. Parts that are elsewhere all begin before the first of them is
/// waited for.</summary>
internal sealed class CombinedExpectationStep(IExpectationStep[] parts) : IExpectationStep
{
    private SufficientStatistics? _part;

    public void Compute(MixtureParameters mixture, SufficientStatistics statistics, CancellationToken cancellationToken)
    {
        _part ??= new SufficientStatistics(statistics.ComponentCount, statistics.Dimension, statistics.Shape, statistics.Further);
        foreach (IExpectationStep part in parts)
        {
            (part as IDeferredExpectationStep)?.Start(mixture, statistics, cancellationToken);
        }

        Sum(parts.Length, (number, part) => parts[number].Compute(mixture, part, cancellationToken), statistics, _part);
    }

    public void Dispose() => Array.ForEach(parts, part => part.Dispose());

    /// <summary>Adds the statistics of parts in the order of these.</summary>
    /// <param name="count">Number of parts.</param>
    /// <param name="fill">Overwrites statistics with those of a part, numbered from 0.</param>
    /// <param name="statistics">Overwritten: the sum.</param>
    /// <param name="part">Overwritten: room for those of one part.</param>
    public static void Sum(int count, Action<int, SufficientStatistics> fill, SufficientStatistics statistics, SufficientStatistics part)
    {
        fill(0, statistics);
        for (int number = 1; number < count; number++)
        {
            fill(number, part);
            statistics.Add(part);
        }
    }
}

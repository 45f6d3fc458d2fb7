using System;
using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Inference.Testing;

/// <summary>
/// The p-value of a statistic among those of replicates under the null hypothesis: (b + 1)/(B + 1), where b of B are at least as large. Where so many are
/// that the verdict is certain, no more are needed: after l replicates, p is h/l, where h is the number of those at least as large, which holds its level as
/// well. Besag and Clifford, Biometrika 78 (1991) 301-304.
/// </summary>
internal sealed class SequentialPValue
{
    /// <summary>A product of a level and a number of replicates that is whole may come out slightly below.</summary>
    private const double Rounding = 1e-9;

    private readonly double _observed;
    private readonly int _replicateCount;
    private readonly int? _enough;

    /// <param name="observed">The statistic of the rows.</param>
    /// <param name="replicateCount">The most replicates, B.</param>
    /// <param name="significance">The level of the test.</param>
    /// <param name="takesAll">Whether all replicates are wanted, whatever they say.</param>
    public SequentialPValue(double observed, int replicateCount, double significance, bool takesAll)
    {
        _observed = observed;
        _replicateCount = replicateCount;
        _enough = takesAll ? null : MostToReject(replicateCount, significance) + 1;
    }

    /// <summary>The most replicates at least as large with which a null hypothesis is rejected; below 0 where none is few enough.</summary>
    /// <param name="replicateCount">Number of replicates.</param>
    /// <param name="significance">The level of the test.</param>
    public static int MostToReject(int replicateCount, double significance) =>
        (int)Math.Floor((significance * (replicateCount + 1.0)) + Rounding) - 1;

    /// <summary>Whether no more replicates can change the verdict.</summary>
    /// <param name="statistics">The statistics so far, in order; NaN where there is none.</param>
    public bool IsEnough(IReadOnlyList<double> statistics) => _enough is int enough && statistics.Count(IsExceeding) >= enough;

    /// <summary>The p-value.</summary>
    /// <param name="statistics">The statistics in order; NaN where there is none.</param>
    public (double PValue, int Used, int Exceeding, int Failed, bool IsEarly) Evaluate(IReadOnlyList<double> statistics)
    {
        int used = 0;
        int exceeding = 0;
        int failed = 0;
        foreach (double statistic in statistics)
        {
            if (double.IsNaN(statistic))
            {
                failed++;
                continue;
            }

            used++;
            exceeding += IsExceeding(statistic) ? 1 : 0;
            if (exceeding == _enough && used < _replicateCount)
            {
                // never below what all replicates could have led to, so that the verdict is theirs
                return (Math.Max((double)exceeding / used, (exceeding + 1.0) / (_replicateCount + 1.0)), used, exceeding, failed, true);
            }
        }

        return ((exceeding + 1.0) / (used + 1.0), used, exceeding, failed, false);
    }

    private bool IsExceeding(double statistic) => statistic >= _observed;
}

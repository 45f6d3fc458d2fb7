using System;
using GmmTools.Connectors.Databases.Dialects;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;

namespace GmmTools.Connectors.Databases.Sql;

/// <summary>What rows count for in components of multivariate t as SQL, from t = q/ν, q the squared distance: u = (ν + d)/ν / (1 + t), and
/// log(1 + t), from which both the log-density and log u follow.</summary>
internal static class StudentSql
{
    /// <summary>With more degrees of freedom, which are given and never estimated, the digits that 1 + t loses count.</summary>
    private const double ManyDegrees = 1000;

    /// <summary>log(1 + t) that is sure to be enough; terms beyond cost only the reproducibility.</summary>
    private const double MostLog = 64;

    /// <summary>Whether rows count for anything but 1 in the moments.</summary>
    public static bool WeighsRows(LogTerms terms) => terms.Link.FurtherSums.HasFlag(FurtherSums.MomentWeights);

    /// <summary>log(1 + t).</summary>
    /// <param name="dialect">The engine's dialect.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="k">The component, from 0.</param>
    /// <param name="share">Expression of t, a name or in brackets.</param>
    public static string Log(SqlDialect dialect, LogTerms terms, int k, string share)
    {
        string log = dialect.Log($"1E0+{share}");
        return terms.DegreesOfFreedom[k] > ManyDegrees ? $"({log}+({share}-((1E0+{share})-1E0))/(1E0+{share}))" : log;
    }

    /// <summary>log wₖ·φₖ(x) from log(1 + t).</summary>
    public static string LogTerm(SqlDialect dialect, LogTerms terms, int k, string log) =>
        $"{dialect.Number(terms.Offsets[k])}-{dialect.Number(Exponent(terms, k))}*{log}";

    /// <summary>log(1 + t) from log wₖ·φₖ(x).</summary>
    public static string LogOfTerm(SqlDialect dialect, LogTerms terms, int k, string term) =>
        $"({dialect.Number(terms.Offsets[k])}-{term})/{dialect.Number(Exponent(terms, k))}";

    /// <summary>u.</summary>
    public static string Weight(SqlDialect dialect, LogTerms terms, int k, string share) => $"{dialect.Number(LargestWeight(terms, k))}/(1E0+{share})";

    /// <summary>u at the centre.</summary>
    public static double LargestWeight(LogTerms terms, int k) => 2 * Exponent(terms, k) / terms.DegreesOfFreedom[k];

    /// <summary>What log(1 + t) comes to at most per row, on average.</summary>
    public static double LargestLog(LogTerms terms, int k) => Math.Min(MostLog, ExactSums.LargestLogDensity / Exponent(terms, k));

    /// <summary>Puts Σ w·r·(log u − u) in the place of Σ w·r·log(1 + t), with the logarithm that the link has for it.</summary>
    /// <returns>Σ w·r·log wₖ·φₖ(x), which follows from the sums too.</returns>
    public static double Complete(LogTerms terms, int k, SufficientStatistics statistics)
    {
        double weight = statistics.Weights[k];
        double logs = statistics.LogMomentWeights[k];
        statistics.LogMomentWeights[k] = (weight * terms.LogWeightsAtCentre[k]) - logs - statistics.MomentWeights[k];
        return (weight * terms.Offsets[k]) - (Exponent(terms, k) * logs);
    }

    private static double Exponent(LogTerms terms, int k) => StudentDensity.Exponent(terms.DegreesOfFreedom[k], terms.Dimension);
}

using GmmTools.Numerics;

namespace GmmTools.Estimation.Acceleration;

/// <summary>
/// Extrapolates the sequence of statistics between E-step and M-step. A step that lowered the log-likelihood is taken back.
/// </summary>
internal interface IAcceleration
{
    /// <summary>Whether the mixture scored last came of a plain EM step.</summary>
    bool IsPlain { get; }

    /// <summary>Forgets the past.</summary>
    void Reset();

    /// <summary>Whether the mixture just scored came of an extrapolation that failed, so that its statistics are to be dropped.</summary>
    bool IsRejected(double logLikelihood);

    /// <summary>After a rejection: puts back the statistics of the last accepted mixture.</summary>
    void Restore(SufficientStatistics statistics);

    /// <summary>Takes accepted statistics and moves them further along if that looks safe.</summary>
    void Extrapolate(SufficientStatistics statistics);

    /// <summary>Leaves the next steps plain, so that convergence can be judged by EM's own gains.</summary>
    void Pause(int steps);

    /// <summary>Writes or reads what it remembers.</summary>
    void Exchange(StateExchange state);
}

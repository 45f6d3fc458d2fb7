using GmmTools.Numerics;

namespace GmmTools.Estimation.Acceleration;

/// <summary>EM as it is.</summary>
internal sealed class PlainSequence : IAcceleration
{
    public bool IsPlain => true;

    public void Reset()
    {
    }

    public bool IsRejected(double logLikelihood) => false;

    public void Restore(SufficientStatistics statistics)
    {
    }

    public void Extrapolate(SufficientStatistics statistics)
    {
    }

    public void Pause(int steps)
    {
    }

    public void Exchange(StateExchange state)
    {
    }
}

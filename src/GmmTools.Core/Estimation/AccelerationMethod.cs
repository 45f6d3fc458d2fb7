namespace GmmTools.Estimation;

/// <summary>How the sequence of EM is extrapolated.</summary>
public enum AccelerationMethod
{
    /// <summary>Damped Anderson acceleration with restarts and a monotone safeguard: few passes over the data. The default.</summary>
    Anderson,

    /// <summary>Plain EM.</summary>
    None,
}

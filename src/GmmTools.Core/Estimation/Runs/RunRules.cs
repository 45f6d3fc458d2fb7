namespace GmmTools.Estimation.Runs;

/// <summary>How a run goes on, whatever is estimated; the limits of a run, which differ from run to run, are <see cref="RunLimits"/>.</summary>
internal sealed class RunRules
{
    /// <summary>How the sequence is extrapolated, where the model has coordinates.</summary>
    public AccelerationMethod Acceleration { get; init; } = AccelerationMethod.Anderson;

    /// <summary>The least covariance of a component as a fraction of the squared width of the densest rows, in [0, 1).</summary>
    public double CovarianceFloor { get; init; } = 1e-10;

    /// <summary>What becomes of a component that collapses or starves.</summary>
    public CollapsePolicy CollapsePolicy { get; init; } = CollapsePolicy.Reseed;

    /// <summary>The rules that options state.</summary>
    public static RunRules Of(EmOptions options) => new()
    {
        Acceleration = options.Acceleration,
        CovarianceFloor = options.CovarianceFloor,
        CollapsePolicy = options.CollapsePolicy,
    };
}

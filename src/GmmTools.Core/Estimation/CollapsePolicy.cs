namespace GmmTools.Estimation;

/// <summary>What becomes of a component that starves (less than half a row) or collapses (a covariance below the floor).</summary>
public enum CollapsePolicy
{
    /// <summary>It is put back where the rows are explained worst, as often in a run as there are components; after that its covariance is
    /// held at the floor. The default.</summary>
    Reseed,

    /// <summary>It is removed: the fit has fewer components than asked for. A start in which nothing collapses is preferred.</summary>
    Drop,

    /// <summary>The run ends with the last sound mixture. A start in which nothing collapses is preferred.</summary>
    Stop,
}

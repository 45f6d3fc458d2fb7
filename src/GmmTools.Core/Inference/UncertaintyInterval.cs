namespace GmmTools.Inference;

/// <summary>Which interval is made of replicates.</summary>
public enum UncertaintyInterval
{
    /// <summary>Between percentiles of the replicates.</summary>
    Percentile,

    /// <summary>Between percentiles that allow for bias and for a standard error that changes with the parameter: Efron, Journal of the American
    /// Statistical Association 82 (1987) 171-185.</summary>
    BCa,
}

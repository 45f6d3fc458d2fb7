namespace GmmTools.Inference;

/// <summary>How the uncertainty of the parameters of a mixture is found.</summary>
public enum UncertaintyMethod
{
    /// <summary>Each replicate is fitted to as many rows as there are, drawn from them with replacement: Efron, The Annals of Statistics 7 (1979)
    /// 1-26.</summary>
    Bootstrap,

    /// <summary>Each replicate is fitted to the rows with random weights, those of a Dirichlet distribution: Newton and Raftery, Journal of the Royal
    /// Statistical Society B 56 (1994) 3-48.</summary>
    WeightedLikelihood,

    /// <summary>Each replicate is fitted to as many rows drawn from the mixture.</summary>
    Parametric,

    /// <summary>No replicates: the curvature of the log-likelihood at its maximum, from the score that EM's statistics give. Louis, Journal of the Royal
    /// Statistical Society B 44 (1982) 226-233.</summary>
    Information,
}

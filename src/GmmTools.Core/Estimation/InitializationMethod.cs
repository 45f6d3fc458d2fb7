namespace GmmTools.Estimation;

/// <summary>Where the starts of EM come from.</summary>
public enum InitializationMethod
{
    /// <summary>
    /// k-means++ in coordinates free of units, and by turns neighbourhoods of random rows, which find components inside others. The
    /// default.
    /// </summary>
    KMeans,

    /// <summary>
    /// Model-based agglomerative clustering: Fraley, SIAM Journal on Scientific Computing 20 (1998) 270-281. Nothing in it is random:
    /// there are three such starts at most, and on more than 3 000 rows they are found on a sample.
    /// </summary>
    Hierarchical,

    /// <summary>K random rows as means, equal weights, and the K-th part of the pooled covariance for each component.</summary>
    Random,

    /// <summary>
    /// Each start is the best of ten short runs of EM from random ones: Biernacki, Celeux and Govaert, Computational Statistics and Data
    /// Analysis 41 (2003) 561-575.
    /// </summary>
    ShortRuns,

    /// <summary>
    /// A mixture of K − 1 components, found in the same way from K − 2 and so on, of which one is split: Baudry and Celeux, Statistics
    /// and Computing 25 (2015) 713-726. There are 2(K − 1) such starts at most.
    /// </summary>
    Split,
}

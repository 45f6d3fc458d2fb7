namespace GmmTools.Classification;

/// <summary>How the classes of a classifier are described.</summary>
public enum ClassificationMethod
{
    /// <summary>One normal distribution for each class, whose covariances obey one model: Bensmail and Celeux, JASA 91 (1996) 1743-1748.</summary>
    Edda,

    /// <summary>A mixture for each class, whose number of components and covariance model are its own: Fraley and Raftery, JASA 97 (2002)
    /// 611-631.</summary>
    MclustDA,
}

namespace GmmTools.Merging;

/// <summary>Which two clusters are combined next.</summary>
public enum MergeCriterion
{
    /// <summary>Those whose union lowers the entropy of the classification most: Baudry, Raftery, Celeux, Lo and Gottardo (2010).</summary>
    Entropy,

    /// <summary>Those that are taken for each other most often: Hennig (2010), directly estimated misclassification probabilities.</summary>
    Overlap,
}

namespace GmmTools.Classification.Validation;

/// <summary>How rows are set aside. The setters are plain, since init-only ones differ between the two builds.</summary>
public sealed class CrossValidationOptions
{
    /// <summary>Number of parts that the rows are dealt into, at least 2; each is predicted from the others.</summary>
    public int FoldCount { get; set; } = 10;

    /// <summary>How often the rows are dealt anew, at least 1.</summary>
    public int RepetitionCount { get; set; } = 1;

    /// <summary>Seed of the dealing; the same seed gives the same parts.</summary>
    public ulong Seed { get; set; } = 1;

    /// <summary>How the classes are learned, in each repetition and part anew: the choice of a model too.</summary>
    public ClassifierOptions Classifier { get; set; } = new();
}

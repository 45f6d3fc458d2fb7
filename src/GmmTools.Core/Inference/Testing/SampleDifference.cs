namespace GmmTools.Inference.Testing;

/// <summary>How the mean of a sample differs from that of another.</summary>
public sealed class SampleDifference
{
    /// <summary>Number of rows of the reference.</summary>
    public double ReferenceCount { get; internal set; }

    /// <summary>Number of rows.</summary>
    public double Count { get; internal set; }

    /// <summary>Mean of the reference.</summary>
    public double ReferenceMean { get; internal set; } = double.NaN;

    /// <summary>Mean of the rows.</summary>
    public double Mean { get; internal set; } = double.NaN;

    /// <summary>The mean less that of the reference.</summary>
    public double Difference => Mean - ReferenceMean;

    /// <summary>Standard error of the difference (Welch).</summary>
    public double StandardError { get; internal set; } = double.NaN;

    /// <summary>Lower end of the 95 % interval of the difference.</summary>
    public double Lower { get; internal set; } = double.NaN;

    /// <summary>Upper end.</summary>
    public double Upper { get; internal set; } = double.NaN;

    /// <summary>Probability of so large a difference, either way, where rows are alike; NaN where there are too few to tell.</summary>
    public double PValue { get; internal set; } = double.NaN;

    /// <summary>The p-value that allows for the number of comparisons.</summary>
    public double AdjustedPValue { get; internal set; } = double.NaN;

    /// <summary>What the difference adds up to over all rows of the sample.</summary>
    public double TotalHarm => Difference * Count;

    /// <summary>Why there is no p-value; empty where there is one.</summary>
    public string Note { get; internal set; } = string.Empty;
}

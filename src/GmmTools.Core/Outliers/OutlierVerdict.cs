namespace GmmTools.Outliers;

/// <summary>What is to be said of an outlier.</summary>
public sealed class OutlierVerdict
{
    internal OutlierVerdict(double tailProbability, double distance, double[] contributions)
    {
        TailProbability = tailProbability;
        Distance = distance;
        Contributions = contributions;
    }

    /// <summary>The probability that a row of the mixture is as improbable as this one, or more so.</summary>
    public double TailProbability { get; }

    /// <summary>Mahalanobis distance from the component that the row is nearest to.</summary>
    public double Distance { get; }

    /// <summary>For each column its share of the squared distance; they sum to 1. NaN where a cell is missing.</summary>
    public double[] Contributions { get; }
}

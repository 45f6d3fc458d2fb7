namespace GmmTools.Scoring;

/// <summary>What a mixture expects of some columns of the rows of a block, given others.</summary>
public sealed class MixturePredictions
{
    internal MixturePredictions(int count, int targetCount)
    {
        Count = count;
        Means = new double[count * targetCount];
        StandardErrors = new double[count * targetCount];
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>Conditional means: that of target t (from 0) for row i stands at t·<see cref="Count"/> + i.</summary>
    public double[] Means { get; }

    /// <summary>Conditional standard deviations, in the same order: how far an observation is expected to be from its prediction.</summary>
    public double[] StandardErrors { get; }
}

namespace GmmTools.Observations;

/// <summary>A row that a mixture finds improbable.</summary>
public sealed class ImprobableRow
{
    /// <summary>Creates the row.</summary>
    /// <param name="values">d numbers.</param>
    /// <param name="logDensity">Its log-density.</param>
    public ImprobableRow(double[] values, double logDensity)
    {
        Values = values;
        LogDensity = logDensity;
    }

    /// <summary>d numbers; where cells are missing, what the mixture expects there.</summary>
    public double[] Values { get; }

    /// <summary>log p(x), natural logarithm; a missing cell counts as one of average density, so that rows with different gaps compare.</summary>
    public double LogDensity { get; }
}

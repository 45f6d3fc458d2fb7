namespace GmmTools.Inference.Drift;

/// <summary>In what rows differ from a mixture.</summary>
public enum FitDeviationKind
{
    /// <summary>The share of a component.</summary>
    Weight,

    /// <summary>The mean of a column in a component.</summary>
    Mean,

    /// <summary>The standard deviation of a column in a component.</summary>
    Spread,

    /// <summary>The correlation of two columns in a component.</summary>
    Correlation,

    /// <summary>The share of rows that lie where the mixture has few.</summary>
    NewMass,

    /// <summary>The mean log-density.</summary>
    Density,

    /// <summary>The distribution of a column.</summary>
    Distribution,

    /// <summary>The distribution of a column given another.</summary>
    Dependence,

    /// <summary>How far rows are from the components, in all columns together.</summary>
    Distance,
}

namespace GmmTools.Plots;

/// <summary>What a picture shows.</summary>
public enum PlotKind
{
    /// <summary>What suits what is given.</summary>
    Auto,

    /// <summary>The density: a curve with its components, over a histogram of the rows; a heat map in two columns.</summary>
    Density,

    /// <summary>The rows by their most probable component, with the ellipses of the components.</summary>
    Classification,

    /// <summary>How unsure the component of each row is.</summary>
    Uncertainty,

    /// <summary>The log-likelihood by iteration.</summary>
    Trace,

    /// <summary>A criterion against the number of components, a line for each covariance model.</summary>
    Criterion,

    /// <summary>All pairs of columns, with their marginal densities on the diagonal.</summary>
    Pairs,

    /// <summary>The rows that the mixture finds improbable.</summary>
    Outlier,

    /// <summary>Two mixtures over each other.</summary>
    Comparison,

    /// <summary>What groups of rows differ by from a reference, with intervals.</summary>
    Difference,

    /// <summary>The values of a parameter with their intervals.</summary>
    Interval,

    /// <summary>Where each class of a classifier is the most probable.</summary>
    Region,
}

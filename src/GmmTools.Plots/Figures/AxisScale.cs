namespace GmmTools.Plots.Figures;

/// <summary>How values become places on an axis.</summary>
internal enum AxisScale
{
    /// <summary>By their size.</summary>
    Linear,

    /// <summary>By their decimal logarithm; what is not positive has no place.</summary>
    Logarithmic,

    /// <summary>By their size; they are points in time.</summary>
    Date,
}

namespace GmmTools.Plots.Figures;

/// <summary>Values over the whole panel as colours of its scale.</summary>
/// <param name="values">Rows from the lowest to the highest place of the left axis, columns along the lower axis; the first and the last
/// stand on the ends of the axes.</param>
internal sealed class HeatLayer(double[,] values) : Layer
{
    /// <summary>The values.</summary>
    public double[,] Values { get; } = values;
}

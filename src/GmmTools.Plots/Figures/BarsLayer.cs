namespace GmmTools.Plots.Figures;

/// <summary>Bars that touch each other, from zero up: a histogram.</summary>
/// <param name="edges">B + 1 edges along the lower axis.</param>
/// <param name="heights">B heights.</param>
internal sealed class BarsLayer(double[] edges, double[] heights) : Layer
{
    /// <summary>B + 1 edges along the lower axis.</summary>
    public double[] Edges { get; } = edges;

    /// <summary>B heights.</summary>
    public double[] Heights { get; } = heights;
}

namespace GmmTools.Plots.Figures;

/// <summary>A mark on an axis.</summary>
/// <param name="Place">Where: on a logarithmic axis a logarithm.</param>
/// <param name="Label">What it says; empty for a minor mark.</param>
internal sealed record Tick(double Place, string Label);

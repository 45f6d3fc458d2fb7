namespace GmmTools.Plots.Canvases;

/// <summary>A point of a picture: x to the right, y downwards.</summary>
/// <param name="X">From the left.</param>
/// <param name="Y">From the top.</param>
internal readonly record struct Spot(double X, double Y);

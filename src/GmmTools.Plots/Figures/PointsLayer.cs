namespace GmmTools.Plots.Figures;

/// <summary>Points of one kind.</summary>
/// <param name="x">Places along the lower axis.</param>
/// <param name="y">Places along the left axis, as many.</param>
internal sealed class PointsLayer(double[] x, double[] y) : Layer
{
    /// <summary>Places along the lower axis.</summary>
    public double[] X { get; } = x;

    /// <summary>Places along the left axis.</summary>
    public double[] Y { get; } = y;

    /// <summary>Number of the glyph, from 0.</summary>
    public int Glyph { get; init; }

    /// <summary>Width in pixels at 96 dpi.</summary>
    public double Size { get; init; } = 6;

    /// <summary>The character that stands for a point where there are no colours.</summary>
    public char Mark { get; init; } = 'o';

    /// <summary>0 (not to be seen) to 1.</summary>
    public double Opacity { get; init; } = 1;
}

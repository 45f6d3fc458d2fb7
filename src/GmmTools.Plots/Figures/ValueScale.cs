namespace GmmTools.Plots.Figures;

/// <summary>What the colours of a panel mean: a bar beside it says so.</summary>
/// <param name="Title">What is measured.</param>
/// <param name="Minimum">The value of the first colour.</param>
/// <param name="Maximum">The value of the last colour.</param>
/// <param name="Map">The colours.</param>
internal sealed record ValueScale(string Title, double Minimum, double Maximum, ColorMap Map)
{
    /// <summary>The colour of a value, 0xRRGGBB.</summary>
    /// <param name="value">The value; beyond the ends it has the colour of the end.</param>
    public int Color(double value) => Map.Color(Maximum > Minimum ? (value - Minimum) / (Maximum - Minimum) : 0);
}

namespace GmmTools.Plots.Figures;

/// <summary>
/// The shapes of points, by number: those of components first (disc, triangle, square, diamond, plus, cross, triangle downwards, asterisk),
/// then those that only mark something.
/// </summary>
internal static class Glyphs
{
    /// <summary>How many there are for components.</summary>
    public const int Count = 8;

    /// <summary>The disc, for points that need no shape of their own.</summary>
    public const int Disc = 0;

    /// <summary>The triangle.</summary>
    public const int Triangle = 1;

    /// <summary>The square.</summary>
    public const int Square = 2;

    /// <summary>The diamond.</summary>
    public const int Diamond = 3;

    /// <summary>The upright cross.</summary>
    public const int Plus = 4;

    /// <summary>The slanted cross.</summary>
    public const int Cross = 5;

    /// <summary>The triangle downwards.</summary>
    public const int Downwards = 6;

    /// <summary>The asterisk.</summary>
    public const int Asterisk = 7;

    /// <summary>A ring around what is to be noticed.</summary>
    public const int Ring = 8;
}

namespace GmmTools.Plots;

/// <summary>The colours that a terminal has.</summary>
public enum TextColors
{
    /// <summary>None: marks and shades tell things apart.</summary>
    None,

    /// <summary>The 256 colours of xterm.</summary>
    Palette,

    /// <summary>All.</summary>
    Full,
}

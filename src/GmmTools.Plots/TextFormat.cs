namespace GmmTools.Plots;

/// <summary>How a picture is drawn with characters.</summary>
public sealed class TextFormat
{
    /// <summary>The most characters of a line.</summary>
    public int Width { get; set; } = 80;

    /// <summary>Number of lines, where there is a panel only; more where legend and caption need them.</summary>
    public int Height { get; set; } = 24;

    /// <summary>Whether only the characters of ASCII are used.</summary>
    public bool IsAscii { get; set; }

    /// <summary>The colours that are used.</summary>
    public TextColors Colors { get; set; }
}

namespace GmmTools.Plots.Figures;

/// <summary>How a line is drawn.</summary>
internal enum LineDash
{
    /// <summary>Through.</summary>
    Solid,

    /// <summary>In dashes.</summary>
    Dashed,

    /// <summary>In dots.</summary>
    Dotted,
}

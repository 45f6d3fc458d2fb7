using System.Collections.Generic;
using System.Threading;
using GmmTools.Plots.Figures;
using GmmTools.Plots.Kinds;
using GmmTools.Plots.Pictures;
using GmmTools.Plots.Text;

namespace GmmTools.Plots;

/// <summary>Draws mixtures and fits in terminals: with characters, or with the pixels of terminals that have them.</summary>
public static class TerminalPicture
{
    private const int Detail = 160;

    /// <summary>Draws with characters: block elements and Braille patterns, or ASCII.</summary>
    /// <param name="request">What is to be drawn.</param>
    /// <param name="format">The size and what may be used.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Lines, none longer than the width.</returns>
    /// <exception cref="PlotException">It cannot be drawn; the error says why.</exception>
    public static IReadOnlyList<string> Draw(PlotRequest request, TextFormat format, CancellationToken cancellationToken)
    {
        Figure figure = FigureBuilder.BuildNarrow(request, Detail, cancellationToken);
        return FigureText.Draw(figure, format);
    }

    /// <summary>Draws the picture that a file would hold as sixels.</summary>
    /// <param name="request">What is to be drawn.</param>
    /// <param name="format">Its size.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>A control sequence that the terminal turns into the picture.</returns>
    /// <exception cref="PlotException">It cannot be drawn; the error says why.</exception>
    public static string DrawSixel(PlotRequest request, PictureFormat format, CancellationToken cancellationToken)
    {
        Figure figure = FigureBuilder.Build(request, Detail, cancellationToken);
        return Sixel.Encode(PictureRenderer.ToPixels(figure, format.Width, format.Height, format.Dpi), format.Width);
    }
}

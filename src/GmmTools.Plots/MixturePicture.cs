using System;
using System.Threading;
using GmmTools.Files;
using GmmTools.Plots.Figures;
using GmmTools.Plots.Kinds;
using GmmTools.Plots.Pictures;

namespace GmmTools.Plots;

/// <summary>Draws mixtures and fits into picture files.</summary>
public static class MixturePicture
{
    /// <summary>The endings of files that can be written.</summary>
    public const string Extensions = ".png, .svg";

    private const int Detail = 240;

    /// <summary>Whether a file is named like a picture that can be written.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Whether it ends in .png or .svg.</returns>
    public static bool HasExtension(string path) =>
        path is not null && (path.EndsWith(".png", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase));

    /// <summary>Complains where a file cannot be a picture, whatever it shows.</summary>
    /// <param name="path">The file that is to be written.</param>
    /// <exception cref="PlotException">The file is named like none (UnknownPictureFormat).</exception>
    public static void RequireExtension(string path)
    {
        if (!HasExtension(path))
        {
            throw new PlotException(
                "UnknownPictureFormat", $"'{path}' does not have the extension of a picture. Use one of {Extensions}.", path);
        }
    }

    /// <summary>Draws into a file, PNG or SVG by its name; an existing file is replaced when the picture is complete.</summary>
    /// <param name="request">What is to be drawn.</param>
    /// <param name="path">The file.</param>
    /// <param name="format">Its size.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PlotException">It cannot be drawn, or not in this format (UnknownPictureFormat).</exception>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(PlotRequest request, string path, PictureFormat format, CancellationToken cancellationToken)
    {
        RequireExtension(path);
        byte[] picture = Draw(request, path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase), format, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        OutputFile.Write(path, stream => stream.Write(picture, 0, picture.Length));
    }

    private static byte[] Draw(PlotRequest request, bool vector, PictureFormat format, CancellationToken cancellationToken)
    {
        Figure figure = FigureBuilder.Build(request, Detail, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return vector
            ? PictureRenderer.ToSvg(figure, format.Width, format.Height, format.Dpi)
            : PictureRenderer.ToPng(figure, format.Width, format.Height, format.Dpi);
    }
}

using System.Text;
using GmmTools.Plots.Canvases;
using GmmTools.Plots.Figures;

namespace GmmTools.Plots.Pictures;

/// <summary>Makes the bytes of a picture file.</summary>
internal static class PictureRenderer
{
    private const double DesignDpi = 96;

    /// <summary>A PNG picture that knows its resolution.</summary>
    /// <param name="figure">What it shows.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="dpi">Pixels per inch: text and lines keep their size on paper.</param>
    public static byte[] ToPng(Figure figure, int width, int height, int dpi) => PngFile.Encode(ToPixels(figure, width, height, dpi), width, dpi);

    /// <summary>The pixels of a picture, row after row, 0xRRGGBB.</summary>
    /// <param name="figure">What it shows.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="dpi">Pixels per inch.</param>
    public static int[] ToPixels(Figure figure, int width, int height, int dpi)
    {
        RasterCanvas canvas = new(width, height, dpi / DesignDpi);
        Paint(figure, canvas, width, height, dpi);
        return canvas.Pixels;
    }

    /// <summary>An SVG picture.</summary>
    /// <param name="figure">What it shows.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="dpi">Pixels per inch.</param>
    public static byte[] ToSvg(Figure figure, int width, int height, int dpi)
    {
        SvgCanvas canvas = new(width, height, dpi / DesignDpi);
        Paint(figure, canvas, width, height, dpi);
        return Encoding.UTF8.GetBytes(canvas.ToText(figure.Title, figure.Caption));
    }

    private static void Paint(Figure figure, ICanvas canvas, int width, int height, int dpi)
    {
        double scale = dpi / DesignDpi;
        new FigurePainter(figure, canvas, width / scale, height / scale).Paint();
    }
}

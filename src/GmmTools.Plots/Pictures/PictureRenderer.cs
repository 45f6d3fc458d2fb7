using System;
using System.IO;
using System.Text;
using GmmTools.Plots.Figures;
using SkiaSharp;

namespace GmmTools.Plots.Pictures;

/// <summary>Makes the bytes of a picture file.</summary>
internal static class PictureRenderer
{
    private const float DesignDpi = 96;

    /// <summary>A PNG picture that knows its resolution.</summary>
    /// <param name="figure">What it shows.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="dpi">Pixels per inch: text and lines keep their size on paper.</param>
    public static byte[] ToPng(Figure figure, int width, int height, int dpi)
    {
        using SKSurface surface = Paint(figure, width, height, dpi);
        using SKImage image = surface.Snapshot();
        using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
        return PngResolution.Set(data.ToArray(), dpi);
    }

    /// <summary>The pixels of a picture, row after row, 0xRRGGBB.</summary>
    /// <param name="figure">What it shows.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="dpi">Pixels per inch.</param>
    public static int[] ToPixels(Figure figure, int width, int height, int dpi)
    {
        using SKSurface surface = Paint(figure, width, height, dpi);
        using SKImage image = surface.Snapshot();
        using SKBitmap bitmap = SKBitmap.FromImage(image);
        return Array.ConvertAll(bitmap.Pixels, pixel => (pixel.Red << 16) | (pixel.Green << 8) | pixel.Blue);
    }

    /// <summary>An SVG picture.</summary>
    /// <param name="figure">What it shows.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="dpi">Pixels per inch.</param>
    public static byte[] ToSvg(Figure figure, int width, int height, int dpi)
    {
        SkiaRuntime.Prepare();
        using MemoryStream stream = new();
        using (SKCanvas canvas = SKSvgCanvas.Create(new SKRect(0, 0, width, height), stream))
        {
            Paint(figure, canvas, width, height, dpi);
        }

        return Encoding.UTF8.GetBytes(SvgText.Tidy(Encoding.UTF8.GetString(stream.ToArray()), figure));
    }

    private static SKSurface Paint(Figure figure, int width, int height, int dpi)
    {
        SkiaRuntime.Prepare();
        SKSurface surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        Paint(figure, surface.Canvas, width, height, dpi);
        return surface;
    }

    private static void Paint(Figure figure, SKCanvas canvas, int width, int height, int dpi)
    {
        float scale = dpi / DesignDpi;
        canvas.Scale(scale);
        new FigurePainter(figure, canvas, width / scale, height / scale).Paint();
    }
}

using GmmTools.Plots.Canvases;
using GmmTools.Plots.Figures;

namespace GmmTools.Plots.Pictures;

/// <summary>Paints the shapes of points: those of <see cref="Glyphs"/>, by number.</summary>
internal static class GlyphPainter
{
    private const double LineWidth = 1.3;
    private const double RingWidth = 2;

    /// <summary>Paints one.</summary>
    /// <param name="canvas">What to paint on.</param>
    /// <param name="glyph">Its number; −1 for none.</param>
    /// <param name="at">Its centre.</param>
    /// <param name="size">Its width.</param>
    /// <param name="color">Its colour, 0xRRGGBB.</param>
    /// <param name="opacity">0 (not to be seen) to 1.</param>
    public static void Paint(ICanvas canvas, int glyph, Spot at, double size, int color, double opacity)
    {
        double half = size / 2;
        switch (glyph)
        {
            case Glyphs.Disc:
                canvas.Disc(at, half, color, opacity);
                break;
            case Glyphs.Triangle:
                canvas.Fill([At(at, 0, -half), At(at, half, half * 0.8), At(at, -half, half * 0.8)], color, opacity);
                break;
            case Glyphs.Square:
                canvas.Fill(new Box(at.X - (0.9 * half), at.Y - (0.9 * half), at.X + (0.9 * half), at.Y + (0.9 * half)).Corners, color, opacity);
                break;
            case Glyphs.Diamond:
                canvas.Fill([At(at, 0, -half), At(at, half, 0), At(at, 0, half), At(at, -half, 0)], color, opacity);
                break;
            case Glyphs.Plus:
                PaintPlus(canvas, at, half, new Stroke(color, LineWidth, Opacity: opacity));
                break;
            case Glyphs.Cross:
                PaintCross(canvas, at, half, new Stroke(color, LineWidth, Opacity: opacity));
                break;
            case Glyphs.Downwards:
                canvas.Fill([At(at, 0, half), At(at, half, -half * 0.8), At(at, -half, -half * 0.8)], color, opacity);
                break;
            case Glyphs.Asterisk:
                PaintPlus(canvas, at, half, new Stroke(color, LineWidth, Opacity: opacity));
                PaintCross(canvas, at, 0.7 * half, new Stroke(color, LineWidth, Opacity: opacity));
                break;
            case Glyphs.Ring:
                canvas.Ring(at, half, new Stroke(color, RingWidth, Opacity: opacity));
                break;
        }
    }

    private static void PaintPlus(ICanvas canvas, Spot at, double half, Stroke stroke)
    {
        canvas.Line([At(at, -half, 0), At(at, half, 0)], stroke);
        canvas.Line([At(at, 0, -half), At(at, 0, half)], stroke);
    }

    private static void PaintCross(ICanvas canvas, Spot at, double half, Stroke stroke)
    {
        canvas.Line([At(at, -half, -half), At(at, half, half)], stroke);
        canvas.Line([At(at, -half, half), At(at, half, -half)], stroke);
    }

    private static Spot At(Spot centre, double right, double down) => new(centre.X + right, centre.Y + down);
}

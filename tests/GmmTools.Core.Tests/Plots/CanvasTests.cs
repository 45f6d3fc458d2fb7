using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using BigGustave;
using GmmTools.Core.Tests.Support;
using GmmTools.Plots.Canvases;
using GmmTools.Plots.Figures;
using Xunit;

namespace GmmTools.Core.Tests.Plots;

/// <summary>What is painted covers what geometry says, and files can be read by others.</summary>
public sealed class CanvasTests
{
    private const int Size = 60;
    private const int White = 0xFFFFFF;

    [Theory]
    [InlineData(1)]
    [InlineData(1.7)]
    public void Areas_cover_what_they_are(double scale)
    {
        Spot[] triangle = [new(3.3, 4.1), new(20.7, 9.2), new(8.4, 22.9)];
        double area = 0.5 * Math.Abs(((20.7 - 3.3) * (22.9 - 4.1)) - ((8.4 - 3.3) * (9.2 - 4.1)));
        Close.Relative(area * scale * scale, Covered(canvas => canvas.Fill(triangle, White), scale), 5e-3, "triangle");
        Close.Relative(area * scale * scale, Covered(canvas => canvas.Fill([.. triangle.Reverse()], White), scale), 5e-3, "the other way round");
        Close.Relative(Math.PI * 64 * scale * scale, Covered(canvas => canvas.Disc(new(15, 15), 8, White), scale), 1.5e-2, "disc");
        Close.Relative(2 * Math.PI * 8 * 2 * scale * scale, Covered(canvas => canvas.Ring(new(15, 15), 8, new Stroke(White, 2)), scale), 1.5e-2, "ring");
        Close.Relative(0.5 * area * scale * scale, Covered(canvas => canvas.Fill(triangle, White, 0.5), scale), 1e-2, "half to be seen");
    }

    [Fact]
    public void What_lies_beyond_the_picture_or_the_clip_is_cut_off()
    {
        IReadOnlyList<Spot> beyond = new Box(-1e9, -1e9, 1e9, 20).Corners;
        Assert.Equal(20 * Size, Covered(canvas => canvas.Fill(beyond, White)), 1e-6);
        Assert.Equal(50, Covered(canvas =>
        {
            canvas.Clip(new Box(5, 5, 15, 10));
            canvas.Fill(beyond, White);
        }), 1e-6);
        Assert.Equal(2 * Size, Covered(canvas => canvas.Line([new(-1e9, 30), new(1e9, 30)], new Stroke(White, 2))), 1e-6);
        double dashed = Covered(canvas => canvas.Line([new(-1e9, 30.5), new(1e9, 30.5)], new Stroke(White, 2, LineDash.Dashed)));
        Close.Relative(2 * Size * 10.0 / 15, dashed, 0.15, "dashes");
        Assert.Equal(0, Covered(canvas => canvas.Fill([new(double.NaN, 1), new(2, 2), new(3, 1)], White)));
    }

    /// <summary>A line of many pieces is as wide as one, and no wider where they meet.</summary>
    [Fact]
    public void A_line_has_its_width_and_no_seams()
    {
        Spot[] few = [new(5, 5.3), new(55, 41.8)];
        Spot[] many = [.. Enumerable.Range(0, 301).Select(i => new Spot(5 + (50.0 * i / 300), 5.3 + (36.5 * i / 300)))];
        double length = Math.Sqrt((50 * 50) + (36.5 * 36.5));
        Close.Relative(1.5 * length, Covered(canvas => canvas.Line(few, new Stroke(White, 1.5))), 1e-2, "one piece");
        Close.Relative(1.5 * length, Covered(canvas => canvas.Line(many, new Stroke(White, 1.5))), 1e-2, "300 pieces");
        double dotted = Covered(canvas => canvas.Line(many, new Stroke(White, 1.5, LineDash.Dotted)));
        Close.Relative(1.5 * ((11 * 1.5) + (length - (11 * 5.5))), dotted, 1e-2, "eleven dots of 1.5 with gaps of 4, and the beginning of another");

        // a corner: the point of the bend belongs to it
        double bent = Covered(canvas => canvas.Line([new(10, 50), new(10, 10), new(50, 10)], new Stroke(White, 4)));
        Assert.Equal((4 * 40) + (4 * 40), bent, 0.5);
    }

    /// <summary>Widths in units of 1/2048 of the size, as font editors show them.</summary>
    [Fact]
    public void Letters_are_as_wide_as_the_font_says()
    {
        Close.Relative(1401 / 2048.0 * 20, PictureFont.Measure("A", 20), 1e-12, "A");
        Close.Relative((1401 + 569) / 2048.0 * 20, PictureFont.Measure("Ai", 20), 1e-12, "Ai");
        Assert.Equal(PictureFont.Measure("A", 20), PictureFont.Measure("Ä", 20), 1e-9);
        Assert.Equal(PictureFont.Measure(@"\x1b", 20), PictureFont.Measure("\u001b", 20));
        Assert.True(Covered(canvas => canvas.Write("Ä", new(10, 40), 30, White)) > Covered(canvas => canvas.Write("A", new(10, 40), 30, White)) + 5);

        // the letter I of this font is a bar, 201 units wide and 1493 high
        Close.Relative(201 * 1493 / (2048.0 * 2048) * 900, Covered(canvas => canvas.Write("I", new(10.2, 40), 30, White)), 2e-2, "I");
        Close.Relative(201 * 1493 / (2048.0 * 2048) * 900, Covered(canvas => canvas.Write("I", new(30, 40.2), 30, White, upwards: true)), 2e-2, "I upwards");
    }

    [Fact]
    public void Colours_pass_into_each_other_between_their_centres()
    {
        RasterCanvas canvas = new(101, 11, 1);
        canvas.Shade(new[,] { { 0x000000, 0xFF0000 }, { 0x000000, 0xFF0000 } }, new Box(0, 0, 101, 11));
        for (int x = 0; x < 101; x++)
        {
            Assert.Equal((int)Math.Round(255 * (x + 0.5) / 101), canvas.Pixels[(5 * 101) + x] >> 16, 1.0);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(64, 40)]
    public void Another_library_reads_the_pixels_of_a_png(int width, int height)
    {
        Random random = new(3);
        int[] pixels = [.. Enumerable.Range(0, width * height).Select(i => i % 5 == 0 ? random.Next(0x1000000) : i * 0x010203 % 0x1000000)];
        using MemoryStream stream = new(PngFile.Encode(pixels, width, 96));
        Png read = Png.Open(stream);
        Assert.Equal((width, height), (read.Width, read.Height));
        Assert.Equal(pixels, from y in Enumerable.Range(0, height) from x in Enumerable.Range(0, width) select ToNumber(read.GetPixel(x, y)));
    }

    [Fact]
    public void An_svg_is_xml_whatever_the_texts_are()
    {
        SvgCanvas canvas = new(100, 50, 1);
        canvas.Write("<a> & \u0001 \"b\"", new(1, 2), 10, 0);
        canvas.Clip(new Box(0, 0, 10, 10));
        canvas.Disc(new(1.23456, 1), 2, 0xFF8000, 0.5);
        XDocument document = XDocument.Parse(canvas.ToText("t<", "d&"));
        Assert.Equal(["t<", "d&", @"<a> & \x01 ""b"""], document.Root!.Elements().Where(element => !element.HasElements).Select(element => element.Value).Where(text => text.Length > 0));
        XElement disc = Assert.Single(document.Descendants(), element => element.Name.LocalName == "circle");
        Assert.Equal(("1.23", "#FF8000", "0.5"), (disc.Attribute("cx")!.Value, disc.Attribute("fill")!.Value, disc.Attribute("fill-opacity")!.Value));
        Assert.DoesNotContain('\u0001', canvas.ToText(string.Empty, string.Empty));
    }

    private static int ToNumber(Pixel pixel) => (pixel.R << 16) | (pixel.G << 8) | pixel.B;

    /// <summary>How many pixels are white, parts of pixels included.</summary>
    private static double Covered(Action<ICanvas> paint, double scale = 1)
    {
        RasterCanvas canvas = new((int)(Size * scale), (int)(Size * scale), scale);
        paint(canvas);
        return canvas.Pixels.Sum(pixel => (pixel & 0xFF) / 255.0);
    }
}

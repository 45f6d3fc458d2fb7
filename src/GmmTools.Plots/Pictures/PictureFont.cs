using System;
using System.IO;
using ScottPlot;
using SkiaSharp;

namespace GmmTools.Plots.Pictures;

/// <summary>The font of pictures, which is part of this library: DejaVu Sans.</summary>
internal static class PictureFont
{
    /// <summary>Its name.</summary>
    public const string Name = "DejaVu Sans";

    private const string Resource = "DejaVuSans.ttf";

    private static readonly Lazy<SKTypeface> Embedded = new(Load);

    /// <summary>The font itself.</summary>
    public static SKTypeface Typeface => Embedded.Value;

    /// <summary>Makes ScottPlot use it.</summary>
    public static void Register()
    {
        Fonts.FontResolvers.Insert(0, new Resolver());
        Fonts.Default = Name;
        Fonts.Sans = Name;
    }

    /// <summary>The name of a font that has all characters of a text: this one, or one of the system for scripts that it lacks.</summary>
    /// <param name="text">The text.</param>
    public static string For(string text) => string.IsNullOrEmpty(text) || Typeface.ContainsGlyphs(text) ? Name : Fonts.Detect(text);

    private static SKTypeface Load()
    {
        using Stream stream = typeof(PictureFont).Assembly.GetManifestResourceStream(Resource)!;
        return SKTypeface.FromStream(stream);
    }

    private sealed class Resolver : IFontResolver
    {
        public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
            fontName == Name ? Typeface : null;

        public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Name ? Typeface : null;
    }
}

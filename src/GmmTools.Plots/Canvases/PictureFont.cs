using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;

namespace GmmTools.Plots.Canvases;

/// <summary>The font of pictures, which is part of this library: DejaVu Sans; and for characters that it lacks those of the system.</summary>
internal static class PictureFont
{
    /// <summary>Its name.</summary>
    public const string Name = "DejaVu Sans";

    private const string Resource = "DejaVuSans.ttf";

    private static readonly Lazy<FontFace> Own = new(() => new FontFace(new FontFile(() => typeof(PictureFont).GetTypeInfo().Assembly.GetManifestResourceStream(Resource)!)));
    private static readonly Lazy<string[]> SystemFiles = new(FindFiles);
    private static readonly ConcurrentDictionary<int, FontFace> Others = [];

    /// <summary>The glyphs of a text in order, each with its font.</summary>
    /// <param name="text">The text.</param>
    public static IEnumerable<(FontFace Face, int Glyph)> Glyphs(string text)
    {
        text = VisibleText.Of(text);
        for (int i = 0; i < text.Length; i++)
        {
            int character = text[i];
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                character = char.ConvertToUtf32(text[i], text[i + 1]);
                i++;
            }

            FontFace face = Own.Value.Glyph(character) > 0 ? Own.Value : Others.GetOrAdd(character, FindFace);
            yield return (face, face.Glyph(character));
        }
    }

    /// <summary>How long a text is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="size">Size of the font.</param>
    public static double Measure(string text, double size) => size * Glyphs(text).Sum(one => one.Face.Advance(one.Glyph));

    /// <summary>A font of the system that has a character; else the own one, which has a box for it.</summary>
    private static FontFace FindFace(int character) => SystemFiles.Value.Select(file => TryOpen(file, character)).FirstOrDefault(face => face is not null) ?? Own.Value;

    private static FontFace? TryOpen(string file, int character)
    {
        try
        {
            FontFile font = new(() => File.OpenRead(file));
            return font.HasOutlines && new CharacterMap(font.Table("cmap")).Glyph(character) > 0 ? new FontFace(font) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or IndexOutOfRangeException)
        {
            // one that cannot be read is as good as none
            return null;
        }
    }

    private static string[] FindFiles()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string[] folders = RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
            ? [Environment.GetFolderPath(Environment.SpecialFolder.Fonts), Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "Microsoft/Windows/Fonts")]
            : RuntimeInformation.IsOSPlatform(OSPlatform.OSX)
            ? ["/System/Library/Fonts", "/Library/Fonts", Path.Combine(home, "Library/Fonts")]
            : ["/usr/share/fonts", "/usr/local/share/fonts", Path.Combine(home, ".local/share/fonts"), Path.Combine(home, ".fonts")];
        return [.. folders.Where(folder => folder.Length > 0 && Directory.Exists(folder)).SelectMany(List).OrderBy(file => file, StringComparer.Ordinal)];
    }

    private static IEnumerable<string> List(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder, "*.tt?", SearchOption.AllDirectories)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}

using System;
using System.Collections.Generic;
using System.Security;
using System.Text.RegularExpressions;
using GmmTools.Plots.Figures;

namespace GmmTools.Plots.Pictures;

/// <summary>
/// Makes Skia's SVG legible where its font is not installed: it gives each letter a place of its own, which suits no other font, and
/// names no font to fall back to.
/// </summary>
internal static partial class SvgText
{
    /// <summary>A tidy copy, with title and caption for readers that do not see.</summary>
    /// <param name="svg">What Skia wrote.</param>
    /// <param name="figure">What it shows.</param>
    public static string Tidy(string svg, Figure figure)
    {
        string text = PlacesOfLetters().Replace(svg, "${name}=\"${first}\"");
        text = Family().Replace(text, "font-family=\"${family}, sans-serif\"");
        text = Number(text);
        string description = $"\n\t<title>{SecurityElement.Escape(figure.Title)}</title>\n\t<desc>{SecurityElement.Escape(figure.Caption)}</desc>";
        return Root().Replace(text, match => match.Value + description, 1);
    }

    /// <summary>Skia numbers what it refers to through all pictures of a process: one picture would never be the same twice.</summary>
    private static string Number(string svg)
    {
        Dictionary<string, string> names = [];
        return Identifier().Replace(svg, match =>
        {
            if (!names.TryGetValue(match.Value, out string? name))
            {
                name = FormattableString.Invariant($"{match.Groups["kind"].Value}_{names.Count + 1}");
                names.Add(match.Value, name);
            }

            return name;
        });
    }

    [GeneratedRegex("(?<=id=\"|url\\(#|href=\"#)(?<kind>[a-z]+)_[0-9a-f]+")]
    private static partial Regex Identifier();

    [GeneratedRegex("(?<name>(?<= )[xy])=\"(?<first>[-0-9.e]+), [^\"]*\"")]
    private static partial Regex PlacesOfLetters();

    [GeneratedRegex("font-family=\"(?<family>[^\"]+)\"")]
    private static partial Regex Family();

    [GeneratedRegex("<svg [^>]*>")]
    private static partial Regex Root();
}

using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Xml.Linq;

namespace GmmTools.Core.Tests.Plots;

/// <summary>What an SVG picture is made of, without a place or a length: the same on every platform.</summary>
internal static class SvgSummary
{
    /// <summary>A line for each kind of element with its number and colours, then all texts in order.</summary>
    public static string Of(byte[] svg)
    {
        XDocument document = XDocument.Parse(Encoding.UTF8.GetString(svg));
        StringBuilder summary = new();
        IEnumerable<IGrouping<string, XElement>> groups = document.Descendants()
            .Where(element => element.Name.LocalName is "path" or "image" or "ellipse" or "circle" or "rect" or "line" or "polygon" or "polyline")
            .GroupBy(Describe)
            .OrderBy(group => group.Key, System.StringComparer.Ordinal);
        foreach (IGrouping<string, XElement> group in groups)
        {
            summary.Append(group.Count()).Append(' ').Append(group.Key).Append('\n');
        }

        foreach (string text in Texts(svg))
        {
            summary.Append('"').Append(text).Append("\"\n");
        }

        return summary.ToString();
    }

    /// <summary>All texts, in the order in which they are drawn.</summary>
    public static string[] Texts(byte[] svg) =>
        [.. XDocument.Parse(Encoding.UTF8.GetString(svg)).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value.Trim())];

    private static string Describe(XElement element)
    {
        string fill = element.Attribute("fill")?.Value is string color && color != "none" ? $" fill {color}" : string.Empty;
        string stroke = element.Attribute("stroke")?.Value is string line ? $" stroke {line}" : string.Empty;
        string dash = element.Attribute("stroke-dasharray") is null ? string.Empty : " dashed";
        return element.Name.LocalName + fill + stroke + dash;
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Errors;
using static GmmTools.Help.Pages.MarkdownText;

namespace GmmTools.Help.Pages;

/// <summary>The errors of a section as Markdown, each under a heading that can be linked to.</summary>
internal static class ErrorList
{
    /// <summary>The errors.</summary>
    /// <param name="heading">The section, as the catalogue calls it.</param>
    /// <returns>Nothing where the catalogue has no such section.</returns>
    public static IEnumerable<string> Write(string heading) => ErrorCatalogue.Sections
        .Where(section => section.Heading == heading)
        .SelectMany(section => section.Errors)
        .OrderBy(error => error.ErrorId, StringComparer.Ordinal)
        .SelectMany(error => new[] { "### " + error.ErrorId, Escape(error.Cause), "**Remedy:** " + Escape(error.Remedy) });
}

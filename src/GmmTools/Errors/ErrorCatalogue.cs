using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GmmTools.Errors;

/// <summary>
/// The errors of the module by subject: their records and the page of errors are made from it. A test compares it with the identifiers in
/// the code and provokes each of them, so that none is forgotten and none is described that does not exist.
/// </summary>
internal static partial class ErrorCatalogue
{
    /// <summary>The errors under the headings of the page.</summary>
    public static IReadOnlyList<(string Heading, IReadOnlyList<ErrorDescription> Errors)> Sections { get; } =
    [
        ("ROWS AND COLUMNS", Rows),
        ("MIXTURES AND FITS", Models),
        ("CLASSES", Classes),
        ("OPTIONS OF A FIT", Options),
        ("FILES AND MEMORY", Files),
        ("CHECKPOINTS", Checkpoints),
        ("DATABASES", Databases),
        ("DRIVERS", Drivers),
        ("SESSIONS", Sessions),
        ("PICTURES", Pictures),
        ("THE LIBRARY ALONE", Library),
    ];

    private static Dictionary<string, ErrorDescription> ById { get; } =
        Sections.SelectMany(section => section.Errors).ToDictionary(error => error.ErrorId, StringComparer.Ordinal);

    /// <summary>The description of an error.</summary>
    /// <param name="errorId">Its identifier.</param>
    /// <exception cref="KeyNotFoundException">There is none; a test sees to it that there is.</exception>
    public static ErrorDescription Find(string errorId) => ById[errorId];

    /// <summary>What the commands add to what the library says of an error, or null when that is complete.</summary>
    /// <param name="errorId">Its identifier.</param>
    public static string? Advice(string errorId) => Find(errorId) is { IsAdded: true } error ? error.Remedy : null;

    /// <summary>The words for a remedy that the library names.</summary>
    /// <param name="remedy">Its name.</param>
    /// <param name="values">What it speaks of.</param>
    public static string Words(string remedy, IReadOnlyList<string> values) =>
        string.Format(CultureInfo.InvariantCulture, Remedies[remedy], [.. values]);
}

using System.Collections.Generic;

namespace GmmTools.Errors;

/// <summary>
/// The errors of the module by subject. A test compares it with the identifiers in the code and provokes each of them, so that none is
/// forgotten and none is described that does not exist.
/// </summary>
internal static partial class ErrorCatalogue
{
    /// <summary>The errors under the headings of the page.</summary>
    public static IReadOnlyList<(string Heading, IReadOnlyList<ErrorDescription> Errors)> Sections { get; } =
    [
        ("ROWS AND COLUMNS", Rows),
        ("MIXTURES AND FITS", Models),
        ("OPTIONS OF A FIT", Options),
        ("FILES AND MEMORY", Files),
        ("CHECKPOINTS", Checkpoints),
        ("DATABASES", Databases),
        ("PICTURES", Pictures),
        ("THE LIBRARY ALONE", Library),
    ];
}

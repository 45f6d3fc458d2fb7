using System.Management.Automation;

namespace GmmTools.Errors;

/// <content>Errors about pictures.</content>
internal static partial class ErrorCatalogue
{
    private static ErrorDescription[] Pictures =>
    [
        new("NoDifferences", ErrorCategory.InvalidArgument, "There are no differences between samples that could be drawn.", "Pipe what Compare-MixtureSample finds."),
        new("NoIntervals", ErrorCategory.InvalidArgument, "There are no parameters with intervals that could be drawn.", "Pipe what Measure-MixtureUncertainty finds."),
        new("NoReference", ErrorCategory.InvalidArgument, "A comparison was requested without a mixture to compare with.", "Give the other mixture with -ReferenceModel.", IsAdded: true),
        new("NotADate", ErrorCategory.InvalidArgument, "The numbers in a column are not dates of this or the last century, in days (ToOADate), seconds or milliseconds since 1970, or ticks.",
            "Leave out -DateProperty.", IsAdded: true),
        new("NothingPositive", ErrorCategory.InvalidArgument, "An axis should be logarithmic, but none of its numbers are positive.", "Leave it out of -LogAxis.", IsAdded: true),
        new("RegionOfClassifier", ErrorCategory.InvalidArgument, "Regions were requested of something other than a classifier, or something else of a classifier.", "Give a classifier of New-MixtureClassifier, or leave out -Kind."),
        new("TooManyColumns", ErrorCategory.InvalidArgument, "The picture cannot show so many columns.", "Choose some with -Property, or draw all pairs with -Kind Pairs; of differences or intervals, choose those of one column."),
        new("UnknownAxis", ErrorCategory.ObjectNotFound, "-LogAxis or -DateProperty names an axis that the picture does not have.", "Use a name that the error lists."),
        new("UnknownPictureFormat", ErrorCategory.InvalidArgument, "The file does not have the extension of a picture.", "Use the extension .png or .svg."),
    ];
}

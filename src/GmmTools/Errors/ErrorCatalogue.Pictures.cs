namespace GmmTools.Errors;

/// <content>Errors about pictures.</content>
internal static partial class ErrorCatalogue
{
    private static ErrorDescription[] Pictures =>
    [
        new("NoReference", "A comparison is asked for, but not with what.", "Add -ReferenceModel with the other mixture."),
        new("NotADate", "The numbers of a column are no dates of this or the last century.", "Leave out -DateProperty; dates are days (ToOADate), seconds or milliseconds since 1970, or ticks."),
        new("NothingPositive", "An axis is to be logarithmic, but what it shows is not positive.", "Leave it out of -LogAxis."),
        new("PicturesNotSupported", "Picture files need PowerShell 7.6 or later, on Linux (glibc), Windows or macOS.", "Use Show-MixturePlot, which draws in the terminal."),
        new("TooManyColumns", "The picture cannot show as many columns.", "Choose some with -Property, or draw all pairs with -Kind Pairs."),
        new("UnknownAxis", "-LogAxis or -DateProperty names an axis that the picture does not have.", "Use a name that the error lists."),
        new("UnknownPictureFormat", "The file is not named like a picture.", "Let its name end in .png or .svg."),
    ];
}

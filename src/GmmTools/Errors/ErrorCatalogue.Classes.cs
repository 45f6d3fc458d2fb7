using System.Management.Automation;

namespace GmmTools.Errors;

/// <content>Errors about classes of rows.</content>
internal static partial class ErrorCatalogue
{
    private static ErrorDescription[] Classes =>
    [
        new("AmbiguousClass", ErrorCategory.InvalidArgument, "-Class is not the name of one column.", "Name the column that says which class a row has."),
        new("ClassNotFitted", ErrorCategory.InvalidData, "The rows of a class do not determine its distribution.",
            "Add rows of that class, leave them out, or choose a model that classes share, such as -CovarianceModel EEE."),
        new("InvalidPrior", ErrorCategory.InvalidArgument, "-Prior does not have a number above 0 for each class, or names one that no row has.", "Give one number for each class, such as @{ a = 1; b = 2 }."),
        new("NoClasses", ErrorCategory.InvalidData, "No row has a class: the column of -Class is blank in all of them.", "Give the column that names the classes.", IsAdded: true),
        new("NotAClassifier", ErrorCategory.InvalidType, "Something other than a classifier was given.", "Make one with New-MixtureClassifier."),
        new("OneClass", ErrorCategory.InvalidData, "All rows that have a class have the same.", "Add rows of other classes, or give another column to -Class.", IsAdded: true),
        new("SqlColumnNotSupported", ErrorCategory.InvalidArgument, "-As names what mixtures have and classifiers do not, or the other way round.", "The message says what to name."),
        new("TooManyFolds", ErrorCategory.InvalidArgument, "A class has fewer rows than there are folds.", "Use fewer folds with -FoldCount, or leave the rows of that class out."),
    ];
}

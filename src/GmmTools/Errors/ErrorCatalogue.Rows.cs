using System.Management.Automation;

namespace GmmTools.Errors;

/// <content>Errors about what is fitted or scored.</content>
internal static partial class ErrorCatalogue
{
    private static ErrorDescription[] Rows =>
    [
        new("CalculatedInFile", ErrorCategory.InvalidArgument, "A calculated column was asked for, but the rows are in a file or a database.", "Pipe the rows, or let the database calculate the column."),
        new("CalculatedPropertyFailed", ErrorCategory.InvalidData, "The script block of a calculated column failed, or gave several values.", "Correct it; in it, $_ is the row."),
        new("ColumnNameClash", ErrorCategory.InvalidArgument, "A column that the command adds has the same name as a column of the rows.", "Add -Prefix, or rename the column."),
        new("ConstantColumn", ErrorCategory.InvalidData, "A column has the same number in every row, so it has no density.", "Leave it out with -ExcludeProperty."),
        new("DependentColumn", ErrorCategory.InvalidData, "A column is a linear combination of those before it, or there are too few rows for so many columns.",
            "Leave it out, or use a diagonal covariance model such as VVI."),
        new("DuplicateProperty", ErrorCategory.InvalidData, "Two columns have the same name, ignoring case.", "Rename one of them, or choose other columns with -Property."),
        new("EmptyColumn", ErrorCategory.InvalidData, "A column is missing in every row.", "Leave it out."),
        new("EmptyRow", ErrorCategory.InvalidData, "A row is $null.", "Leave it out, as in ... | Where-Object { $null -ne $_ }."),
        new("InfiniteValue", ErrorCategory.InvalidData, "A number is infinite or too large to be squared, or the spread of a column is too small.", "Correct or remove the row; if the numbers of the column are tiny or huge, multiply or divide it."),
        new("InvalidProperty", ErrorCategory.InvalidArgument, "-Property was given something that does not say which column, such as a row.", "Give names, script blocks, or hashtables such as @{ n = 'ms'; e = { $_.Took.TotalMilliseconds } }."),
        new("InvalidRowWeight", ErrorCategory.InvalidData, "The weight of a row is missing, negative or infinite.", "Weights are finite numbers, at least 0; 0 leaves a row out."),
        new("MissingValue", ErrorCategory.InvalidData, "A cell is missing.", "Fill it in, or add -MissingValue Omit or -MissingValue Marginalize."),
        new("MixedRows", ErrorCategory.InvalidData, "A row is of a different kind from the first.", "Pipe rows of one kind: objects, dictionaries, lists or numbers."),
        new("MixedUnits", ErrorCategory.InvalidData, "With -Unit Auto, a column has units of different kinds, such as KB and ms.", "Correct the cell, or put the two kinds in columns of their own."),
        new("NoColumns", ErrorCategory.InvalidData, "None of the chosen columns is left.", "Exclude fewer, or name at least one numeric column."),
        new("NoNumericColumns", ErrorCategory.InvalidData, "No column has a number in the first 100 rows.", "Name the columns with -Property.", IsAdded: true),
        new("NoRows", ErrorCategory.ObjectNotFound, "There are no rows, or all of them were left out.", "Check the file, the query, or the filter before the command."),
        new("PartMismatch", ErrorCategory.InvalidData, "Parts of the rows have different columns.", "Give parts with the same columns in the same order."),
        new("PropertyCountMismatch", ErrorCategory.InvalidArgument, "There are more or fewer names than columns.", "Give one name per column."),
        new("RowLength", ErrorCategory.InvalidData, "A row has more or fewer cells than the first.", "Give every row one cell per column."),
        new("RowsNotEnumerable", ErrorCategory.InvalidData, "Rows cannot be visited one by one if they stay in a database or only their statistics are left.", "Read them with a query, or from a file, first."),
        new("TextInNumericColumn", ErrorCategory.InvalidData, "A cell holds text that is not a number in the culture used.",
            "Correct it, choose other columns with -Property, or add -Culture, -Unit Auto or -MissingText."),
        new("ReferenceMissing", ErrorCategory.InvalidArgument, "Rows are to be compared, but there are none to compare them with.", "Add -ReferenceObject or -ReferencePath."),
        new("SeveralReferences", ErrorCategory.InvalidArgument, "Rows to compare with were given in two ways.", "Give either -ReferenceObject or -ReferencePath."),
        new("TimeWithoutOrigin", ErrorCategory.InvalidData, "A column of points in time is to be scored by a mixture of seconds, which does not say since when they count, or to be compared with another.",
            "Calculate the seconds with -Property, as for the fit."),
        new("TooFewRows", ErrorCategory.InvalidData, "There are fewer rows than components.", "Use more rows or fewer components."),
        new("TooLittleWeight", ErrorCategory.InvalidArgument, "The weights of the rows sum to less than the number of components.",
            "A weight says how often a row counts: multiply the weights so that they sum to the number of observations."),
        new("UnknownProperty", ErrorCategory.ObjectNotFound, "There is no such column.", "Choose one that the message lists; the most similar name comes first."),
        new("UnsuitableColumn", ErrorCategory.InvalidData, "An additional column of a Parquet file holds neither text nor numbers.", "Choose another column."),
        new("TooManyLabels", ErrorCategory.InvalidData, "A column of labels has thousands of different labels.", "Choose columns that hold the groups of the rows."),
        new("WeightIsProperty", ErrorCategory.InvalidData, "A column cannot both hold the weights and be fitted.", "Leave it out of -Property, or choose another -WeightProperty.", IsAdded: true),
    ];
}

using System.Management.Automation;

namespace GmmTools.Errors;

/// <content>Errors about databases and SQL.</content>
internal static partial class ErrorCatalogue
{
    private static ErrorDescription[] Databases =>
    [
        new("ColumnCountMismatch", ErrorCategory.InvalidArgument, "There are more or fewer names than the mixture has columns.", "Give one name per column."),
        new("EngineLimit", ErrorCategory.LimitsExceeded, "The statement has more columns or characters than the database allows.", "Use a mixture with fewer components or columns."),
        new("GapsInDatabase", ErrorCategory.InvalidArgument, "Rows with missing values cannot be marginalized in a database.", "Use -MissingValue Omit, or bring the rows here, for example with -Path.", IsAdded: true),
        new("InvalidIdentifier", ErrorCategory.InvalidArgument, "The name of a table or column is not valid in databases.", "Write table or schema.table; rename columns with -Property."),
        new("LevelMissing", ErrorCategory.InvalidArgument, "Outliers were requested, but no level of the density was given.", "Add -Level with a finite log-density."),
        new("OrderNotKnown", ErrorCategory.InvalidArgument, "Blocks of consecutive rows were asked for, but the rows of a database have no order.", "Sort the rows in a query of your own, and pipe them or write them to a file.", IsAdded: true),
        new("QueryFailed", ErrorCategory.ReadError, "The database refused a query, or could not be reached.", "Read its answer, and check that the table can be read; if connections are lost, raise -RetryCount."),
        new("QueryMissing", ErrorCategory.InvalidArgument, "-Query is empty.", "Write a SELECT, or name a table with -Table.", IsAdded: true),
        new("StartInDatabase", ErrorCategory.InvalidArgument, "Columns to start from were named, but the rows stay in a database.", "Start from a mixture with -InitialModel."),
        new("TableMissing", ErrorCategory.InvalidArgument, "A view was requested, but no table was named.", "Add -Table, or leave out -ViewName."),
    ];
}

using System.Management.Automation;

namespace GmmTools.Errors;

/// <content>Errors about databases and SQL.</content>
internal static partial class ErrorCatalogue
{
    private static ErrorDescription[] Databases =>
    [
        new("ColumnCountMismatch", ErrorCategory.InvalidArgument, "There are more or fewer names than the mixture has columns.", "Name one for each."),
        new("EngineLimit", ErrorCategory.LimitsExceeded, "The statement has more columns or characters than the database takes.", "Use a mixture of fewer components or columns."),
        new("GapsInDatabase", ErrorCategory.InvalidArgument, "Rows with gaps are to be marginalized in a database.", "Use -MissingValue Omit, or bring the rows here, as with -Path.", IsAdded: true),
        new("InvalidIdentifier", ErrorCategory.InvalidArgument, "A name of a table or column is none that databases take.", "Write table or schema.table; rename columns with -Property."),
        new("LevelMissing", ErrorCategory.InvalidArgument, "Outliers are asked for, but not below which density.", "Add -Level with a finite log-density."),
        new("QueryFailed", ErrorCategory.ReadError, "The database refused a query, or could not be reached.", "Read what it answered; see that the table can be read; raise -RetryCount where lines are cut."),
        new("QueryMissing", ErrorCategory.InvalidArgument, "-Query is empty.", "Write a SELECT, or name a table with -Table.", IsAdded: true),
        new("StartInDatabase", ErrorCategory.InvalidArgument, "Columns to start from are named, but the rows stay in a database.", "Start from a mixture with -InitialModel."),
        new("TableMissing", ErrorCategory.InvalidArgument, "A view is asked for, but not of which table.", "Add -Table, or leave -ViewName out."),
    ];
}

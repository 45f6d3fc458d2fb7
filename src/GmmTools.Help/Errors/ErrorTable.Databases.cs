namespace GmmTools.Help.Errors;

/// <content>Errors about databases and SQL.</content>
internal static partial class ErrorTable
{
    private static ErrorDescription[] Databases =>
    [
        new("ColumnCountMismatch", "There are more or fewer names than the mixture has columns.", "Name one for each."),
        new("EngineLimit", "The statement has more columns or characters than the database takes.", "Use a mixture of fewer components or columns."),
        new("InvalidIdentifier", "A name of a table or column is none that databases take.", "Write table or schema.table; rename columns with -Property."),
        new("LevelMissing", "Outliers are asked for, but not below which density.", "Add -Level with a finite log-density."),
        new("TableMissing", "A view is asked for, but not of which table.", "Add -Table, or leave -ViewName out."),
    ];
}

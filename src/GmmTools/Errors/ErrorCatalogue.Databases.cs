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

    private static ErrorDescription[] Sessions =>
    [
        new("SessionColumnsDiffer", ErrorCategory.InvalidData, "The files of two sessions have different columns.", "Name the columns with -Property.", IsAdded: true),
        new("SessionFailed", ErrorCategory.InvalidResult, "A session cannot do what it was asked, for example because it has no such file.", "The message says why."),
        new("SessionLost", ErrorCategory.ConnectionError, "A session ended or can no longer be reached.",
            "Make a new session and repeat the command, or go on without it by -MissingSession Continue.", IsAdded: true),
        new("SessionModuleMissing", ErrorCategory.NotInstalled, "A session does not have this version of GmmTools.", "Add -InstallModule to copy it there, or install it there.", IsAdded: true),
        new("SessionNotGiven", ErrorCategory.InvalidArgument, "-InstallModule, -MissingSession, -UserName, -KeyFilePath, -Credential or -Port was given without the sessions that it is for.", "Add -Session, -HostName or -ComputerName, or leave it out."),
        new("SessionNotOpened", ErrorCategory.OpenError, "No session can be opened with a computer of -HostName or -ComputerName.", "Try New-PSSession with the same parameters, or go on without it by -MissingSession Continue.", IsAdded: true),
        new("SessionNotSupported", ErrorCategory.InvalidArgument, "Something is not available for rows that stay in sessions.", "Leave it out, or bring the rows here."),
    ];

    private static ErrorDescription[] Drivers =>
    [
        new("DriverMissing", ErrorCategory.ObjectNotFound, "The driver has not been fetched.", "Run Import-MixtureDriver with its name."),
        new("DriverNotLoaded", ErrorCategory.OpenError, "The driver was fetched, but its libraries cannot be loaded.", "Remove the folder that the message names, and import the driver again."),
        new("DriverNotSupported", ErrorCategory.NotInstalled, "The driver cannot run here: there are no files for this platform or this .NET.",
            "Use PowerShell 7.4 or later on one of the platforms that the message lists, or load a driver of your own and pass its connection to -Connection.", IsAdded: true),
        new("DriverNotWritable", ErrorCategory.WriteError, "The folder of the drivers cannot be written, or a file in it is in use.",
            "Close other sessions that use the driver, and check the rights to the folder.", IsAdded: true),
        new("InvalidConnectionString", ErrorCategory.InvalidArgument, "The driver does not understand -ConnectionString.", "Write it as the documentation of the driver says."),
        new("PackageHashMismatch", ErrorCategory.SecurityError, "A package has other bytes than the one that was expected.",
            "Do not use it: take the package from nuget.org, or name another -Source.", IsAdded: true),
        new("PackageNotFound", ErrorCategory.ObjectNotFound, "The source does not have a package of the driver in the version that is needed.", "Put the packages that the message lists into a folder, and name it with -Source."),
        new("SourceNotReachable", ErrorCategory.ConnectionError, "The source of packages cannot be read.", "Check the network, or put the packages that the message lists into a folder, and name it with -Source."),
    ];
}

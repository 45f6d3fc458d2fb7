using System.Management.Automation;

namespace GmmTools.Errors;

/// <content>Errors about files, disks and memory.</content>
internal static partial class ErrorCatalogue
{
    private static ErrorDescription[] Files =>
    [
        new("AccessDenied", ErrorCategory.PermissionDenied, "You do not have permission to read or write a file.", "Ask for permission, or choose another path."),
        new("DiskFull", ErrorCategory.WriteError, "The disk has no room for the output file, or for the temporary file with the rows.", "Make room, or choose another path; for the temporary file, name another folder with -TempPath, or raise -MemoryLimit."),
        new("EmptyFile", ErrorCategory.InvalidData, "A file is empty.", "The first line of a CSV file must name the columns, or -Header must."),
        new("FileExists", ErrorCategory.ResourceExists, "The file already exists, and -NoClobber was given.", "Leave out -NoClobber, or choose another path."),
        new("FileNotFound", ErrorCategory.ObjectNotFound, "There is no such file.", "Check the path."),
        new("FileReadOnly", ErrorCategory.PermissionDenied, "The file to replace is read-only.", "Add -Force, or choose another path."),
        new("GapsBeyondMemory", ErrorCategory.LimitsExceeded, "Rows with missing values must be kept in memory, but exceed -MemoryLimit.", "Raise -MemoryLimit, or drop such rows with -MissingValue Omit.", IsAdded: true),
        new("InvalidDelimiter", ErrorCategory.InvalidData, "The character cannot separate cells.", "Use a comma, a semicolon, a tab, a vertical bar or a space."),
        new("InvalidMixtureFile", ErrorCategory.InvalidData, "The text is not JSON, or not a mixture.", "Export the mixture again, or correct the text where the message says."),
        new("InvalidPathPattern", ErrorCategory.InvalidArgument, "The brackets in a path do not form a valid pattern.",
            "Pass names with brackets to -LiteralPath, or put a backtick before each bracket."),
        new("MalformedCsv", ErrorCategory.InvalidData, "A line and the header have different numbers of cells, a quote is not closed, or the file is not text.",
            "Check the quotes from that line on, and -Delimiter and -Encoding."),
        new("MalformedParquet", ErrorCategory.InvalidData, "The file is not a Parquet file, or it is damaged.", "Write the file again, or use CSV."),
        new("MixtureFileTooLarge", ErrorCategory.InvalidData, "The file is too large to be a mixture.", "Check that it is the right file."),
        new("MixtureFileVersion", ErrorCategory.InvalidData, "The file has a newer format.", "Read it with a newer GmmTools."),
        new("NotAFile", ErrorCategory.InvalidArgument, "The path is not in the file system.", "Give the path of a file."),
        new("OutOfMemory", ErrorCategory.ResourceUnavailable, "There is not enough memory for what was requested.", "Request fewer rows, let them stream, or write them with -Path."),
        new("ParquetNotSupported", ErrorCategory.NotImplemented, "Parquet files need the engine for .NET 10.", "Use PowerShell 7.6 or later, or CSV."),
        new("PathNotFound", ErrorCategory.ObjectNotFound, "No file or folder matches the path.", "Check the path."),
        new("ReadError", ErrorCategory.ReadError, "The source of the rows failed while it was being read.", "Try again, or copy it to this machine first."),
        new("TemporaryFileFailed", ErrorCategory.WriteError, "The temporary file with the rows cannot be written.", "Name another folder with -TempPath, or raise -MemoryLimit."),
        new("UnknownFileFormat", ErrorCategory.InvalidArgument, "The extension of the file stands for a format that cannot be written.", "Use the extension .csv, .csv.gz or .parquet."),
        new("UnknownEncoding", ErrorCategory.InvalidArgument, "There is no such encoding.", "Choose one that the message lists."),
        new("UnreadableFile", ErrorCategory.ReadError, "The file cannot be opened or read.", "The message gives the reason."),
        new("UnwritableFile", ErrorCategory.WriteError, "The file cannot be written.", "Choose another path, or make room there."),
    ];

    private static ErrorDescription[] Checkpoints =>
    [
        new("CheckpointInUse", ErrorCategory.ResourceBusy, "Another fit is writing to the checkpoint.", "Wait until it ends, or give another file."),
        new("CheckpointMismatch", ErrorCategory.InvalidArgument, "The checkpoint belongs to another fit.", "Repeat that fit unchanged, give another file, or remove this one to start again."),
        new("CheckpointMissing", ErrorCategory.InvalidArgument, "-CheckpointInterval or -CheckpointIteration was given without -Checkpoint.", "Add -Checkpoint, or leave out -CheckpointInterval and -CheckpointIteration."),
        new("CheckpointNotWritable", ErrorCategory.WriteError, "The checkpoint cannot be written.", "Give a file in a folder that you can write to."),
        new("CheckpointUnreadable", ErrorCategory.ReadError, "The file is not a checkpoint, or it is damaged.", "Give another file, or remove this one to start again."),
        new("InvalidCheckpointInterval", ErrorCategory.InvalidArgument, "-CheckpointInterval is negative.", "Give seconds, such as 60."),
        new("WatchStateInUse", ErrorCategory.ResourceBusy, "Another run of Watch-MixtureFit has the state.", "Wait until it ends, or give another file."),
        new("WatchStateMismatch", ErrorCategory.InvalidArgument, "The state of Watch-MixtureFit is of another baseline or another -FalseAlarmInterval.", "Watch as before, give another file, or remove this one to start again."),
        new("WatchStateNotWritable", ErrorCategory.WriteError, "The state of Watch-MixtureFit cannot be written.", "Give a file in a folder that you can write to."),
        new("WatchStateUnreadable", ErrorCategory.ReadError, "The file is not a state of Watch-MixtureFit, or it is damaged.", "Give another file, or remove this one to start again."),
    ];
}

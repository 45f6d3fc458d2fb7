using System.Management.Automation;

namespace GmmTools.Errors;

/// <content>Errors about files, disks and memory.</content>
internal static partial class ErrorCatalogue
{
    private static ErrorDescription[] Files =>
    [
        new("AccessDenied", ErrorCategory.PermissionDenied, "A file may not be read or written.", "Ask for the right to do so, or choose another path."),
        new("DiskFull", ErrorCategory.WriteError, "The disk has no room for the file that is written, or for the temporary file of the rows.", "Make room, or choose another path; for rows name another folder with -TempPath, or raise -MemoryLimit."),
        new("EmptyFile", ErrorCategory.InvalidData, "A file is empty.", "The first line of a CSV file names the columns; or name them with -Header."),
        new("FileExists", ErrorCategory.ResourceExists, "The file is there already, and -NoClobber was given.", "Leave out -NoClobber, or choose another path."),
        new("FileNotFound", ErrorCategory.ObjectNotFound, "There is no such file.", "Check the path."),
        new("FileReadOnly", ErrorCategory.PermissionDenied, "The file that is to be replaced is read-only.", "Add -Force, or choose another path."),
        new("GapsBeyondMemory", ErrorCategory.LimitsExceeded, "Rows with gaps, which are used in memory only, take more than -MemoryLimit.", "Raise -MemoryLimit, or leave such rows out with -MissingValue Omit.", IsAdded: true),
        new("InvalidDelimiter", ErrorCategory.InvalidData, "The character cannot stand between cells.", "Use a comma, a semicolon, a tab, a bar or a space."),
        new("InvalidMixtureFile", ErrorCategory.InvalidData, "The text is no JSON, or no mixture.", "Export the mixture again, or mend the text where the message says."),
        new("InvalidPathPattern", ErrorCategory.InvalidArgument, "The brackets of a path are no pattern that can be read.",
            "Give a name that has brackets by -LiteralPath, or put a backtick before each."),
        new("MalformedCsv", ErrorCategory.InvalidData, "A line has another number of cells than the header, a quote is not closed, or the file is no text.",
            "Check the quotes from that line on, -Delimiter and -Encoding."),
        new("MalformedParquet", ErrorCategory.InvalidData, "The file is no Parquet file, or a damaged one.", "Write the file anew, or give CSV."),
        new("MixtureFileTooLarge", ErrorCategory.InvalidData, "The file is larger than any mixture that is read.", "Check that it is one."),
        new("MixtureFileVersion", ErrorCategory.InvalidData, "The file has a newer format.", "Read it with a newer GmmTools."),
        new("NotAFile", ErrorCategory.InvalidArgument, "The path is not of the file system.", "Give the path of a file."),
        new("OutOfMemory", ErrorCategory.ResourceUnavailable, "There is not enough memory for what was asked for.", "Ask for fewer rows; let them stream, or write them with -Path."),
        new("ParquetNotSupported", ErrorCategory.NotImplemented, "Parquet files need the engine for .NET 10.", "Use PowerShell 7.6 or later, or CSV."),
        new("PathNotFound", ErrorCategory.ObjectNotFound, "No file or folder matches the path.", "Check the path."),
        new("ReadError", ErrorCategory.ReadError, "The rows come from something that failed while it was read.", "Try again; copy it to this machine first."),
        new("TemporaryFileFailed", ErrorCategory.WriteError, "The temporary file of the rows cannot be written.", "Name another folder with -TempPath, or raise -MemoryLimit."),
        new("UnknownFileFormat", ErrorCategory.InvalidArgument, "The file is named like one of a format that is not written.", "Give it the ending .csv, .csv.gz or .parquet."),
        new("UnknownEncoding", ErrorCategory.InvalidArgument, "There is no such encoding.", "Choose one of those that the message names."),
        new("UnreadableFile", ErrorCategory.ReadError, "The file cannot be opened or read.", "See the reason in the message."),
        new("UnwritableFile", ErrorCategory.WriteError, "The file cannot be written.", "Choose another path, or make room there."),
    ];

    private static ErrorDescription[] Checkpoints =>
    [
        new("CheckpointInUse", ErrorCategory.ResourceBusy, "Another fit writes to the checkpoint.", "Wait until that has ended, or give another file."),
        new("CheckpointMismatch", ErrorCategory.InvalidArgument, "The checkpoint belongs to another fit.", "Repeat that fit as it was, give another file, or remove this one to begin anew."),
        new("CheckpointMissing", ErrorCategory.InvalidArgument, "How often the state is to be kept is given, but no file for it.", "Add -Checkpoint, or leave -CheckpointInterval and -CheckpointIteration out."),
        new("CheckpointNotWritable", ErrorCategory.WriteError, "The checkpoint cannot be written.", "Give a file in a folder that you may write to."),
        new("CheckpointUnreadable", ErrorCategory.ReadError, "The file is no checkpoint, or a damaged one.", "Give another file, or remove this one to begin anew."),
        new("InvalidCheckpointInterval", ErrorCategory.InvalidArgument, "-CheckpointInterval is negative.", "Give seconds, such as 60."),
    ];
}

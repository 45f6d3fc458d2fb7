using System;
using System.IO;
using System.Management.Automation;
using GmmTools.Connectors.Databases;
using GmmTools.Estimation;
using GmmTools.Estimation.Checkpoints;
using GmmTools.Files;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Observations.Chunks;
using GmmTools.Outliers;
using GmmTools.Plots;
using GmmTools.Selection;
using GmmTools.Serialization;

namespace GmmTools.Binding;

/// <summary>The one place where errors of the library become PowerShell's error records.</summary>
internal static class ErrorRecords
{
    /// <summary>The record for an error that the commands expect, or null for one that they do not.</summary>
    /// <param name="exception">The error.</param>
    public static ErrorRecord? TryCreate(Exception exception) => exception switch
    {
        GmmToolsException error => Create(error, error.ErrorId, CategoryOf(error), error.OffendingValue),
        CommandException error => Create(error, error.ErrorId, error.Category, error.Target),
        PipelineStoppedException => null,
        IContainsErrorRecord error => error.ErrorRecord,
        FileNotFoundException error => Create(error, "PathNotFound", ErrorCategory.ObjectNotFound, error.FileName),
        DirectoryNotFoundException => Create(exception, "PathNotFound", ErrorCategory.ObjectNotFound, null),
        UnauthorizedAccessException => Create(exception, "AccessDenied", ErrorCategory.PermissionDenied, null),
        OutOfMemoryException => Create(exception, "OutOfMemory", ErrorCategory.ResourceUnavailable, null),
        IOException => Create(exception, "ReadError", ErrorCategory.ReadError, null),
        _ => null,
    };

    private static ErrorRecord Create(Exception exception, string errorId, ErrorCategory category, object? target) =>
        new(exception, errorId, category, target) { ErrorDetails = new ErrorDetails(exception.Message) };

    private static ErrorCategory CategoryOf(GmmToolsException error) => error switch
    {
        InvalidObservationException { ErrorId: "UnknownProperty" or "NoRows" or "FileNotFound" } => ErrorCategory.ObjectNotFound,
        InvalidObservationException { ErrorId: "UnreadableFile" } => ErrorCategory.ReadError,
        InvalidObservationException { ErrorId: "AccessDenied" } => ErrorCategory.PermissionDenied,
        InvalidObservationException { ErrorId: "UnknownFileFormat" } => ErrorCategory.InvalidArgument,
        InvalidObservationException { ErrorId: "ParquetNotSupported" } => ErrorCategory.NotImplemented,
        InvalidObservationException => ErrorCategory.InvalidData,
        RowStorageException { ErrorId: "GapsBeyondMemory" } => ErrorCategory.LimitsExceeded,
        RowStorageException => ErrorCategory.WriteError,
        CheckpointException { ErrorId: "CheckpointNotWritable" } => ErrorCategory.WriteError,
        CheckpointException { ErrorId: "CheckpointUnreadable" } => ErrorCategory.ReadError,
        CheckpointException { ErrorId: "CheckpointInUse" } => ErrorCategory.ResourceBusy,
        CheckpointException => ErrorCategory.InvalidArgument,
        OutputException { ErrorId: "AccessDenied" } => ErrorCategory.PermissionDenied,
        OutputException { ErrorId: "PathNotFound" } => ErrorCategory.ObjectNotFound,
        OutputException => ErrorCategory.WriteError,
        InvalidMixtureException => ErrorCategory.InvalidArgument,
        MixtureFileException => ErrorCategory.InvalidData,
        EstimationException { ErrorId: "TimeLimitTooShort" } => ErrorCategory.OperationTimeout,
        EstimationException { ErrorId: "TooFewRows" } => ErrorCategory.InvalidData,
        EstimationException => ErrorCategory.InvalidArgument,
        OutlierException { ErrorId: "TooFewTrainingRows" } => ErrorCategory.InvalidData,
        OutlierException => ErrorCategory.InvalidArgument,
        DatabaseException database => CategoryOf(database),
        SelectionException { ErrorId: "NoFits" } => ErrorCategory.ObjectNotFound,
        SelectionException { ErrorId: "InfiniteCriterion" } => ErrorCategory.InvalidArgument,
        SelectionException => ErrorCategory.InvalidData,
        PlotException { ErrorId: "PicturesNotSupported" } => ErrorCategory.NotImplemented,
        PlotException { ErrorId: "NoFits" or "NoRows" or "UnknownProperty" or "UnknownAxis" } => ErrorCategory.ObjectNotFound,
        PlotException => ErrorCategory.InvalidArgument,
        _ => ErrorCategory.InvalidOperation,
    };

    private static ErrorCategory CategoryOf(DatabaseException error) => error.ErrorId switch
    {
        "EngineLimit" => ErrorCategory.LimitsExceeded,
        "QueryFailed" => ErrorCategory.ReadError,
        "NotWritten" => ErrorCategory.WriteError,
        _ => ErrorCategory.InvalidArgument,
    };
}

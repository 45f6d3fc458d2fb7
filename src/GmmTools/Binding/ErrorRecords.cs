using System;
using System.IO;
using System.Management.Automation;
using GmmTools.Errors;
using GmmTools.Mixtures;
using GmmTools.Serialization;

namespace GmmTools.Binding;

/// <summary>The one place where errors of the library become PowerShell's error records.</summary>
internal static class ErrorRecords
{
    /// <summary>The record for an error that the commands expect, or null for one that they do not.</summary>
    /// <param name="exception">The error.</param>
    public static ErrorRecord? TryCreate(Exception exception) => exception switch
    {
        GmmToolsException error => Create(error),
        CommandException error => Create(error, error.ErrorId, error.Target),
        PipelineStoppedException => null,
        IContainsErrorRecord error => MakeVisible(error.ErrorRecord),
        FileNotFoundException error => Create(error, "PathNotFound", error.FileName),
        DirectoryNotFoundException => Create(exception, "PathNotFound", null),
        UnauthorizedAccessException => Create(exception, "AccessDenied", null),
        OutOfMemoryException => Create(exception, "OutOfMemory", null),
        IOException => Create(exception, "ReadError", null),
        _ => null,
    };

    /// <summary>A sentence of the library with what to do in the words of the commands.</summary>
    /// <param name="text">The sentence.</param>
    /// <param name="remedy">What to do; null adds nothing.</param>
    public static string WithAdvice(string text, Remedy? remedy) =>
        remedy is null ? text : $"{text} {ErrorCatalogue.Words(remedy.Name, remedy.Values)}";

    private static ErrorRecord Create(GmmToolsException error)
    {
        error.Advice = error.Remedy is Remedy remedy ? ErrorCatalogue.Words(remedy.Name, remedy.Values) : ErrorCatalogue.Advice(error.ErrorId);
        return Create(error, error.ErrorId, CategoryOf(error), error.OffendingValue);
    }

    private static ErrorRecord Create(Exception exception, string errorId, object? target) =>
        Create(exception, errorId, ErrorCatalogue.Find(errorId).Category, target);

    private static ErrorRecord Create(Exception exception, string errorId, ErrorCategory category, object? target) =>
        MakeVisible(new ErrorRecord(exception, errorId, category, target) { ErrorDetails = new ErrorDetails(exception.Message) });

    /// <summary>What a terminal shows of the record, the old view of errors included, has no control sequences of the user's data.</summary>
    private static ErrorRecord MakeVisible(ErrorRecord record)
    {
        record.ErrorDetails = new ErrorDetails(VisibleText.InMessage(record.ErrorDetails?.Message ?? record.Exception.Message))
        {
            RecommendedAction = record.ErrorDetails?.RecommendedAction,
        };
        record.CategoryInfo.TargetName = VisibleText.Of(record.CategoryInfo.TargetName ?? string.Empty);
        return record;
    }

    /// <summary>Mixtures are checked for arguments and for files alike: who is at fault tells the type.</summary>
    private static ErrorCategory CategoryOf(GmmToolsException error) => error switch
    {
        InvalidMixtureException => ErrorCategory.InvalidArgument,
        MixtureFileException => ErrorCategory.InvalidData,
        _ => ErrorCatalogue.Find(error.ErrorId).Category,
    };
}

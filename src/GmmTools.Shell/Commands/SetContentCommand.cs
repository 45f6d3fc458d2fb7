using System;
using System.IO;
using System.Linq;
using System.Management.Automation;

namespace GmmTools.Shell.Commands;

/// <summary>Writes text files in UTF-8, one line per object.</summary>
[Cmdlet(VerbsCommon.Set, "Content", SupportsShouldProcess = true)]
internal sealed class SetContentCommand : PSCmdlet, IDisposable
{
    private StreamWriter[] _files = [];

    /// <summary>The files.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("PSPath", "LP", "LiteralPath")]
    public string[] Path { get; set; } = [];

    /// <summary>The objects, written as text.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object[]? Value { get; set; }

    /// <summary>Writes no ends of lines.</summary>
    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_files, file => file.Dispose());

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            _files = [.. Path
                .Where(path => ShouldProcess(path))
                .Select(path => new StreamWriter(SessionState.Path.GetUnresolvedProviderPathFromPSPath(path)))];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(new ErrorRecord(failure, "GetContentWriterError", ErrorCategory.OpenError, Path));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string end = NoNewline ? string.Empty : Environment.NewLine;
        foreach (object? value in Value ?? [])
        {
            Array.ForEach(_files, file => file.Write(value + end));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Dispose();
}

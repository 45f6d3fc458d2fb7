using System;
using System.IO;
using System.Linq;
using System.Management.Automation;

namespace GmmTools.Shell.Commands;

/// <summary>Reads text files, line by line or as one string.</summary>
[Cmdlet(VerbsCommon.Get, "Content", DefaultParameterSetName = PathSet)]
internal sealed class GetContentCommand : PathCommand
{
    /// <summary>Gives each file as one string.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <summary>Gives that many lines from the start of each file.</summary>
    [Parameter]
    [Alias("First", "Head")]
    [ValidateRange(0L, long.MaxValue)]
    public long TotalCount { get; set; } = long.MaxValue;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string file in GivenPaths.SelectMany(ResolveFiles))
        {
            try
            {
                ReadFile(file);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                WriteError(new ErrorRecord(failure, "GetContentReaderError", ErrorCategory.ReadError, file));
            }
        }
    }

    private void ReadFile(string file)
    {
        if (Raw)
        {
            WriteObject(File.ReadAllText(file));
            return;
        }

        long count = 0;
        foreach (string line in File.ReadLines(file).TakeWhile(_ => count++ < TotalCount))
        {
            WriteObject(line);
        }
    }
}

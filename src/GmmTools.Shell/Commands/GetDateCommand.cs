using System;
using System.Globalization;
using System.Management.Automation;

namespace GmmTools.Shell.Commands;

/// <summary>Gives a time: now, or the given one; as text with -Format.</summary>
[Cmdlet(VerbsCommon.Get, "Date")]
internal sealed class GetDateCommand : PSCmdlet
{
    /// <summary>The time; now, when not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    public DateTime? Date { get; set; }

    /// <summary>A .NET format string.</summary>
    [Parameter]
    public string? Format { get; set; }

    /// <summary>Gives the time in UTC.</summary>
    [Parameter]
    public SwitchParameter AsUTC { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        DateTime given = Date ?? DateTime.Now;
        DateTime time = AsUTC ? given.ToUniversalTime() : given;
        WriteObject(Format is null ? time : time.ToString(Format, CultureInfo.CurrentCulture));
    }
}

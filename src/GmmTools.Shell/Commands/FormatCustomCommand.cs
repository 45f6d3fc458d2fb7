using System.Management.Automation;
using GmmTools.Shell.Hosting;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace GmmTools.Shell.Commands;

/// <summary>Formats objects by a view of free form, such as Summary, by the engine's own formatter.</summary>
[Cmdlet(VerbsCommon.Format, "Custom")]
internal sealed class FormatCustomCommand : OuterFormatShapeCommandBase
{
    /// <summary>A command with the engine's formatter of views of free form.</summary>
    public FormatCustomCommand() => EngineInternals.UseFormatter(this, "Complex");
}

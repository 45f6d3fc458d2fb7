using System.Management.Automation;
using GmmTools.Shell.Hosting;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace GmmTools.Shell.Commands;

/// <summary>Formats objects as a list, by the engine's own formatter.</summary>
[Cmdlet(VerbsCommon.Format, "List")]
internal sealed class FormatListCommand : OuterFormatTableAndListBase
{
    /// <summary>A command with the engine's list formatter.</summary>
    public FormatListCommand() => EngineInternals.UseFormatter(this, "List");
}

using System.Management.Automation;
using GmmTools.Shell.Hosting;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace GmmTools.Shell.Commands;

/// <summary>Formats objects as a table, by the engine's own formatter.</summary>
[Cmdlet(VerbsCommon.Format, "Table")]
internal sealed class FormatTableCommand : OuterFormatTableBase
{
    /// <summary>A command with the engine's table formatter.</summary>
    public FormatTableCommand() => EngineInternals.UseFormatter(this, "Table");
}

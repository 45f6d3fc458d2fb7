using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Commands.Internal;
using GmmTools.Connectors.Sessions;
using GmmTools.Observations.Intake;

namespace GmmTools.Commands.Sessions;

/// <summary>Reads the rows of a session and keeps them there. It is no command of the module: Invoke-EmFit runs it in the sessions that it is given.</summary>
[Cmdlet(VerbsCommon.Open, "MixtureSession", DefaultParameterSetName = PathSet)]
[OutputType(typeof(byte[]))]
internal sealed class OpenMixtureSessionCommand : DatabaseRowCommand
{
    /// <summary>The columns.</summary>
    [Parameter]
    public override object[]? Property { get; set; }

    /// <summary>Columns to leave out.</summary>
    [Parameter]
    public string[]? ExcludeProperty { get; set; }

    /// <summary>The identifier of the rows.</summary>
    [Parameter(Mandatory = true)]
    public string Id { get; set; } = string.Empty;

    /// <inheritdoc/>
    private protected override void Begin()
    {
    }

    /// <inheritdoc/>
    private protected override void TakeRow(PSObject? row, object?[]? cells)
    {
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        RowTable table = Store.ReadFiles(GivenColumns.Names ?? [], ExcludeProperty);

        // the rows outlive this command
        SessionRowsHost host = new(table, Store.Detach(), ThrottleLimit);
        SessionHosts.Keep(Id, host);
        WriteObject(BackgroundWork.Run(() => host.Describe(StopToken), ReportRows, StopToken));
    }
}

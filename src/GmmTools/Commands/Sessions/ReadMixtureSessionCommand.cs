using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Commands.Internal;
using GmmTools.Connectors.Sessions;

namespace GmmTools.Commands.Sessions;

/// <summary>Answers a request to the rows that a session keeps, or lets go of them. It is no command of the module.</summary>
[Cmdlet(VerbsCommunications.Read, "MixtureSession")]
[OutputType(typeof(byte[]))]
internal sealed class ReadMixtureSessionCommand : MixtureCommand
{
    /// <summary>The identifier of the rows.</summary>
    [Parameter(Mandatory = true)]
    public string Id { get; set; } = string.Empty;

    /// <summary>The request; without it the rows are let go.</summary>
    [Parameter]
    public byte[]? Request { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (Request is null)
        {
            SessionHosts.Close(Id);
            return;
        }

        ISessionHost host = SessionHosts.Find(Id);
        WriteObject(BackgroundWork.Run(() => host.Answer(Request, StopToken), () => { }, StopToken, waitForEnd: true));
    }
}

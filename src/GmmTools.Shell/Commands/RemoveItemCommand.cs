using System.Management.Automation;

namespace GmmTools.Shell.Commands;

/// <summary>Deletes files and folders.</summary>
[Cmdlet(VerbsCommon.Remove, "Item", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
internal sealed class RemoveItemCommand : PathCommand
{
    /// <summary>Deletes folders with all that is in them.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Deletes what is hidden or read-only, too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in GivenPaths)
        {
            if (ShouldProcess(path))
            {
                Remove(path);
            }
        }
    }

    private void Remove(string path)
    {
        try
        {
            InvokeProvider.Item.Remove([path], Recurse, Force, IsLiteral);
        }
        catch (RuntimeException failure)
        {
            WriteError(new ErrorRecord(failure.ErrorRecord, failure));
        }
    }
}

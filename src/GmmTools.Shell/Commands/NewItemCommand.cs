using System.Linq;
using System.Management.Automation;

namespace GmmTools.Shell.Commands;

/// <summary>Makes a folder or a file.</summary>
[Cmdlet(VerbsCommon.New, "Item", SupportsShouldProcess = true)]
internal sealed class NewItemCommand : PSCmdlet
{
    /// <summary>The items, or with -Name the folders that hold them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    /// <summary>The name of the item.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Name { get; set; }

    /// <summary>Directory or File.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Type")]
    public string ItemType { get; set; } = "File";

    /// <summary>The text of the file.</summary>
    [Parameter(ValueFromPipeline = true)]
    public object? Value { get; set; }

    /// <summary>Accepts a folder that exists, overwrites a file that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in Path.Where(path => ShouldProcess(path)))
        {
            Create(path);
        }
    }

    private void Create(string path)
    {
        try
        {
            WriteObject(InvokeProvider.Item.New([path], Name, ItemType, Value, Force), enumerateCollection: true);
        }
        catch (RuntimeException failure)
        {
            WriteError(new ErrorRecord(failure.ErrorRecord, failure));
        }
    }
}

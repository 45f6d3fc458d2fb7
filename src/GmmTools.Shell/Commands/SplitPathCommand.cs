using System.Management.Automation;

namespace GmmTools.Shell.Commands;

/// <summary>Gives a part of a path.</summary>
[Cmdlet(VerbsCommon.Split, "Path", DefaultParameterSetName = ParentSet)]
internal sealed class SplitPathCommand : PSCmdlet
{
    private const string ParentSet = "Parent";
    private const string LeafSet = "Leaf";
    private const string LeafBaseSet = "LeafBase";
    private const string ExtensionSet = "Extension";

    /// <summary>The paths.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP", "LiteralPath")]
    public string[] Path { get; set; } = [];

    /// <summary>The folder.</summary>
    [Parameter(ParameterSetName = ParentSet)]
    public SwitchParameter Parent { get; set; }

    /// <summary>The last part.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LeafSet)]
    public SwitchParameter Leaf { get; set; }

    /// <summary>The last part without its extension.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LeafBaseSet)]
    public SwitchParameter LeafBase { get; set; }

    /// <summary>The extension of the last part, with its dot.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ExtensionSet)]
    public SwitchParameter Extension { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            WriteObject(ReadPart(path));
        }
    }

    private string ReadPart(string path) => ParameterSetName switch
    {
        LeafSet => SessionState.Path.ParseChildName(path),
        LeafBaseSet => System.IO.Path.GetFileNameWithoutExtension(SessionState.Path.ParseChildName(path)),
        ExtensionSet => System.IO.Path.GetExtension(SessionState.Path.ParseChildName(path)),
        _ => SessionState.Path.ParseParent(path, string.Empty),
    };
}

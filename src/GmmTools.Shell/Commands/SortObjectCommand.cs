using System.Collections.Generic;
using System.Management.Automation;
using GmmTools.Shell.Tabular;

namespace GmmTools.Shell.Commands;

/// <summary>Sorts objects by properties; the order of equal ones is kept.</summary>
[Cmdlet("Sort", "Object")]
internal sealed class SortObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _rows = [];

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Names, script blocks, or tables with Expression and Descending; nothing: the objects themselves.</summary>
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    /// <summary>Largest first.</summary>
    [Parameter]
    public SwitchParameter Descending { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            _rows.Add(InputObject);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() =>
        WriteObject(ObjectSorter.Sort(_rows, PropertySelector.Parse(Property), Descending), enumerateCollection: true);
}

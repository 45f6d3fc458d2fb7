using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using GmmTools.Shell.Tabular;

namespace GmmTools.Shell.Commands;

/// <summary>Groups objects that have the same values of properties.</summary>
[Cmdlet("Group", "Object")]
internal sealed class GroupObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _rows = [];

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Names, script blocks, or tables with Expression; nothing: the objects themselves.</summary>
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    /// <summary>Leaves the members of the groups out.</summary>
    [Parameter]
    public SwitchParameter NoElement { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            _rows.Add(InputObject);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        IReadOnlyList<PropertySelector> selectors = PropertySelector.Parse(Property);
        List<(object?[] Key, Collection<PSObject> Members)> groups = [];
        foreach (PSObject row in ObjectSorter.Sort(_rows, selectors, isDescending: false))
        {
            object?[] key = selectors.Count == 0 ? [row] : [.. selectors.Select(selector => selector.TryGetValue(row, out object? value) ? value : null)];
            if (groups.Count == 0 || !HaveSameValues(groups[^1].Key, key))
            {
                groups.Add((key, []));
            }

            groups[^1].Members.Add(row);
        }

        groups.ForEach(group => WriteObject(Describe(group.Key, group.Members)));
    }

    private static bool HaveSameValues(object?[] first, object?[] second) =>
        first.Zip(second).All(pair => ValueComparer.Instance.Compare(pair.First, pair.Second) == 0);

    // Under the original's type name, so that the engine's view of groups applies.
    private PSObject Describe(object?[] key, Collection<PSObject> members)
    {
        PSObject group = new();
        group.TypeNames.Insert(0, "Microsoft.PowerShell.Commands.GroupInfo");
        if (NoElement)
        {
            group.TypeNames.Insert(0, "Microsoft.PowerShell.Commands.GroupInfoNoElement");
        }

        group.Properties.Add(new PSNoteProperty("Values", new Collection<object?>(key)));
        group.Properties.Add(new PSNoteProperty("Count", members.Count));
        group.Properties.Add(new PSNoteProperty("Name", string.Join(", ", key.Select(value => value?.ToString()))));
        group.Properties.Add(new PSNoteProperty("Group", NoElement ? new Collection<PSObject>() : members));
        return group;
    }
}

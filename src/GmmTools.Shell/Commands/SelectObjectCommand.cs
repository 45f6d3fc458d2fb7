using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GmmTools.Shell.Hosting;
using GmmTools.Shell.Tabular;

namespace GmmTools.Shell.Commands;

/// <summary>Chooses objects by position and properties by name or calculation.</summary>
[Cmdlet(VerbsCommon.Select, "Object")]
internal sealed class SelectObjectCommand : PSCmdlet
{
    private readonly Queue<PSObject> _last = new();
    private IReadOnlyList<PropertySelector> _selectors = [];
    private WildcardPattern[] _excluded = [];
    private int _seen;

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Names, patterns, script blocks, or tables with Name and Expression.</summary>
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    /// <summary>Names or patterns of properties to leave out.</summary>
    [Parameter]
    public string[] ExcludeProperty { get; set; } = [];

    /// <summary>A property whose value is given instead of the object, item by item.</summary>
    [Parameter]
    public string? ExpandProperty { get; set; }

    /// <summary>Keeps that many from the start.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int First { get; set; } = -1;

    /// <summary>Keeps that many from the end.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Last { get; set; } = -1;

    /// <summary>Leaves out that many at the start, or with -Last at the end.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        object[]? properties = Property ?? (ExcludeProperty.Length > 0 ? ["*"] : null);
        _selectors = PropertySelector.Parse(properties);
        _excluded = [.. ExcludeProperty.Select(pattern => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase))];
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            return;
        }

        if (Last >= 0)
        {
            ProcessFromEnd(InputObject);
        }
        else
        {
            ProcessFromStart(InputObject);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        int kept = Last < 0 ? 0 : System.Math.Min(Last, _last.Count - Skip);
        foreach (PSObject row in _last.Take(_last.Count - Skip).TakeLast(kept))
        {
            Emit(row);
        }
    }

    private void ProcessFromStart(PSObject row)
    {
        _seen++;
        if (_seen > Skip && (First < 0 || _seen <= Skip + First))
        {
            Emit(row);
        }

        if (First >= 0 && _seen >= Skip + First)
        {
            throw EngineInternals.CreateUpstreamStop(this);
        }
    }

    private void ProcessFromEnd(PSObject row)
    {
        _seen++;
        if (First >= 0 && _seen <= First)
        {
            Emit(row);
            return;
        }

        _last.Enqueue(row);
        if (_last.Count > (long)Last + Skip)
        {
            _last.Dequeue();
        }
    }

    private void Emit(PSObject row)
    {
        if (ExpandProperty is not null)
        {
            EmitExpanded(row, ExpandProperty);
        }
        else
        {
            WriteObject(_selectors.Count == 0 ? row : Project(row));
        }
    }

    private PSObject Project(PSObject row)
    {
        PSObject selected = new(_selectors.Count);
        selected.TypeNames.Insert(0, "Selected." + row.TypeNames[0]);
        AddSelected(selected, row);
        return selected;
    }

    private void AddSelected(PSObject target, PSObject row)
    {
        foreach ((string name, object? value) in _selectors.SelectMany(selector => selector.Select(row)))
        {
            if (!System.Array.Exists(_excluded, pattern => pattern.IsMatch(name)) && target.Properties[name] is null)
            {
                target.Properties.Add(new PSNoteProperty(name, value));
            }
        }
    }

    private void EmitExpanded(PSObject row, string name)
    {
        PSPropertyInfo? property = row.Properties[name];
        if (property is null)
        {
            System.ArgumentException missing = new($"Property \"{name}\" cannot be found.");
            WriteError(new ErrorRecord(missing, "ExpandPropertyNotFound", ErrorCategory.InvalidArgument, row));
            return;
        }

        object? value = property.Value;
        IEnumerable items = LanguagePrimitives.GetEnumerable(value) ?? new[] { value };
        foreach (object? item in items)
        {
            WriteObject(item is null || _selectors.Count == 0 ? item : Extend(item, row));
        }
    }

    private PSObject Extend(object item, PSObject row)
    {
        PSObject extended = PSObject.AsPSObject(item);
        AddSelected(extended, row);
        return extended;
    }
}

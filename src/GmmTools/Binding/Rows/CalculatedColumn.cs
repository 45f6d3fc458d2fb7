using System;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;

namespace GmmTools.Binding.Rows;

/// <summary>A column that rows do not have, but from which it can be computed: by a script block, in which $_ is the row, or along a path.</summary>
internal sealed class CalculatedColumn
{
    private readonly ScriptBlock? _script;
    private readonly PropertyPath? _path;
    private readonly PSVariable _current = new("_", null);

    // an error in a row would otherwise be written, row after row, and the cell be missing
    private readonly PSVariable _errorAction = new("ErrorActionPreference", ActionPreference.Stop);

    /// <summary>A column of a script block.</summary>
    /// <param name="name">Name of the column.</param>
    /// <param name="script">The script block.</param>
    public CalculatedColumn(string name, ScriptBlock script)
    {
        Name = name;
        _script = script;
    }

    /// <summary>A column of a path.</summary>
    /// <param name="name">Name of the column.</param>
    /// <param name="path">The path.</param>
    public CalculatedColumn(string name, PropertyPath path)
    {
        Name = name;
        _path = path;
    }

    /// <summary>Name of the column.</summary>
    public string Name { get; }

    /// <summary>Complains where the path leads nowhere in a row.</summary>
    /// <param name="row">The first row.</param>
    /// <exception cref="CommandException">A property on the way is unknown (UnknownProperty).</exception>
    public void Check(PSObject row) => _path?.Check(row);

    /// <summary>The cell of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="number">Number of the row, from 1, for the error.</param>
    /// <returns>The cell, perhaps wrapped; null when there is none.</returns>
    /// <exception cref="CommandException">The script block failed (CalculatedPropertyFailed).</exception>
    public object? Compute(PSObject row, long number)
    {
        if (_path is not null)
        {
            return _path.Find(row);
        }

        try
        {
            // the engine takes $_ out of the list
            _current.Value = row;
            Collection<PSObject> results = _script!.InvokeWithContext(null, [_current, _errorAction]);
            return results.Count switch
            {
                0 => null,
                1 => results[0],
                _ => throw Several(results, number),
            };
        }
        catch (Exception exception) when (exception is RuntimeException and not PipelineStoppedException)
        {
            throw new CommandException(
                "CalculatedPropertyFailed",
                FormattableString.Invariant($"Row {number}, column '{Name}': the script block failed: {exception.Message} Correct it; in it, $_ is the row."),
                row,
                exception);
        }
    }

    private CommandException Several(Collection<PSObject> results, long number) => new(
        "CalculatedPropertyFailed",
        FormattableString.Invariant($"Row {number}, column '{Name}': the script block gave {Counted.Of(results.Count, "value")} instead of one. Correct it, for example by choosing one with Select-Object -First 1."),
        results.ToArray());
}

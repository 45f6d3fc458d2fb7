using System;
using System.Management.Automation;
using System.Threading;

namespace GmmTools.Output;

/// <summary>A column of a row whose value is read when it is first asked for: what an object calculates, such as the version of a file, can take far
/// longer than all else, and few of these columns are looked at.</summary>
/// <param name="name">Name of the column.</param>
/// <param name="column">Which of the object's columns this is.</param>
/// <param name="read">Reads a column of the object, on any thread.</param>
internal sealed class LateProperty(string name, int column, Func<int, object?> read) : PSNoteProperty(name, null)
{
    private Func<int, object?>? _read = read;
    private bool _isTaken;

    /// <summary>The value; once it was read it does not change with the object.</summary>
    public override object? Value
    {
        get
        {
            if (Volatile.Read(ref _read) is Func<int, object?> pending)
            {
                Value = pending(column);
            }

            return base.Value;
        }

        set
        {
            base.Value = value;
            Volatile.Write(ref _read, null);
        }
    }

    /// <summary>Itself the first time: the engine copies what it adds to an object, and nothing else holds this. Then a copy that reads for itself.</summary>
    public override PSMemberInfo Copy()
    {
        if (!_isTaken)
        {
            _isTaken = true;
            return this;
        }

        return Volatile.Read(ref _read) is Func<int, object?> pending
            ? new LateProperty(Name, column, pending) { _isTaken = true }
            : new PSNoteProperty(Name, Value);
    }
}

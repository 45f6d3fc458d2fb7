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

    /// <summary>A copy that reads for itself: the engine makes one whenever it adds a property to an object.</summary>
    public override PSMemberInfo Copy() => Volatile.Read(ref _read) is Func<int, object?> pending
        ? new LateProperty(Name, column, pending)
        : new PSNoteProperty(Name, Value);
}

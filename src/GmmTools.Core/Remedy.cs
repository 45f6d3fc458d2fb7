using System;
using System.Collections.Generic;

namespace GmmTools;

/// <summary>
/// What to do about an error, by name: the library does not know the words of the program that shows it, where an option may be a
/// parameter, a field of a form or a line of a file.
/// </summary>
public sealed class Remedy
{
    /// <summary>Creates a remedy.</summary>
    /// <param name="name">Its PascalCase name.</param>
    /// <param name="values">What it speaks of, such as names of columns.</param>
    public Remedy(string name, params string[] values)
    {
        Name = name ?? throw new ArgumentNullException(nameof(name));
        Values = values ?? throw new ArgumentNullException(nameof(values));
    }

    /// <summary>Its PascalCase name.</summary>
    public string Name { get; }

    /// <summary>What it speaks of, such as names of columns.</summary>
    public IReadOnlyList<string> Values { get; }
}

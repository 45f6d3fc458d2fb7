using System;
using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Observations;

/// <summary>A group of rows that have the same values in some columns, such as the requests of one host.</summary>
public sealed class RowGroup : IEquatable<RowGroup>
{
    /// <summary>Creates a group.</summary>
    /// <param name="names">Names of the columns, at least one.</param>
    /// <param name="values">What the rows hold in them, as text; empty where they hold nothing.</param>
    /// <exception cref="ArgumentException">There are no columns, or more or fewer values than columns.</exception>
    public RowGroup(IEnumerable<string> names, IEnumerable<string> values)
    {
        Names = FixedList.Of(names ?? throw new ArgumentNullException(nameof(names)));
        Values = FixedList.Of(values ?? throw new ArgumentNullException(nameof(values)));
        if (Names.Count == 0 || Names.Count != Values.Count)
        {
            throw new ArgumentException("A group has one value for each of its columns, and at least one column.", nameof(values));
        }
    }

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>What the rows hold in them, as text.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>Whether it is the same group: the same values, apart from upper and lower case, in the same columns.</summary>
    /// <param name="other">Another group.</param>
    /// <returns>Whether it is.</returns>
    public bool Equals(RowGroup? other) => other is not null
        && Names.SequenceEqual(other.Names, StringComparer.OrdinalIgnoreCase)
        && Values.SequenceEqual(other.Values, StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RowGroup);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        Values.Aggregate(17, (hash, value) => unchecked((hash * 31) + StringComparer.OrdinalIgnoreCase.GetHashCode(value)));

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Names.Zip(Values, (name, value) => $"{name}={value}"));
}

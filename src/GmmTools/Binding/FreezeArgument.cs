using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GmmTools.Estimation.Known;
using GmmTools.Mixtures;

namespace GmmTools.Binding;

/// <summary>What of the components of a start is kept: names of parts for all of them, or a table from components to parts.</summary>
internal static class FreezeArgument
{
    private static readonly string[] Names = ["Mean", "Covariance", "Weight", "All"];

    /// <summary>Reads the argument.</summary>
    /// <param name="argument">Names of parts, or a dictionary whose keys are numbers or classes of components.</param>
    /// <param name="start">The mixture to start from.</param>
    /// <exception cref="CommandException">It names no part, or no component of the start (InvalidFreeze).</exception>
    public static FrozenParts Read(object argument, GaussianMixture start)
    {
        FrozenPart[] parts = new FrozenPart[start.ComponentCount];
        if (Bare.Of(argument) is not IDictionary table)
        {
            FrozenPart all = ReadParts(argument);
            return new FrozenParts(parts.Select(_ => all));
        }

        foreach (DictionaryEntry entry in table)
        {
            foreach (int component in FindComponents(entry.Key, start))
            {
                parts[component] |= ReadParts(entry.Value);
            }
        }

        return new FrozenParts(parts);
    }

    private static FrozenPart ReadParts(object? value)
    {
        IEnumerable<object?> items = Bare.Of(value) is IEnumerable list and not string ? list.Cast<object?>() : [value];
        FrozenPart parts = FrozenPart.None;
        foreach (object? item in items)
        {
            string name = Convert.ToString(Bare.Of(item), CultureInfo.InvariantCulture) ?? string.Empty;
            parts |= Names.Contains(name, StringComparer.OrdinalIgnoreCase)
                ? (FrozenPart)Enum.Parse(typeof(FrozenPart), name, ignoreCase: true)
                : throw new CommandException(
                    "InvalidFreeze", $"'{name}' is no part of a component that can be kept. Name {string.Join(", ", Names.Take(Names.Length - 1))} or {Names[Names.Length - 1]}.", item);
        }

        return parts;
    }

    /// <summary>The components, from 0, that a key names.</summary>
    private static int[] FindComponents(object key, GaussianMixture start)
    {
        string text = Convert.ToString(Bare.Of(key), CultureInfo.InvariantCulture) ?? string.Empty;
        int[] ofClass = start.ComponentClasses is null ? []
            : [.. Enumerable.Range(0, start.ComponentCount).Where(k => string.Equals(start.ComponentClasses[k], text, StringComparison.OrdinalIgnoreCase))];
        return ofClass.Length > 0 ? ofClass
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= start.ComponentCount ? [number - 1]
            : throw new CommandException(
                "InvalidFreeze",
                FormattableString.Invariant($"The start has no component '{text}'. Its components are 1 to {start.ComponentCount}{(start.ComponentClasses is null ? string.Empty : " or its classes")}."),
                key);
    }
}

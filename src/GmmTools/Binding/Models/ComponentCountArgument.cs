using System;
using System.Globalization;
using System.Linq;
using GmmTools.Binding.Rows;
using GmmTools.Mixtures;

namespace GmmTools.Binding.Models;

/// <summary>How many components are asked for.</summary>
internal static class ComponentCountArgument
{
    /// <summary>The numbers of components that are asked for, each once; without any, that of the start.</summary>
    /// <param name="given">The numbers given, or null.</param>
    /// <param name="initial">The mixture to start from, or null.</param>
    /// <param name="start">The columns to start from, or null.</param>
    /// <param name="fixedWeights">Mixing weights that are kept, or null.</param>
    /// <param name="columns">The columns asked for, or null: a number among them was meant for something else.</param>
    /// <exception cref="CommandException">Nothing says how many.</exception>
    public static int[] Find(int[]? given, GaussianMixture? initial, StartColumns? start, double[]? fixedWeights, string[]? columns) =>
        given is not null ? [.. given.Distinct()]
        : initial is not null ? [initial.ComponentCount]
        : start is not null ? [CountStarts(start, fixedWeights)]
        : throw Missing(columns);

    /// <summary>Refuses several numbers of components together with what belongs to one.</summary>
    /// <param name="counts">The numbers of components.</param>
    /// <param name="parameter">The parameter that is for one number of components; null for none.</param>
    /// <exception cref="CommandException">There are several.</exception>
    public static void RequireOne(int[] counts, string? parameter)
    {
        if (counts.Length > 1 && parameter is not null)
        {
            throw new CommandException(
                "SeveralComponentCounts",
                FormattableString.Invariant($"-{parameter} is for one number of components, but -ComponentCount asks for {string.Join(", ", counts)}. Ask for one number of components, or leave -{parameter} out."),
                counts);
        }
    }

    /// <summary>The number of components that the start has; before the rows are read, that of the weights that go with it.</summary>
    private static int CountStarts(StartColumns start, double[]? fixedWeights) =>
        start.ComponentCount > 0 ? start.ComponentCount : fixedWeights?.Length ?? 1;

    private static CommandException Missing(string[]? columns)
    {
        bool areCounts = columns is not null && columns.All(IsCount);
        string counts = areCounts ? string.Join(", ", columns!) : string.Empty;
        return new CommandException(
            "ComponentCountMissing",
            areCounts
                ? $"How many components? '{counts}' was taken for -Property, which comes first. If it is the number of components, write -ComponentCount {counts}; if it names columns, add -ComponentCount."
                : "How many components? Add -ComponentCount, for example -ComponentCount 2 or -ComponentCount (1..9), or a mixture to start from with -InitialModel.",
            areCounts ? columns : null);
    }

    private static bool IsCount(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0;
}

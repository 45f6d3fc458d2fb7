using System;
using System.Globalization;
using System.Linq;
using GmmTools.Binding.Rows;
using GmmTools.Mixtures;

namespace GmmTools.Binding.Models;

/// <summary>How many components are asked for.</summary>
internal static class ComponentCountArgument
{
    /// <summary>The most components that are tried where nothing says how many.</summary>
    public const int MaxOpen = 9;

    /// <summary>The numbers of components that are asked for, each once; without any, that of the start or of the weights, and without these 1 to 9.</summary>
    /// <param name="given">The numbers given, or null.</param>
    /// <param name="initial">The mixture to start from, or null.</param>
    /// <param name="start">The columns to start from, or null.</param>
    /// <param name="fixedWeights">Mixing weights that are kept, or null.</param>
    /// <param name="columns">The columns asked for, or null: a number among them was meant for something else.</param>
    /// <exception cref="CommandException">Only a number in place of a column says how many.</exception>
    public static int[] Find(int[]? given, GaussianMixture? initial, StartColumns? start, double[]? fixedWeights, string[]? columns) =>
        given is not null ? [.. given.Distinct()]
        : initial is not null ? [initial.ComponentCount]
        : start is not null ? [CountStarts(start, fixedWeights)]
        : fixedWeights is not null ? [fixedWeights.Length]
        : columns?.All(IsCount) == true ? throw Missing(columns)
        : [.. Enumerable.Range(1, MaxOpen)];

    /// <summary>Whether nothing says how many components.</summary>
    /// <param name="given">The numbers given, or null.</param>
    /// <param name="initial">The mixture to start from, or null.</param>
    /// <param name="start">The columns to start from, or null.</param>
    /// <param name="fixedWeights">Mixing weights that are kept, or null.</param>
    public static bool IsOpen(int[]? given, GaussianMixture? initial, StartColumns? start, double[]? fixedWeights) =>
        given is null && initial is null && start is null && fixedWeights is null;

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

    private static CommandException Missing(string[] columns)
    {
        string counts = string.Join(", ", columns);
        return new CommandException(
            "ComponentCountMissing",
            $"How many components? '{counts}' was taken for -Property, which comes first. If it is the number of components, write -ComponentCount {counts}; if it names columns, add -ComponentCount.",
            columns);
    }

    private static bool IsCount(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0;
}

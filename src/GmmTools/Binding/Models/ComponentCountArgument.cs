using System;
using System.Globalization;
using System.IO;
using System.Linq;
using GmmTools.Binding.Rows;
using GmmTools.Connectors.Cells;
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
    /// <param name="additional">Number of components that are added to it.</param>
    /// <param name="start">The columns to start from, or null.</param>
    /// <param name="fixedWeights">Mixing weights that are kept, or null.</param>
    /// <param name="columns">The columns asked for, or null: a number among them was meant for something else.</param>
    /// <exception cref="CommandException">Only a number in place of a column says how many.</exception>
    public static int[] Find(int[]? given, GaussianMixture? initial, int additional, IStartColumns? start, double[]? fixedWeights, string[]? columns) =>
        given is not null ? [.. given.Distinct()]
        : initial is not null ? [initial.ComponentCount + additional]
        : start is not null ? [CountStarts(start, fixedWeights)]
        : fixedWeights is not null ? [fixedWeights.Length]
        : IsMissing(given, initial, start, fixedWeights, columns) ? throw Missing(columns!, null)
        : [.. Enumerable.Range(1, MaxOpen)];

    /// <summary>Whether nothing says how many components.</summary>
    /// <param name="given">The numbers given, or null.</param>
    /// <param name="initial">The mixture to start from, or null.</param>
    /// <param name="start">The columns to start from, or null.</param>
    /// <param name="fixedWeights">Mixing weights that are kept, or null.</param>
    public static bool IsOpen(int[]? given, GaussianMixture? initial, IStartColumns? start, double[]? fixedWeights) =>
        given is null && initial is null && start is null && fixedWeights is null;

    /// <summary>Whether only a number in place of a column says how many components.</summary>
    /// <param name="given">The numbers given, or null.</param>
    /// <param name="initial">The mixture to start from, or null.</param>
    /// <param name="start">The columns to start from, or null.</param>
    /// <param name="fixedWeights">Mixing weights that are kept, or null.</param>
    /// <param name="columns">The columns asked for, or null.</param>
    public static bool IsMissing(int[]? given, GaussianMixture? initial, IStartColumns? start, double[]? fixedWeights, string[]? columns) =>
        IsOpen(given, initial, start, fixedWeights) && columns?.All(IsCount) == true;

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
    private static int CountStarts(IStartColumns start, double[]? fixedWeights) =>
        start.ComponentCount > 0 ? start.ComponentCount : fixedWeights?.Length ?? 1;

    /// <summary>The error that nothing but a number in place of a column says how many components.</summary>
    /// <param name="columns">What was given as columns.</param>
    /// <param name="firstRow">The first row that was piped, which tells what was meant; null where there is none.</param>
    public static CommandException Missing(string[] columns, object? firstRow)
    {
        string counts = string.Join(", ", columns);
        string? pattern = firstRow switch
        {
            FileInfo file => file.Extension.Length > 0 ? CellText.AsArgument("*" + file.Extension) : "*",
            string text when TextRow.IsFileName(text) => CellText.AsArgument(text),
            _ => null,
        };
        return new CommandException(
            "ComponentCountMissing",
            pattern is null
                ? $"How many components? '{counts}' was taken for -Property, which comes first. If it is the number of components, write -ComponentCount {counts}; if it names columns, add -ComponentCount."
                : $"How many components? '{counts}' was taken for -Property, and what was piped for rows, not for files to read. To fit what the files contain, write Invoke-EmFit -Path {pattern} -ComponentCount {counts}.",
            columns);
    }

    private static bool IsCount(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0;
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using GmmTools.Binding.Rows;
using GmmTools.Connectors.Cells;
using GmmTools.Mixtures;

namespace GmmTools.Binding.Models;

/// <summary>Points that a user gives in the columns of a mixture: numbers for one column; hashtables, objects with properties, or lists in the order of
/// the columns for several.</summary>
internal static class GivenPoints
{
    /// <summary>Reads what a user gave.</summary>
    /// <param name="given">The points.</param>
    /// <param name="mixture">The mixture whose columns are named.</param>
    /// <param name="parameter">The parameter that they were given to.</param>
    /// <returns>For each point a number for each column, in the order of the mixture.</returns>
    /// <exception cref="CommandException">A point lacks a column, or has a value that is not a finite number (InvalidPoint).</exception>
    public static double[][] Read(IReadOnlyList<PSObject?> given, GaussianMixture mixture, string parameter) =>
        [.. (IsOne(given, mixture) ? [PSObject.AsPSObject(given.ToArray())] : given).Select(point => Read(point, mixture, parameter))];

    /// <summary>Whether plain numbers are those of one point: (3, 65) of two columns is no list of lists.</summary>
    private static bool IsOne(IReadOnlyList<PSObject?> given, GaussianMixture mixture) =>
        mixture.Dimension > 1 && given.Count == mixture.Dimension && given.All(point => point is not null && RowAccessor.KindOf(point.BaseObject) == RowKind.Cell);

    private static double[] Read(PSObject? point, GaussianMixture mixture, string parameter)
    {
        RowAccessor? accessor = point is null ? null : RowAccessor.Create(point);
        if (accessor is not { HasNames: true })
        {
            return accessor?.CellCount == mixture.Dimension
                ? [.. mixture.Property.Select((name, column) => Number(name, accessor.GetCell(point!, column), parameter))]
                : throw new CommandException(
                    "InvalidPoint",
                    $"-{parameter} has '{Convert.ToString(point, CultureInfo.InvariantCulture)}' for {Counted.Of(mixture.Dimension, "column")}. {Example(mixture, parameter)}",
                    point);
        }

        double[] values = new double[mixture.Dimension];
        for (int j = 0; j < values.Length; j++)
        {
            int place = Array.FindIndex(accessor.Columns, name => string.Equals(name, mixture.Property[j], StringComparison.OrdinalIgnoreCase));
            values[j] = place >= 0
                ? Number(mixture.Property[j], accessor.GetCell(point!, place), parameter)
                : throw new CommandException(
                    "InvalidPoint", $"A point of -{parameter} has no value for '{mixture.Property[j]}'. {Example(mixture, parameter)}", point);
        }

        return values;
    }

    private static string Example(GaussianMixture mixture, string parameter) => mixture.Dimension == 1
        ? $"Give numbers, as in -{parameter} 1, 2.5."
        : $"Give hashtables with all columns, as in -{parameter} @{{ {string.Join("; ", mixture.Property.Select(name => CellText.AsArgument(name) + " = 1"))} }}.";

    private static double Number(string name, object? cell, string parameter) =>
        CellParser.TryReadFinite(cell, out double number)
            ? number
            : throw new CommandException(
                "InvalidPoint",
                $"-{parameter} has '{Convert.ToString(cell, CultureInfo.InvariantCulture)}' for '{name}', which is not a finite number.",
                cell);
}

using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using GmmTools.Binding.Rows;
using GmmTools.Connectors.Cells;
using GmmTools.Mixtures;

namespace GmmTools.Binding.Models;

/// <summary>Values that a user gives to some columns of a mixture: a hashtable, or an object with properties.</summary>
internal sealed class GivenValues
{
    private GivenValues(int[] columns, double[] values)
    {
        Columns = columns;
        Values = values;
    }

    /// <summary>The columns, from 0.</summary>
    public int[] Columns { get; }

    /// <summary>Their values.</summary>
    public double[] Values { get; }

    /// <summary>Reads what a user gave.</summary>
    /// <param name="given">The hashtable or the object.</param>
    /// <param name="mixture">The mixture whose columns are named.</param>
    /// <exception cref="CommandException">A value is no number (GivenNotNumeric), or the names are all of the mixture's or none
    /// (NothingGiven, NothingLeft).</exception>
    /// <exception cref="Observations.InvalidObservationException">The mixture lacks a column (UnknownProperty).</exception>
    public static GivenValues Read(PSObject? given, GaussianMixture mixture)
    {
        RowAccessor? accessor = given is null ? null : RowAccessor.Create(given);
        if (accessor is not { HasNames: true, Columns.Length: > 0 })
        {
            throw new CommandException(
                "NothingGiven",
                $"-Given names no columns. Give a hashtable, as in -Given @{{ '{mixture.Property[0]}' = 1 }}.",
                given);
        }

        int[] columns = ColumnSelector.Resolve(mixture.Property, accessor.Columns);
        if (columns.Length == mixture.Dimension)
        {
            throw new CommandException(
                "NothingLeft",
                "-Given names all columns of the mixture, so nothing is left to predict. Leave out the columns whose distribution is wanted.",
                given);
        }

        return new GivenValues(columns, [.. accessor.Columns.Select((name, column) => Number(name, accessor.GetCell(given!, column)))]);
    }

    private static double Number(string name, object? cell) =>
        CellParser.TryReadFinite(cell, out double number)
            ? number
            : throw new CommandException(
                "GivenNotNumeric",
                $"-Given sets '{name}' to '{Convert.ToString(cell, CultureInfo.InvariantCulture)}', which is not a finite number. Give a number, or leave the column out.",
                cell);
}

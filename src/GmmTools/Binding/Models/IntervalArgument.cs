using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using GmmTools.Connectors.Cells;
using GmmTools.Observations;
using GmmTools.Plots;

namespace GmmTools.Binding.Models;

/// <summary>What users give as parameters with intervals: those that Measure-MixtureUncertainty found, and copies that came back from a file or a
/// job.</summary>
internal static class IntervalArgument
{
    private const string Mean = "Mean";

    private static readonly string[] Needed = ["Parameter", "Column", "Estimate", "StandardError", "Lower", "Upper"];

    /// <summary>Whether something is a parameter with an interval.</summary>
    /// <param name="item">What was given.</param>
    public static bool IsInterval(PSObject item) => Needed.All(name => item.Properties[name] is not null);

    /// <summary>The lines of pictures, one for each parameter: means where there are some, which are what most look at first, else all that there
    /// is.</summary>
    /// <param name="items">What was given.</param>
    /// <param name="property">The columns that are wanted; null for all.</param>
    /// <exception cref="CommandException">Something else was given (NoIntervals).</exception>
    /// <exception cref="InvalidObservationException">A column is wanted that no parameter is of (UnknownProperty).</exception>
    public static IReadOnlyList<IntervalLine[]> Read(IReadOnlyList<PSObject> items, IReadOnlyList<string>? property)
    {
        if (items.FirstOrDefault(item => !IsInterval(item)) is PSObject other)
        {
            throw new CommandException(
                "NoIntervals", $"A {other.TypeNames[0]} is not a parameter with an interval. Pipe what Measure-MixtureUncertainty finds.", other);
        }

        IEnumerable<PSObject> chosen = items;
        if (property is not null)
        {
            string[] columns = [.. items.Select(item => Text(item, "Column")).Where(column => column.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
            string[] wanted = [.. ColumnSelector.Resolve(columns, property).Select(column => columns[column])];
            chosen = items.Where(item => wanted.Contains(Text(item, "Column"), StringComparer.OrdinalIgnoreCase));
        }

        PSObject[] all = [.. chosen];
        PSObject[] means = [.. all.Where(item => string.Equals(Text(item, "Parameter"), Mean, StringComparison.OrdinalIgnoreCase))];
        return [.. (means.Length > 0 ? means : all).Select(Read).GroupBy(line => line.Quantity, StringComparer.OrdinalIgnoreCase).Select(lines => lines.ToArray())];
    }

    private static IntervalLine Read(PSObject item)
    {
        string parameter = Text(item, "Parameter");
        string column = Text(item, "Column");
        string other = Text(item, "OtherColumn");
        string quantity = column.Length == 0 ? parameter : $"{parameter} of {column}{(other.Length == 0 ? string.Empty : " and " + other)}";
        string component = Text(item, "Component");
        string name = component.Length > 0 ? (component == "0" ? "noise" : $"component {component}")
            : Text(item, "Probability") is { Length: > 0 } probability ? probability : Text(item, "Point");
        string method = NameOf(item, "Method");
        return new IntervalLine(
            quantity,
            parameter is Mean or "Quantile" ? column : quantity,
            name,
            component.Length > 0 ? (int)Number(item, "Component") : null,
            Number(item, "Estimate"),
            Number(item, "Lower"),
            Number(item, "Upper"),
            item.Properties["Level"] is null ? double.NaN : Number(item, "Level"),
            NameOf(item, "Interval") == "BCa" ? method + ", BCa" : method);
    }

    /// <summary>The name of a choice; a copy is a number that still has its name.</summary>
    private static string NameOf(PSObject item, string property) => item.Properties[property]?.Value?.ToString() ?? string.Empty;

    private static string Text(PSObject item, string property) =>
        Convert.ToString(Bare.Of(item.Properties[property]?.Value), CultureInfo.InvariantCulture) ?? string.Empty;

    private static double Number(PSObject item, string property) => Bare.Number(item, property, out object? value)
        ?? throw new CommandException("NoIntervals", $"'{value}' is not a number: a parameter was given whose {property} cannot be read. Pipe what Measure-MixtureUncertainty finds.", item);
}

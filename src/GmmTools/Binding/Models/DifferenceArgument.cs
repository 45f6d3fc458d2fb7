using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using GmmTools.Observations;
using GmmTools.Plots;

namespace GmmTools.Binding.Models;

/// <summary>What users give as differences between samples: those that Compare-MixtureSample found, and copies that came back from a file or a
/// job.</summary>
internal static class DifferenceArgument
{
    private static readonly string[] Needed = ["Column", "TotalHarm", "RowCount", "Lower", "Upper", "Differs"];

    /// <summary>Whether something is a difference.</summary>
    /// <param name="item">What was given.</param>
    public static bool IsDifference(PSObject item) => Needed.All(name => item.Properties[name] is not null);

    /// <summary>A difference as it is drawn.</summary>
    /// <param name="item">What was given.</param>
    /// <exception cref="CommandException">It is something else (NoDifferences).</exception>
    public static DifferenceLine Read(PSObject item)
    {
        if (!IsDifference(item))
        {
            throw new CommandException(
                "NoDifferences", $"A {item.TypeNames[0]} is not a difference between samples. Pipe what Compare-MixtureSample finds.", item);
        }

        double count = Number(item, "RowCount");
        return new DifferenceLine(
            NameOf(item),
            Convert.ToString(item.Properties["Column"].Value, CultureInfo.InvariantCulture) ?? string.Empty,
            Number(item, "TotalHarm"),
            count * Number(item, "Lower"),
            count * Number(item, "Upper"),
            string.Equals(Convert.ToString(item.Properties["Differs"].Value, CultureInfo.InvariantCulture), bool.TrueString, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The values of the group, or what a copy has left of it.</summary>
    private static string NameOf(PSObject item) => GroupedModels.GroupOf(item) is RowGroup group
        ? string.Join(", ", group.Values)
        : Convert.ToString(item.Properties["Group"]?.Value, CultureInfo.InvariantCulture) ?? string.Empty;

    private static double Number(PSObject item, string property) => Bare.Number(item, property, out object? value)
        ?? throw new CommandException("NoDifferences", $"'{value}' is not a number: a difference was given whose {property} cannot be read. Pipe what Compare-MixtureSample finds.", item);
}

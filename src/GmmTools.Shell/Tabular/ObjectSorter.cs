using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace GmmTools.Shell.Tabular;

/// <summary>Sorts objects by their values for a list of selectors; equal ones keep their order, ones without the property come last.</summary>
internal static class ObjectSorter
{
    /// <summary>The sorted objects.</summary>
    public static IEnumerable<PSObject> Sort(IReadOnlyList<PSObject> rows, IReadOnlyList<PropertySelector> selectors, bool isDescending)
    {
        IOrderedEnumerable<PSObject> order = rows.OrderBy(_ => 0);
        if (selectors.Count == 0)
        {
            order = Append(order, row => row, isDescending);
        }

        foreach (PropertySelector selector in selectors)
        {
            Dictionary<PSObject, object?> values = new(ReferenceEqualityComparer.Instance);
            foreach (PSObject row in rows)
            {
                if (selector.TryGetValue(row, out object? value))
                {
                    values[row] = value;
                }
            }

            order = order.ThenBy(row => !values.ContainsKey(row));
            order = Append(order, row => values.GetValueOrDefault(row), selector.IsDescending ?? isDescending);
        }

        return order;
    }

    private static IOrderedEnumerable<PSObject> Append(
        IOrderedEnumerable<PSObject> order, System.Func<PSObject, object?> key, bool isDescending) =>
        isDescending ? order.ThenByDescending(key, ValueComparer.Instance) : order.ThenBy(key, ValueComparer.Instance);
}

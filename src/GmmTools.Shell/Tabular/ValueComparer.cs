using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;

namespace GmmTools.Shell.Tabular;

/// <summary>The order of Sort-Object: PowerShell's comparison, without case, and by text where values cannot be compared.</summary>
internal sealed class ValueComparer : IComparer<object?>
{
    /// <summary>The comparer in the current culture.</summary>
    public static ValueComparer Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(object? first, object? second) =>
        LanguagePrimitives.TryCompare(first, second, ignoreCase: true, CultureInfo.CurrentCulture, out int order)
            ? order
            : CultureInfo.CurrentCulture.CompareInfo.Compare(first?.ToString(), second?.ToString(), CompareOptions.IgnoreCase);
}

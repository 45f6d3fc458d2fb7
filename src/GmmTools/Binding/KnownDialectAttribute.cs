using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GmmTools.Connectors.Databases.Dialects;

namespace GmmTools.Binding;

/// <summary>Refuses dialects of SQL that there are not: a ValidateSet would be another list of them.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class KnownDialectAttribute : ValidateEnumeratedArgumentsAttribute
{
    /// <summary>The dialects, which help lists as it does those of a ValidateSet.</summary>
    public static IList<string> ValidValues => [.. SqlDialects.All.Select(dialect => dialect.Name)];

    /// <inheritdoc/>
    protected override void ValidateElement(object element)
    {
        string name = element?.ToString() ?? string.Empty;
        if (!ValidValues.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw new ValidationMetadataException($"There is no dialect '{name}'. Use one of {string.Join(", ", ValidValues)}.");
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GmmTools.Connectors.Drivers;

namespace GmmTools.Binding.Connections;

/// <summary>Refuses drivers that there are not: a ValidateSet would be another list of them.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class KnownDriverAttribute : ValidateEnumeratedArgumentsAttribute
{
    /// <summary>The drivers, which help lists as it does those of a ValidateSet.</summary>
    public static IList<string> ValidValues => [.. MixtureDrivers.Names];

    /// <inheritdoc/>
    protected override void ValidateElement(object element)
    {
        string name = element?.ToString() ?? string.Empty;
        if (!ValidValues.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw new ValidationMetadataException(
                $"There is no driver '{name}'. Use one of {string.Join(", ", ValidValues)}; for others, load the driver and pass its connection to -Connection.");
        }
    }
}

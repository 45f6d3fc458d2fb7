using System;
using System.Globalization;
using System.Management.Automation;
using GmmTools.Connectors.Cells;

namespace GmmTools.Binding;

/// <summary>Refuses cultures that there are not: numbers would be read in the invariant culture instead.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class KnownCultureAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        object? bare = Bare.Of(arguments);
        if (bare is CultureInfo culture && !CultureHint.IsKnown(culture))
        {
            throw new ValidationMetadataException($"There is no culture '{culture.Name}'. Give its name, such as de-DE or fr-FR.");
        }
    }
}

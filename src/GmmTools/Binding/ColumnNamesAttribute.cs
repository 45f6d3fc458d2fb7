using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace GmmTools.Binding;

/// <summary>Refuses no columns where they are the first argument of a command whose model is piped, and so get an empty variable that was to
/// be the model.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ColumnNamesAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (Bare.Of(arguments) is not IEnumerable names || !names.Cast<object?>().Any() || names.Cast<object?>().Any(name => string.IsNullOrEmpty(name?.ToString())))
        {
            throw new ValidationMetadataException(
                "There are no columns. Give their names; if this was to be the model, its variable is empty: check its spelling.");
        }
    }
}

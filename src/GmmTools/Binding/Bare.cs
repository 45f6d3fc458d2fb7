using System;
using System.Globalization;
using System.Management.Automation;

namespace GmmTools.Binding;

/// <summary>What the shell wraps.</summary>
internal static class Bare
{
    /// <summary>The object without the wrapping that it may have.</summary>
    /// <param name="value">The object, perhaps wrapped; null stays null.</param>
    public static object? Of(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    /// <summary>The number in a property, also as text, which is what a copy in a file has.</summary>
    /// <param name="item">What has the property.</param>
    /// <param name="property">Its name.</param>
    /// <param name="value">What the property holds.</param>
    /// <returns>The number; null where there is none.</returns>
    public static double? Number(PSObject item, string property, out object? value)
    {
        value = Of(item.Properties[property].Value);
        return value is double number ? number
            : double.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out double read) ? read
            : null;
    }
}

using System;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace GmmTools.Output;

/// <summary>
/// Numbers whose text, as Export-Csv writes it, reads back as the same number. .NET writes doubles so by itself; .NET Framework
/// (Windows PowerShell) writes 15 digits, which is up to two too few. There the number is wrapped and given a text of its own;
/// for every other use it stays a double.
/// </summary>
internal static class RoundTripNumber
{
    private static readonly bool IsLossless = (0.1 + 0.2).ToString(CultureInfo.InvariantCulture) != "0.3";
    private static readonly MethodInfo TextMethod = typeof(RoundTripNumber).GetMethod(nameof(ToText))!;

    /// <summary>The number as it is to be given to users.</summary>
    /// <param name="value">The number.</param>
    public static object Create(double value) => IsLossless ? (object)value : Wrap(value);

    /// <summary>The number with a text of 17 digits in the current culture.</summary>
    /// <param name="value">The number.</param>
    public static PSObject Wrap(double value)
    {
        PSObject wrapped = new(value);
        wrapped.Methods.Add(new PSCodeMethod("ToString", TextMethod));
        return wrapped;
    }

    /// <summary>The text of a wrapped number.</summary>
    /// <param name="instance">The wrapped number.</param>
    public static string ToText(PSObject instance) =>
        Convert.ToDouble(instance?.BaseObject, CultureInfo.InvariantCulture).ToString("G17", CultureInfo.CurrentCulture);
}

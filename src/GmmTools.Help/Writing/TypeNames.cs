using System;
using System.Management.Automation;

namespace GmmTools.Help.Writing;

/// <summary>Names of types as PowerShell's users write them.</summary>
internal static class TypeNames
{
    /// <summary>The short name of a type.</summary>
    /// <param name="type">The type.</param>
    public static string Describe(Type type) => Nullable.GetUnderlyingType(type) is Type inner ? Describe(inner) : type.Name;

    /// <summary>Whether a parameter of the type stands without a value.</summary>
    /// <param name="type">The type.</param>
    public static bool IsSwitch(Type type) => type == typeof(SwitchParameter);
}

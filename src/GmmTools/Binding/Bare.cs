using System.Management.Automation;

namespace GmmTools.Binding;

/// <summary>What the shell wraps.</summary>
internal static class Bare
{
    /// <summary>The object without the wrapping that it may have.</summary>
    /// <param name="value">The object, perhaps wrapped; null stays null.</param>
    public static object? Of(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}

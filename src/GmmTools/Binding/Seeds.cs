using System;

namespace GmmTools.Binding;

/// <summary>Seeds for calls that give none.</summary>
internal static class Seeds
{
    /// <summary>A seed that nobody can foresee, small enough to be typed again.</summary>
    public static ulong Fresh() => (uint)Guid.NewGuid().GetHashCode();
}

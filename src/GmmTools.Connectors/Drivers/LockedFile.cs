using System.Collections.Generic;

namespace GmmTools.Connectors.Drivers;

/// <summary>A file of a package that a driver needs.</summary>
/// <param name="Framework">The .NET that it is for, such as net10.0.</param>
/// <param name="Platforms">The platforms that it is for; empty for all.</param>
/// <param name="Package">The package that has it.</param>
/// <param name="Path">Where it is in the package.</param>
internal sealed record LockedFile(string Framework, IReadOnlyList<string> Platforms, LockedPackage Package, string Path)
{
    /// <summary>Its name without folders: all files of a driver lie side by side.</summary>
    public string Name => Path.Substring(Path.LastIndexOf('/') + 1);

    /// <summary>Whether it is a library of the operating system.</summary>
    public bool IsNative => Path.Split('/') is { Length: 4 } folders && folders[2] == "native";
}

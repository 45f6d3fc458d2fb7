using System.Collections.Generic;

namespace GmmTools.Connectors.Drivers;

/// <summary>A driver as it was locked.</summary>
/// <param name="Name">What it is called here.</param>
/// <param name="Package">The package that was asked for.</param>
/// <param name="Version">The version of that package.</param>
/// <param name="FactoryType">The type of its factory, with its assembly.</param>
/// <param name="Files">Its files for all platforms.</param>
internal sealed record LockedDriver(string Name, string Package, string Version, string FactoryType, IReadOnlyList<LockedFile> Files);

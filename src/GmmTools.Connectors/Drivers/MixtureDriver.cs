using System.Data.Common;

namespace GmmTools.Connectors.Drivers;

/// <summary>A driver of a database that was fetched and is loaded.</summary>
public sealed class MixtureDriver
{
    internal MixtureDriver(string name, string package, string version, string folder, DbProviderFactory factory)
    {
        Name = name;
        Package = package;
        Version = version;
        Folder = folder;
        Factory = factory;
    }

    /// <summary>What it is called here.</summary>
    public string Name { get; }

    /// <summary>The package that it comes from.</summary>
    public string Package { get; }

    /// <summary>The version of that package.</summary>
    public string Version { get; }

    /// <summary>The folder with its files.</summary>
    public string Folder { get; }

    /// <summary>Makes its connections.</summary>
    public DbProviderFactory Factory { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

namespace GmmTools.Shell.Commands;

/// <summary>What Test-Path looks for.</summary>
public enum TestPathType
{
    /// <summary>Anything.</summary>
    Any,

    /// <summary>A folder.</summary>
    Container,

    /// <summary>A file.</summary>
    Leaf,
}

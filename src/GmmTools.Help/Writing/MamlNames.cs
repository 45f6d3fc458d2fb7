using System.Xml.Linq;

namespace GmmTools.Help.Writing;

/// <summary>The namespaces of PowerShell's help files.</summary>
internal static class MamlNames
{
    /// <summary>Text.</summary>
    public static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";

    /// <summary>Commands.</summary>
    public static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";

    /// <summary>What developers read.</summary>
    public static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>The file.</summary>
    public static readonly XNamespace File = "http://msh";
}

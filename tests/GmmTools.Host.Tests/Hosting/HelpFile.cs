using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;

namespace GmmTools.Host.Tests.Hosting;

/// <summary>The help file of the module, as the build made it.</summary>
internal static class HelpFile
{
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>The examples of every command, in order.</summary>
    public static IEnumerable<(string Command, HelpExample[] Examples)> Examples() =>
        XDocument.Load(Path.Combine(ModuleFiles.RepositoryRoot, "en-US", "GmmTools.dll-Help.xml"))
            .Descendants(Command + "command")
            .Select(command => (
                command.Descendants(Command + "name").First().Value,
                command.Descendants(Command + "example").Select(ReadExample).ToArray()));

    // what is printed stands behind a paragraph that says so
    private static HelpExample ReadExample(XElement example)
    {
        string[] remarks = [.. example.Element(Dev + "remarks")!.Elements(Maml + "para").Select(paragraph => paragraph.Value)];
        int heading = Array.IndexOf(remarks, "Output:");
        return new HelpExample(
            example.Element(Maml + "title")!.Value, example.Element(Dev + "code")!.Value, heading < 0 ? null : remarks[heading + 1]);
    }
}
